"""What a review keeps of a book: after any edit and at any moment, it is what would be made from nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from markupsafe import Markup

from changebook.book import Book
from changebook.book.noting import difference
from changebook.cache.notes import known_by, label_of
from changebook.cache.packing import pack
from changebook.cache.program import fingerprint
from changebook.cache.store import NAME, OFF, SETTING
from changebook.checking.problems import check_book
from changebook.cli import main
from changebook.names import change_address
from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.readiness.gate import readiness_of
from changebook.render import Renderer
from changebook.review.facts import Facts, facts_after, pages_in
from changebook.review.kept import facts_key, keep_facts, kept_facts, kept_index
from changebook.review.record import Side
from changebook.review.searches import Search, _named, said_alike, searches_of
from changebook.review.values import value_digest
from changebook.schedule.whole import schedule_of
from changebook.search.hand import HandSection
from changebook.search.index import Index
from conftest import HARBOR, SAMPLE, Repository
from test_cache import NOW, edits_of

EDITED = 32


def book_in(folder: Path, now: datetime = NOW) -> Book | None:
    """Return the book in a folder, if nothing is wrong with it."""
    loaded = check_book(folder, clock=lambda: now, gaps=False)
    return None if loaded.problems else loaded.book


def unpinned(folder: Path, tmp_path: Path) -> Path:
    """Return a copy of a book whose now is the clock's."""
    copy = Path(shutil.copytree(folder, tmp_path / "book" / "changes"))
    settings = copy / "desk" / "book.yaml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if not line.startswith("today:")), encoding="utf-8")
    return copy


def shown(facts: Facts) -> dict[str, object]:
    return {label: (fact.digest, fact.rows) for label, fact in facts.items()}


@pytest.mark.slow
def test_after_any_edit_what_was_known_says_what_is_made_from_nothing(tmp_path: Path) -> None:
    chance, folder = random.Random(5), unpinned(HARBOR, tmp_path)
    origin = shutil.copytree(folder, tmp_path / "origin")
    before = book_in(folder)
    assert before
    known = facts_after({}, before, {})
    compared = taken = 0
    for number in range(EDITED):
        if number % 2 == 0:
            shutil.rmtree(folder)
            shutil.copytree(origin, folder)
        chance.choice(edits_of(folder))(chance)
        if not (book := book_in(folder)):
            continue
        by = difference(before, book)
        fresh = facts_after({}, book, {})
        if by is not None:
            compared += 1
            after = facts_after(known, book, by)
            assert shown(after) == shown(fresh), number
            # And back: of a review that knows the head, the base is made.
            assert shown(facts_after(after, before, by)) == shown(known), number
            # So does an index that takes over what search says of all that it says the same of.
            same = said_alike(known, after) - {""}
            taken += len(same)
            assert Index(book, after=Index(before), same=same).files == Index(book).files, number
        before, known = book, fresh
    assert compared >= EDITED // 4
    assert taken > compared


@pytest.mark.slow
def test_at_any_moment_what_was_known_says_what_is_made_from_nothing(tmp_path: Path) -> None:
    folder = unpinned(HARBOR, tmp_path)
    book = book_in(folder)
    assert book
    known = facts_after({}, book, {})
    stayed = 0
    for hours in (0, 1, 5, 11, 24, 24 * 6, 24 * 31, 24 * 400, -3, -24 * 9):
        later = replace(book, now=book.now + timedelta(hours=hours, minutes=7))
        after = facts_after(known, later, {})
        assert shown(after) == shown(facts_after({}, later, {})), hours
        stayed += sum(after[label] is known.get(label) for label in after)
    assert stayed > len(known)


@pytest.mark.slow
def test_a_page_is_known_as_it_is_shown() -> None:
    book = book_in(SAMPLE)
    assert book
    renderer = Renderer(book, lambda name: Markup(""))
    assert pages_in(facts_after({}, book, {})) == {
        page.address: (page.title, page.summary, fingerprint(renderer.html(block_of(page, book), root="./")))
        for page in pages_of(book)
    }


def test_what_was_kept_of_a_book_is_kept_for_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path / "cache"))
    folder = unpinned(HARBOR, tmp_path)
    book = book_in(folder)
    assert book
    facts = facts_after({}, book, {})
    assert kept_facts(facts_key(book)) == {}
    keep_facts(facts_key(book), facts)
    assert kept_facts(facts_key(book)) == facts
    next_year = datetime(2027, 12, 3, tzinfo=UTC)
    others = [replace(book, now=next_year), replace(book, changes=dict([*book.changes.items()][1:]))]
    record = next(folder.glob("*.yaml"))
    record.write_text(f"{record.read_text('utf-8')}# a comment\n", encoding="utf-8")
    edited = book_in(folder)
    assert edited
    for other in (*others, edited):
        assert kept_facts(facts_key(other)) == {}
    for wrong in (
        b"no facts",
        pack([]),
        pack({"page x": (1,)}),
        pack({"os:system ls": (b"", {}, frozenset(), None, None, ())}),
    ):
        with monkeypatch.context() as patched:
            patched.setattr("changebook.review.kept.pack", lambda rows, wrong=wrong: wrong)
            keep_facts(b"wrong", facts)
        assert kept_facts(b"wrong") == {}


def test_a_label_names_nothing_but_what_is_worked_out_of_a_book() -> None:
    assert known_by("changebook.readiness.gate:readiness_of some-change") is readiness_of
    assert known_by(label_of(schedule_of)) is schedule_of
    for label in (
        "os:system ls",
        "changebook.cli:main",
        "changebook.cache.store:store",
        "changebook.cli",
        "",
        "pages x",
    ):
        with pytest.raises(LookupError):
            known_by(label)


def test_an_index_is_kept_for_what_it_was_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path / "cache"))
    book = book_in(unpinned(HARBOR, tmp_path))
    assert book
    made: list[Book] = []
    make = Index._make
    monkeypatch.setattr(Index, "_make", lambda self, book, *others: made.append(book) or make(self, book, *others))

    def index(book: Book, *sections: HandSection) -> Index:
        return kept_index(Side(book, (), {}, sections, key=facts_key(book)), facts_after({}, book, {}))

    first, again = index(book), index(book)
    assert len(made) == 1
    assert dict(again.files) == first.files
    assert again.ask("patient") == first.ask("patient")
    later = replace(book, now=book.now + timedelta(days=40))
    page = HandSection("more/", "More", "More", ("Zebra words.",))
    for other in ((later,), (book, page)):
        before = len(made)
        files = dict(index(*other).files)
        assert len(made) == before + 1
        assert files == Index(other[0], other[1:]).files != first.files


def test_a_value_has_a_digest_only_if_all_that_it_shows_is_in_it() -> None:
    book = book_in(HARBOR)
    assert book
    change = next(iter(book.changes.values()))
    other = change.model_copy(update={"name": "Other"})
    same = value_digest({"a": (change, frozenset("xyz"))}, book)
    assert same == value_digest({"a": (change, frozenset("zyx"))}, book)
    assert same != value_digest({"a": (change, frozenset("xy"))}, book)
    assert value_digest([["a"], []], book) != value_digest([[], ["a"]], book)
    assert value_digest(other, book) is None  # a copy: who reads its name notes the name in the book
    assert value_digest(book, book) is None
    assert value_digest(lambda: None, book) is None


@pytest.mark.slow
def test_a_review_says_the_same_with_any_cache(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, folder, cache = random.Random(8), repository.folder / "changes", tmp_path / "cache"
    shutil.copytree(HARBOR, folder)
    repository.commit("The book")
    monkeypatch.setenv(SETTING, str(cache))
    for number in range(8):
        if number == 4:
            cache.joinpath(NAME).write_bytes(os.urandom(9000))
        chance.choice(edits_of(folder))(chance)
        repository.commit(f"Edit {number}")
        for revisions in ("HEAD^..HEAD", "HEAD..HEAD^"):
            arguments = ["review", revisions, "--book", str(folder), "--format", "json"]
            warm = CliRunner().invoke(main, arguments)
            with monkeypatch.context() as without:
                without.setenv(SETTING, OFF)
                cold = CliRunner().invoke(main, arguments)
            assert (warm.exit_code, warm.output) == (cold.exit_code, cold.output), number
            if warm.exit_code == 0:
                assert json.loads(warm.stdout)["asked"] >= 0


@pytest.mark.parametrize("folder", [SAMPLE, HARBOR])
def test_a_name_that_is_not_asked_for_would_be_found_first(folder: Path) -> None:
    book = book_in(folder)
    assert book
    one, other, *_ = book.changes.values()
    former = replace(book, changes=book.changes | {other.id: other.model_copy(update={"former_names": (one.name,)})})
    for known, alone in ((book, True), (former, False)):
        index = Index(known)
        wanted = [*searches_of(book), Search(" ", change_address(one.id)), Search(other.name, change_address(one.id))]
        named = _named(index, wanted)
        assert {search for search in wanted if index.ask(search.words).hits[:1] and search in named} == named
        for search in named:
            assert index.ask(search.words).hits[0].document.address == search.address
        names = {change.name for change in book.changes.values()}
        assert names - {search.words for search in named} == (set() if alone else {one.name})
        assert named <= set(searches_of(book))
