"""A save in a preview shows what a whole build would, and makes again only what differs."""

from __future__ import annotations

import ast
import dataclasses
import gc
import logging
import random
import re
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from changebook.book import Book
from changebook.book.noting import difference, with_notes
from changebook.cache.notes import ALL, ReadNotes, noting, once
from changebook.site.clock import PreviewClock
from changebook.source.events import read_document
from conftest import HARBOR, ROOT, load, project
from saving import Saved, edit

EDITS = 10
RECORD = "changes/score-search.yaml"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    """A preview of the tests' own book, with few pages by hand."""
    folder = project(tmp_path_factory.mktemp("saved") / "project", HARBOR)
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield Saved(folder, folder.parent / "shown")
    logger.setLevel(level)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edited_sentence_makes_its_pages_again_and_no_others(saved: Saved) -> None:
    before, whole = {path: path.stat().st_mtime_ns for path in saved.site.rglob("*.html")}, saved.whole
    replace(saved.project / RECORD, "sentence: ", "sentence: Edited now. ")
    kept = saved.project / "hooks" / "__pycache__"
    kept.mkdir(exist_ok=True)
    (kept / "book.pyc").write_bytes(b"read by Python, and kept")
    assert saved.save() == ""
    assert saved.whole == whole
    written = {path.relative_to(saved.site).as_posix() for path, at in before.items() if path.stat().st_mtime_ns != at}
    assert "changes/score-search/index.html" in written
    assert len(written) <= 20
    assert "Edited now." in (saved.site / "changes/score-search/index.html").read_text("utf-8")
    replace(saved.project / RECORD, "sentence: Edited now. ", "sentence: ")
    assert saved.save() == ""


def test_edits_at_random_leave_what_a_whole_build_makes(saved: Saved, tmp_path: Path) -> None:
    chance, done, whole = random.Random(20), 0, saved.whole
    while done < EDITS:
        undo = edit(saved.project, chance)
        if saved.save():
            undo()
            assert saved.save() == ""
            continue
        done += 1
    assert saved.whole - whole < EDITS
    assert saved.differs(tmp_path / "clean") == []


def test_nothing_that_says_the_same_is_written_again(saved: Saved) -> None:
    before = {path: path.stat().st_mtime_ns for path in saved.site.rglob("*") if path.is_file()}
    record = saved.project / RECORD
    record.write_text(f"# A comment.\n{record.read_text('utf-8')}", encoding="utf-8")
    assert saved.save() == ""
    written = [path for path, at in before.items() if path.stat().st_mtime_ns != at]
    # A comment moves lines, and its pages say on which their record is.
    assert written
    assert all(path.is_relative_to(saved.site / "changes" / "score-search") for path in written)


def test_of_an_edited_file_only_its_last_text_is_kept(tmp_path: Path) -> None:
    texts = ("edited: once, in a file of its own\n", "edited: twice, in a file of its own\n")
    before, now = (weakref.ref(read_document(text, tmp_path / "one.yaml")) for text in texts)
    gc.collect()
    assert before() is None
    assert read_document(texts[1], tmp_path / "two.yaml") is now()


def test_a_book_says_which_of_its_fields_were_read_and_differ(small: Path) -> None:
    (small / "one.yaml").write_text((ROOT / "tests/records/good/six-lines.yaml").read_text("utf-8"), encoding="utf-8")
    books: list[Book] = []
    for said in ("kind", "sentence: Another one,"):
        replace(small / "one.yaml", "sentence:" if said != "kind" else "kind", said)
        loaded = load(small)
        assert loaded.book
        books.append(loaded.book)
    old, new = books
    found = difference(old, new)
    assert found
    (name,) = old.changes
    assert found[name] == {"sentence", ALL}
    old = with_notes(old)
    with noting() as kind:
        assert old.changes[name].kind
    with noting() as sentence:
        assert old.changes[name].sentence
    with noting() as everything:
        assert old.changes[name].model_dump()
    assert [notes.touched(found, {}) for notes in (kind, sentence, everything)] == [False, True, True]


def test_whoever_asks_for_what_is_kept_has_read_what_it_was_made_of(harbor: Book) -> None:
    asked: list[ReadNotes] = []

    @once
    def name(book: Book) -> str:
        asked.append(ReadNotes())
        return next(iter(book.changes.values())).name

    with noting() as first:
        name(harbor)
    with noting() as second:
        name(harbor)
    assert len(asked) == 1
    assert first.shared == second.shared != set()


@pytest.mark.slow
def test_nothing_that_is_asked_of_a_book_is_kept_without_its_notes() -> None:
    hidden = []
    for file in (ROOT / "macros" / "changebook").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            given = [ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation]
            asked = [node] if {"Book", "Change", "Desk"} & {*given} else []
            # What is inside of it may know the book as well.
            for one in (*asked, *(inner for inner in ast.walk(node) if inner is not node)):
                if any(re.match(r"(lru_)?cache\b", ast.unparse(kept)) for kept in getattr(one, "decorator_list", ())):
                    hidden.append(f"{file.name}: {ast.unparse(one).partition(':')[0]}")
    assert hidden == []


def test_the_clock_of_a_preview_goes_on_when_a_moment_passes_that_the_book_names(harbor: Book) -> None:
    clock = PreviewClock()
    assert not clock.has_passed(harbor)  # its now is pinned
    settings = harbor.desk.settings.model_copy(update={"today": None})
    just_now = datetime.now(UTC).astimezone(settings.zone)
    book = dataclasses.replace(harbor, now=just_now, desk=dataclasses.replace(harbor.desk, settings=settings))
    assert not clock.has_passed(book)
    assert clock.has_passed(dataclasses.replace(book, now=just_now - timedelta(days=1)))
    name, change = next(iter(book.changes.items()))
    before = just_now.replace(hour=0, minute=0, second=0, microsecond=0)
    made = change.model_copy(update={"board": just_now})
    changed = dataclasses.replace(
        book, now=before, changes={name: made}, digests={book.folder / f"{name}.yaml": b"new"}
    )
    assert PreviewClock().has_passed(changed)
