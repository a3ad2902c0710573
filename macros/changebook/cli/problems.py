"""Problems as people, programs and pull requests read them."""

from __future__ import annotations

from changebook.errors import Problem
from changebook.terminal import annotate, say, say_json


def print_problems(problems: list[Problem], form: str) -> None:
    """Print problems as text for people, as JSON for programs, or as GitHub's workflow commands."""
    if form == "json":
        say_json([plain_problem(problem) for problem in problems])
        return
    for problem in problems:
        if form == "github":
            level, path = "warning" if problem.gap else "error", problem.path.as_posix()
            annotate(level, path, problem.line, problem.column, problem.message)
        else:
            say(str(problem))
    if form == "text":
        gaps = sum(problem.gap for problem in problems)
        say(f"{_count(len(problems) - gaps, 'problem')}, {_count(gaps, 'gap')}.", err=True)


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
