"""`changebook export responses` and `changebook responses diff`: the first responses in a helpdesk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from changebook.cli.common import BOOK, PLAIN, right_book
from changebook.cli.options import TODAY
from changebook.cli.readable import readable_changes
from changebook.errors import ChangebookError
from changebook.exports.drift import Compared, drifted
from changebook.exports.given_out import held_in
from changebook.exports.helpdesks import HELPDESKS
from changebook.exports.responses import replies
from changebook.language import speak
from changebook.printing.terminal import say, say_json, say_lines
from changebook.source.files import write_whole
from changebook.source.settings import language_of


@click.group()
def export() -> None:
    """Write what the book says in the form of another tool.

    \b
    Example:
      changebook export responses --for zammad --to text-modules.csv
    """


@export.command("responses")
@BOOK
@click.option(
    "--for", "helpdesk", required=True, type=click.Choice(list(HELPDESKS)), help="The helpdesk; csv for any other."
)
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="The file; without it, print.")
@TODAY
def export_responses(path: Path, helpdesk: str, file: Path | None, today: str | None) -> None:
    """Write the first responses as a helpdesk takes them in.

    All of the general playbooks, and those of changes in use. Those of a change that is closed or rolled back are
    withdrawn: inactive, or left out where the helpdesk has no inactive ones.

    \b
    Examples:
      changebook export responses --for zendesk --to macros.json
      changebook export responses --for csv
    """
    speak(language_of(path))
    book = right_book(path, today)
    text = HELPDESKS[helpdesk](replies(book))
    if not file:
        say_lines(text.splitlines())
        return
    write_whole(file, text.encode())
    offered = sum(reply.offered for reply in replies(book))
    say(f"{file.as_posix()} holds {offered} responses.")


@click.group("responses")
def held_replies() -> None:
    """Hold the replies of a helpdesk against the book.

    \b
    Example:
      changebook responses diff macros.json
    """


@held_replies.command("diff")
@BOOK
@click.argument("file", metavar="EXPORT", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PLAIN
@TODAY
def diff(path: Path, file: Path, form: str, today: str | None) -> None:
    """Say which replies of a helpdesk drifted from the book; EXPORT is the file that the helpdesk gave out.

    A reply is found by its code: changed, missing, withdrawn but still offered, or unknown to the book. Exits with 1 if
    any drifted, with 2 if EXPORT cannot be read.

    \b
    Examples:
      changebook responses diff macros.json
      changebook responses diff macros.json --format json
    """
    speak(language_of(path))
    book = readable_changes(path, today, form)
    try:
        held = held_in(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{file} is not text in UTF-8", param_hint="EXPORT") from error
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="EXPORT") from error
    found = drifted(book, held)
    if form == "json":
        say_json({**asdict(found), "drifts": [asdict(drift) for drift in found.drifts]})
    else:
        say_lines(drift_lines(found))
    if found.drifts:
        raise SystemExit(1)


def drift_lines(found: Compared) -> Iterator[str]:
    """Yield what drifted, a line for each, and how many did not."""
    for drift in found.drifts:
        yield f"{drift.kind}: {drift.name}"
        yield f"  {drift.what}"
    yield f"{len(found.drifts)} drifted, {found.same} the same; {found.others} without a code, not drifted."
