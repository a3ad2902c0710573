"""Who changed which evidence of a change, and when: read from git, shown on the readiness page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from changebook.book import Book
from changebook.git.repository import trail_since
from changebook.git.trail import Trail
from changebook.pages.blocks.readiness import readiness_sheet
from changebook.views.audit import STEPS_SHOWN, audit_of
from conftest import GOOD, SMALL, WHO, Repository, load
from golden_texts import text_of

NAME = "complete-change"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with the small book and the complete change, in one commit."""
    found = Repository(tmp_path / "book")
    shutil.copytree(SMALL, found.folder / "changes")
    shutil.copy(GOOD / f"{NAME}.yaml", found.folder / "changes")
    found.commit("The book", at="2026-11-01T08:00:00-06:00")
    return found


def edit(repository: Repository, old: str, new: str, *, at: str) -> None:
    file = repository.folder / "changes" / f"{NAME}.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    repository.commit("An edit", at=f"{at}:00-06:00")


def traced(repository: Repository) -> Book:
    book = load(repository.folder / "changes").book
    assert book
    return replace(book, trail=trail_since(repository.folder / "changes", LONG_AGO))


def told(book: Book) -> list[tuple[str, str]]:
    audit = audit_of(book, book.change(NAME))
    assert audit
    return [(f"{line.at:%m-%d %H:%M}", line.what) for line in audit.lines]


def test_a_commit_is_told_by_the_evidence_that_it_changed(repository: Repository) -> None:
    edit(repository, "decision: go\n", "decision: hold\n", at="2026-12-02T19:04")
    edit(repository, "evidence: RUN-3", "evidence: RUN-33", at="2026-12-02T23:40")
    book = traced(repository)
    assert told(book)[:2] == [("12-02 23:40", "Support tests"), ("12-02 19:04", "Go/no-go")]
    first = told(book)[-1]
    assert first[0] == "11-01 08:00"
    assert first[1].startswith(
        "Status, closed, window, postponed, board, revised, partner notice, rollback, compliance,"
    )


def test_what_proves_nothing_and_how_it_is_laid_out_leave_no_trace(repository: Repository) -> None:
    edit(repository, "why: Clerks", "why: The clerks", at="2026-12-01T08:00")
    edit(repository, "go_no_go:\n", "go_no_go:  # tonight\n\n", at="2026-12-01T09:00")
    (repository.folder / "changes" / "desk" / "cases.yaml").write_text("{}\n", encoding="utf-8")
    repository.commit("Another file", at="2026-12-01T10:00:00-06:00")
    assert len(told(traced(repository))) == 1


def test_the_page_says_who_when_and_what_and_prints_it(repository: Repository) -> None:
    edit(repository, "decision: go\n", "decision: hold\n", at="2026-12-02T19:04")
    book = traced(repository)
    page = text_of(readiness_sheet(book, NAME), book)
    audit = page.partition("## Audit")[2]
    audited = audit_of(book, book.change(NAME))
    assert audited
    line = audited.lines[0]
    assert line.by
    assert (
        f"Wed 2 Dec, 19:04 CST {{2026-12-02T19:04-06:00}} | Who= {line.by} | What= Go/no-go | Commit= `{line.commit}`"
        in audit
    )
    assert "Print the audit" in audit


def test_a_renamed_change_keeps_what_was_done_under_its_old_name(repository: Repository) -> None:
    folder = repository.folder / "changes"
    (folder / f"{NAME}.yaml").rename(folder / "whole-change-now.yaml")
    text = (
        (folder / "whole-change-now.yaml")
        .read_text("utf-8")
        .replace("  - The old search job\n", "  - Complete Change\n")
    )
    text = text.replace("name: Complete Change", "name: Whole Change Now").replace("alert: Complete", "alert: Whole")
    (folder / "whole-change-now.yaml").write_text(text, encoding="utf-8")
    repository.commit("A new name", at="2026-12-01T08:00:00-06:00")
    change = traced(repository).change("whole-change-now")
    audit = audit_of(traced(repository), change)
    assert audit
    assert f"{audit.lines[-1].at:%m-%d}" == "11-01"


def test_a_long_trail_is_cut_and_says_how_to_read_the_rest(repository: Repository) -> None:
    book = traced(repository)
    (step,) = book.trail.steps[f"{NAME}.yaml"]
    long = replace(book, trail=Trail({f"{NAME}.yaml": (step,) * (STEPS_SHOWN + 3)}))
    page = text_of(readiness_sheet(long, NAME), long)
    assert f"3 earlier: `git log -- {NAME}.yaml`" in page


def test_a_shallow_clone_blames_nobody(repository: Repository, tmp_path: Path) -> None:
    edit(repository, "decision: go\n", "decision: hold\n", at="2026-12-02T19:04")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    trail = trail_since(tmp_path / "shallow" / "changes", LONG_AGO)
    assert trail == Trail(unknown="the clone is shallow; fetch the rest: git fetch --unshallow")


def test_without_git_the_page_says_so(book: Book, tmp_path: Path) -> None:
    unknown = replace(book, trail=trail_since(tmp_path, LONG_AGO))
    page = text_of(readiness_sheet(unknown, NAME), unknown)
    assert "Not known here: " in page.partition("## Audit")[2]
    assert "## Audit" not in text_of(readiness_sheet(book, NAME), book)


def test_a_file_named_like_a_commit_puts_no_other_name_on_an_edit(repository: Repository) -> None:
    for mark in ("\x01", ":100644 100644 1 2 M", "\n"):
        forged = repository.folder / "changes" / f"{mark}{'a' * 40} 1764700000 Chief Medical Officer"
        forged.write_text("", encoding="utf-8")
    edit(repository, "decision: go\n", "decision: hold\n", at="2026-12-02T19:04")
    steps = trail_since(repository.folder / "changes", LONG_AGO).steps[f"{NAME}.yaml"]
    assert {step.by for step in steps} == {WHO["NAME"]}
    assert {step.commit for step in steps} == set(repository.git("rev-list", "HEAD").split())
