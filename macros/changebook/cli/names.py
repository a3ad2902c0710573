"""`changebook names`: wrong names in any text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from changebook.cli.common import BOOK, FORMAT, loaded_book
from changebook.cli.problems import print_problems
from changebook.errors import Problem
from changebook.naming.finder import finder_of
from changebook.naming.outside import wrong_in_bytes, wrong_in_file


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@FORMAT
@BOOK
def names(files: tuple[str, ...], form: str, path: Path) -> None:
    """Print every wrong name of a change in FILES, and exit with 1 if there is one.

    FILES are any text: alert rules, status templates, desk scripts; `-` is standard input. A former name and a
    misspelled shared name are wrong, except on a line with a comment `name-ok: REASON`. A file that is not UTF-8 text
    is listed as wrong too.

    \b
    Examples:
      changebook names alerts/*.yaml status/template.txt
      changebook names --format github alerts/lookup.yaml
      pbpaste | changebook names -
    """
    finder = finder_of(loaded_book(path))
    problems: list[Problem] = []
    for file in files:
        if file == "-" and sys.stdin is None:
            raise click.UsageError("-: standard input is closed; name a file")
        if file == "-":
            problems += wrong_in_bytes(sys.stdin.buffer.read(), Path(file), finder)
        else:
            problems += wrong_in_file(Path(file), Path(file), finder)
    print_problems(sorted(problems), form)
    if problems:
        raise SystemExit(1)
