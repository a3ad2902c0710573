"""`changebook check`: every problem of every record."""

from __future__ import annotations

import json
from pathlib import Path

import click

from changebook.cli.common import TODAY, book_folder, checked
from changebook.errors import Problem


@click.command()
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
