"""`changebook rename`: another name for a change, everywhere at once."""

from __future__ import annotations

from pathlib import Path

import click

from changebook.checking.private import docs_of
from changebook.cli.common import BOOK, clock, named_folder
from changebook.cli.options import TODAY
from changebook.cli.problems import print_problems
from changebook.cli.recording import YES
from changebook.editing.files import write
from changebook.errors import BookError
from changebook.names import change_address, slug
from changebook.printing.terminal import confirm, say, say_lines
from changebook.renaming.plan import plan_rename
from changebook.source.files import writing
from changebook.source.settings import language_of


@click.command()
@click.argument("old")
@click.argument("new")
@YES
@BOOK
@TODAY
def rename(old: str, new: str, yes: bool, path: Path, today: str | None) -> None:
    """Give the change OLD the shared name NEW, in its record and everywhere it is mentioned.

    OLD is the change's name, its id or a former name. Its file moves, its old name becomes a former one, and records,
    the desk's lists and pages in docs/ follow. The edits are shown first; nothing is written if they would leave a
    problem in the book.

    \b
    Examples:
      changebook rename fhir-patient-lookup-r4 "FHIR Patient Search R4"
      changebook rename "Formulary Sync" "Formulary Feed" --yes
    """
    folder = named_folder(path)
    try:
        with writing(folder, docs_of(folder)):
            edits = plan_rename(folder, old, new, today=today, clock=clock)
            for edit in edits:
                say_lines(edit.diff(folder.parent))
            files = f"{len(edits)} file{'' if len(edits) == 1 else 's'}"
            if not yes:
                confirm(f"Write these edits to {files}?")
            write(edits)
    except BookError as error:
        print_problems(error.problems, "text")
        say("The book has these problems, or would have them; nothing was changed, fix them first.", err=True)
        raise SystemExit(1) from error
    moved = next(edit for edit in edits if edit.new.stem == slug(new, language_of(folder)))
    say(f"{new!r} is in {moved.new.relative_to(folder.parent)}; {files} changed.", err=True)
    if moved.moved:
        say(f"Old addresses under /{change_address(moved.old.stem)} will open the new pages.", err=True)
