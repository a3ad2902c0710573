"""`changebook review`: what a pull request changes in the book."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import Any

import click

from changebook.book import TABLES
from changebook.cli.common import BOOK, checked
from changebook.cli.options import TODAY
from changebook.errors import BookError, ChangebookError
from changebook.git.repository import both_ends, place_in_repository, write_files
from changebook.model import Calendar, Wording
from changebook.printing.terminal import say_json, say_lines
from changebook.privacy.hushing import hushed, hushed_values
from changebook.review.compare import compare
from changebook.review.kept import facts_key
from changebook.review.markdown import as_markdown
from changebook.review.record import Side
from changebook.search.hand import hand_sections
from changebook.source.handwritten import hand_pages


@click.command()
@click.argument("revisions", metavar="BASE..HEAD")
@BOOK
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    help="How to print the review; json is for other programs.",
)
@TODAY
def review(revisions: str, path: Path, form: str, today: str | None) -> None:
    """Print what HEAD changes in the book of BASE: records, problems, names, pages, searches, and who reviews.

    Both are commits in the book's git repository; uncommitted work does not count. BASE...HEAD, with three dots,
    compares with the commit at which HEAD left BASE. It always exits with 0: passing or failing is the job of
    `changebook check`.

    \b
    Examples:
      changebook review main..HEAD
      changebook review origin/main...HEAD > review.md
      changebook review v1.4..v1.5 --format json
    """
    try:
        place = place_in_repository(path)
        base, head = both_ends(path, revisions)
        with tempfile.TemporaryDirectory(prefix="changebook-review-") as scratch:
            written: dict[str, Path] = {}
            after = _side(path, place, head, Path(scratch) / "head", today, written=written)
            before = _side(path, place, base, Path(scratch) / "base", today, written=written, without=_nothing(after))
            found = compare(before, after)
    except BookError as error:
        say_lines(map(str, error.problems), err=True)
        raise click.UsageError("the book cannot be read: fix these problems, or name other commits") from error
    except ChangebookError as error:
        raise click.UsageError(str(error)) from error
    # A name, an address or a search of a refused record would say what no problem repeats.
    private = (*before.private, *after.private)
    if form == "json":
        say_json(hushed_values(asdict(found), private))
    else:
        say_lines(hushed(as_markdown(found), private).split("\n"))


def _side(
    book: Path,
    place: PurePosixPath,
    commit: str,
    scratch: Path,
    today: str | None,
    *,
    written: dict[str, Path],
    without: Side | None = None,
) -> Side:
    """Return the book at `place` as a commit has it, or `without` where it has none; see `write_files` for `written`.

    Raises BookError where the desk cannot be read.
    """
    docs = place.parent / "docs"
    scratch.mkdir(exist_ok=True)
    write_files(book, commit, (place, docs, docs.with_name("mkdocs.yml")), scratch, written)
    if without and not (scratch / place / "desk").is_dir():
        return without
    loaded = checked(scratch / place, today, shown_as=Path(place), gaps=False)
    if not loaded.book:
        wrong = [replace(problem, message=f"at {commit[:12]}: {problem.message}") for problem in loaded.problems]
        raise BookError(wrong)
    hand = {
        page.address: (scratch / docs / page.path).read_text("utf-8", "replace") for page in hand_pages(scratch / docs)
    }
    sections, key = tuple(hand_sections(scratch / docs)), facts_key(loaded.book)
    told, folder = tuple(loaded.problems), scratch / place
    return Side(loaded.book, told, hand, sections, loaded.private, key=key, folder=folder)


def _nothing(side: Side) -> Side:
    """Return an empty book that can be compared with `side`."""
    empty: dict[str, Any] = {name: {} for name in (*TABLES, "scenarios", "ids")}
    desk = replace(side.book.desk, wording=Wording(), calendar=Calendar(), **empty)
    return Side(replace(side.book, changes={}, desk=desk), (), {}, (), (), absent=True)
