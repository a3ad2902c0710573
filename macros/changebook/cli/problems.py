"""Problems as people, programs and pull requests read them."""

from __future__ import annotations

import posixpath
from pathlib import Path

from changebook.errors import ChangebookError, Problem
from changebook.git.repository import place_in_repository
from changebook.printing.terminal import annotate, say, say_json


def print_problems(problems: list[Problem], form: str) -> None:
    """Print problems as text for people, as JSON for programs, or as GitHub's workflow commands."""
    if form == "json":
        say_json([plain_problem(problem) for problem in problems])
        return
    above = _above() if form == "github" and problems else ""
    for problem in problems:
        if form == "github":
            level, path = "warning" if problem.gap else "error", _from_top(above, problem.path)
            annotate(level, path, problem.line, problem.column, problem.message)
        else:
            say(str(problem))
    if form == "text":
        gaps = sum(problem.gap for problem in problems)
        say(f"{_count(len(problems) - gaps, 'problem')}, {_count(gaps, 'gap')}.", err=True)


def _above() -> str:
    """Return the way from the top of the repository to here: GitHub starts there, wherever a job works."""
    try:
        return place_in_repository(Path()).as_posix()
    except (ChangebookError, OSError):
        return ""


def _from_top(above: str, path: Path) -> str:
    """Return `path`, which starts here, as it is from the top of the repository."""
    return posixpath.normpath(posixpath.join(above, path.as_posix()))


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
