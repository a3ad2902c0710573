"""The one way out to a terminal, a pipe or a log: no other module prints.

What is printed may come from a record, a file's name, an argument or the system, so each line passes `visible`: none
of it can move the cursor, hide, or begin a line. GitHub's runner takes lines that begin with `::`, and `##[` anywhere,
as commands; only `annotate` prints such a line.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterable

import click

from changebook.printing.visible import visible

_NOT_ASCII = re.compile(r"[^\n -~]|##\[")


def say(line: str, *, err: bool = False) -> None:
    """Print `line` as one line, to standard error with `err`."""
    shown = _inert(line)
    start = len(shown) - len(shown.lstrip())
    if shown.startswith("::", start):
        shown = f"{shown[:start]}\\x3a:{shown[start + 2 :]}"
    click.echo(shown, err=err)


def say_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print each of `lines`."""
    for line in lines:
        say(line, err=err)


def say_json(values: object) -> None:
    """Print `values` as JSON in ASCII; a byte of a file name that is not UTF-8 is written out in its text."""
    text = json.dumps(values, indent=2, ensure_ascii=False, default=str)
    click.echo(_NOT_ASCII.sub(lambda found: _in_json(found[0]), text))


def annotate(level: str, path: str, line: int, column: int, message: str) -> None:
    """Print one of GitHub's workflow commands, which shows `message` at a place in a pull request."""
    # A command ends a value at %, newline, colon and comma: GitHub's own escapes.
    place = _inert(path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    said = _inert(message).replace("%", "%25")
    click.echo(f"::{level} file={place},line={line},col={column}::{said}")


def confirm(question: str) -> None:
    """Ask on standard error; raise click.Abort unless the answer is yes, UsageError where none can be read."""
    if sys.stdin is None:
        raise click.UsageError("nobody can answer here, standard input is closed; give --yes")
    click.confirm(visible(question), abort=True, err=True)


def ask(question: str, offered: str, accepted: Callable[[str], str]) -> str:
    """Ask until `accepted` takes the answer, which is `offered` when nothing is typed, and return what it returns."""
    shown = f"{visible(question)} [{visible(offered)}]" if offered else visible(question)
    answer: str = click.prompt(shown, default=offered or None, show_default=False, value_proc=accepted)
    return answer


def never_fail_on_a_character() -> None:
    """Let standard output and error replace what their encoding lacks, as a Windows code page lacks an arrow."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _inert(text: str) -> str:
    return visible(text).replace("##[", r"##\x5b")


def _in_json(found: str) -> str:
    if found == "##[":
        return r"##\u005b"
    if "\udc80" <= found <= "\udcff":
        return "\\" + visible(found)
    return json.dumps(found)[1:-1] if found != "\x7f" else r"\u007f"
