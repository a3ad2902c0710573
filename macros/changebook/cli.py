"""The `changebook` command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking import check_book, index_of
from changebook.errors import ChangebookError, Problem
from changebook.loading import Loaded
from changebook.search.index import Found


@click.group()
@click.version_option(package_name="changebook")
def main() -> None:
    """Check the change records of a service desk, and build their site.

    \b
    Example:
      changebook check
    """


TODAY = click.option(
    "--today",
    metavar="DATE",
    help="The day, or '2026-12-02 21:00', to stand in for now; else the book's pinned now, else the clock.",
)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are printed; github annotates a pull request.",
)
@TODAY
@click.option(
    "--search", is_flag=True, help="Try the searches under must_find: each must find its page in the first three."
)
def check(paths: tuple[Path, ...], form: str, today: str | None, search: bool) -> None:
    """Print every problem of every record, and exit with 1 if there is one.

    PATHS are record files, folders of a book or whole books (changes/ when none is named). A record is
    checked against the desk beside it; only problems below PATHS are printed. Gaps, which keep a change
    from being ready, are printed and do not fail the check.

    \b
    Examples:
      changebook check
      changebook check changes/fhir-patient-lookup-r4.yaml
      changebook check --format github --today 2026-12-02
      changebook check --search
    """
    problems: set[Problem] = set()
    for path in paths or (Path("changes"),):
        book = book_folder(path)
        found = checked(book, today, search=search).problems
        problems.update(problem for problem in found if problem.path.is_relative_to(path) or path == book)
    print_problems(sorted(problems), form)
    if any(not problem.gap for problem in problems):
        raise SystemExit(1)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--book", "path", type=click.Path(exists=True, path_type=Path), default="changes", help="The book's folder."
)
@click.option("--json", "as_json", is_flag=True, help="Print the results for other programs.")
@TODAY
def search(words: tuple[str, ...], path: Path, as_json: bool, today: str | None) -> None:
    """Print what the site's search finds for WORDS, in its order; exit with 1 when nothing is a good match.

    Index and ranking are the site's own: what stands here first is what an analyst sees first.

    \b
    Examples:
      changebook search cant find patient
      changebook search "LKP-504" --json
      changebook search orders are delayed --today 2026-12-09
    """
    book = book_folder(path)
    loaded = checked(book, today)
    wrong = [problem for problem in loaded.problems if not problem.gap]
    if wrong or not loaded.book:
        print_problems(wrong, "text")
        raise SystemExit(1)
    found = index_of(loaded.book, book).ask(" ".join(words))
    click.echo(json.dumps(plain_results(found), indent=2) if as_json else "\n".join(result_lines(found, loaded.book)))
    if not found.good:
        raise SystemExit(1)


def checked(book: Path, today: str | None, *, search: bool = False) -> Loaded:
    """Return the checked book at `today`, a day or a time; raise BadParameter when it is neither."""
    moment = today and (today if " " in today else f"{today} 00:00")
    try:
        return check_book(book, today=moment, clock=lambda: datetime.now(UTC), search=search)
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="--today") from error


def result_lines(found: Found, book: Book) -> Iterator[str]:
    """Yield results as people read them: title, what it is and of which change, address."""
    if found.former:
        yield f"{found.former!r} is a former name."
    if not found.good:
        yield "No good match. Add the caller's words to callers_say, or to desk/wording.yaml."
    for number, hit in enumerate(found.hits, 1):
        document = hit.document
        change = book.changes.get(document.change)
        of = f", {change.name}, {change.status}" if change else ""
        yield f"{number:2}. {document.title} ({document.kind}{of})"
        yield f"    /{document.address}"


def plain_results(found: Found) -> dict[str, object]:
    """Return results for other programs; `coverage` is how much of the words a page answers, 0 to 1."""
    results = [
        {
            "title": hit.document.title,
            "kind": hit.document.kind,
            "change": hit.document.change or None,
            "address": f"/{hit.document.address}",
            "coverage": round(hit.coverage, 2),
            "pinned": hit.pinned,
        }
        for hit in found.hits
    ]
    return {"good": found.good, "former_name": found.former or None, "results": results}


def book_folder(path: Path) -> Path:
    """Return the folder that holds the book `path` lies in: the nearest one up with a `desk` in it."""
    for folder in (path, *path.parents):
        if (folder / "desk").is_dir():
            return folder
    raise click.UsageError(f"{path} is no book and in none: no folder 'desk' beside or above it.")


def print_problems(problems: list[Problem], form: str) -> None:
    """Print problems as text for people, as JSON for programs, or as GitHub's workflow commands."""
    if form == "json":
        click.echo(json.dumps([_plain(problem) for problem in problems], indent=2))
        return
    for problem in problems:
        click.echo(_annotation(problem) if form == "github" else str(problem))
    if form == "text":
        gaps = sum(problem.gap for problem in problems)
        click.echo(f"{_count(len(problems) - gaps, 'problem')}, {_count(gaps, 'gap')}.", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _plain(problem: Problem) -> dict[str, str | int]:
    severity = "gap" if problem.gap else "error"
    return {
        "path": problem.path.as_posix(),
        "line": problem.line,
        "column": problem.column,
        "severity": severity,
        "message": problem.message,
    }


def _annotation(problem: Problem) -> str:
    # Workflow commands end a value at %, newline, colon and comma: GitHub's own escapes.
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = problem.path.as_posix().replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    level = "warning" if problem.gap else "error"
    return f"::{level} file={path},line={problem.line},col={problem.column}::{message}"
