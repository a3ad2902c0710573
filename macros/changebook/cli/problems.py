"""Problems as people, programs and pull requests read them."""

from __future__ import annotations

import json

import click

from changebook.errors import Problem


def print_problems(problems: list[Problem], form: str) -> None:
    """Print problems as text for people, as JSON for programs, or as GitHub's workflow commands."""
    if form == "json":
        click.echo(json.dumps([plain_problem(problem) for problem in problems], indent=2))
        return
    for problem in problems:
        click.echo(_annotation(problem) if form == "github" else str(problem))
    if form == "text":
        gaps = sum(problem.gap for problem in problems)
        click.echo(f"{_count(len(problems) - gaps, 'problem')}, {_count(gaps, 'gap')}.", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def plain_problem(problem: Problem) -> dict[str, str | int]:
    """Return a problem for other programs."""
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
