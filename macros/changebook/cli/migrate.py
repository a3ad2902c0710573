"""`changebook migrate`: a book of an earlier changebook in the form that this one reads."""

from __future__ import annotations

from pathlib import Path

import click

from changebook.checking.trial import check_edited
from changebook.cli.common import BOOK, clock, named_folder
from changebook.cli.problems import print_problems
from changebook.cli.recording import YES
from changebook.editing.files import write
from changebook.errors import BookError
from changebook.git.codes import codes_given
from changebook.migrating.plan import plan_migration
from changebook.printing.terminal import confirm, say, say_lines
from changebook.source.files import writing


@click.command()
@YES
@BOOK
def migrate(yes: bool, path: Path) -> None:
    """Give a book that an earlier changebook wrote the form that this one reads.

    Only what the new form asks for is edited: comments and layout stay. Lists that `init` wrote and nobody edited
    become the newest. The edits are shown first; all are written, or none. Run again, it finds nothing to do.

    \b
    Example:
      changebook migrate
    """
    folder = named_folder(path)
    try:
        with writing(folder):
            found = plan_migration(folder, codes=codes_given(folder))
            for name in found.kept:
                say(f"{name} was edited here and stays as it is; a new book has the newest list.", err=True)
            if not found.edits:
                say("The book has the newest form already; nothing was changed.", err=True)
                return
            for edit in found.edits:
                say_lines(edit.diff(folder.parent))
            say_lines(found.changed, err=True)
            files = f"{len(found.edits)} file{'' if len(found.edits) == 1 else 's'}"
            left = [problem for problem in check_edited(found.edits, folder, clock=clock).problems if not problem.gap]
            if not yes:
                confirm(f"Write these edits to {files}?")
            write(found.edits)
    except BookError as error:
        print_problems(error.problems, "text")
        say("Nothing was changed; fix these first.", err=True)
        raise SystemExit(1) from error
    say(f"{files} changed.", err=True)
    if left:
        number = f"{len(left)} problem{'' if len(left) == 1 else 's'}"
        say(f"{number} of the new form only a person can fix: changebook check", err=True)
