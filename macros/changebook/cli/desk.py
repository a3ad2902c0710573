"""`changebook desk`: the lists that records share."""

from __future__ import annotations

from pathlib import Path

import click

from changebook.cli.common import BOOK, clock, named_folder
from changebook.cli.problems import print_problems
from changebook.cli.recording import YES
from changebook.editing.files import write
from changebook.errors import BookError
from changebook.printing.terminal import confirm, say, say_lines
from changebook.recording.listing import IMPORTED, plan_import
from changebook.source.files import writing


def _pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return `A=B` as a mapping; raise BadParameter where there is no equals sign."""
    for one in given:
        if "=" not in one:
            raise click.BadParameter(f"{one!r} has no equals sign; write it as {parameter.metavar}")
    return {name.strip(): value.strip() for name, _, value in (one.rpartition("=") for one in given)}


@click.group()
def desk() -> None:
    """Fill the lists that records share.

    \b
    Example:
      changebook desk import teams teams.csv
    """


@desk.command(name="import")
@click.argument("table", metavar="teams|systems|groups|partners", type=click.Choice(IMPORTED))
@click.argument("export", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--column",
    "columns",
    metavar="HEADING=FIELD",
    multiple=True,
    callback=_pairs,
    help="Which field a column fills that has another heading; repeat for each.",
)
@click.option(
    "--set",
    "defaults",
    metavar="FIELD=VALUE",
    multiple=True,
    callback=_pairs,
    help="What a field of a new entry is where the file has nothing for it; repeat for each.",
)
@click.option(
    "--read",
    "instead",
    metavar="CELL=VALUE",
    multiple=True,
    callback=_pairs,
    help="What a cell is read as, in any column that is used; repeat for each.",
)
@YES
@BOOK
def desk_import(
    table: str,
    export: Path,
    *,
    columns: dict[str, str],
    defaults: dict[str, str],
    instead: dict[str, str],
    yes: bool,
    path: Path,
) -> None:
    """Fill a list of the desk from FILE, a CSV export: new entries below the others, changed cells in place.

    A column fills the field that it is called after. An entry is known by its id, else by its name; a new one gets an
    id from its name, once and for all. Owners, backups and systems may be ids or names; several are separated by
    semicolons. Entries that the file lacks stay, and so do comments. The edits are shown first.

    \b
    Examples:
      changebook desk import teams teams.csv --set hours=always
      changebook desk import systems cmdb.csv --column "CI Name=name" --column "Support group=owner" --set kind=ehr
      changebook desk import systems cmdb.csv --column "CI Class=kind" --read Server=middleware --read Portal=portal
    """
    folder = named_folder(path)
    try:
        with writing(folder):
            told = {"columns": columns, "defaults": defaults, "instead": instead}
            found = plan_import(folder, table, export, **told, clock=clock)
            if found.unused:
                say(f"Columns that fill no field: {', '.join(found.unused)}.", err=True)
            if found.edit.before == found.edit.after:
                say(f"{table} say all of this already; nothing was changed.", err=True)
                return
            say_lines(found.edit.diff(folder.parent))
            what = f"{len(found.new)} new and {len(found.changed)} changed"
            if not yes:
                confirm(f"Write these edits to {found.edit.new.as_posix()}: {what}?")
            write([found.edit])
    except BookError as error:
        print_problems(error.problems, "text")
        say("Nothing was changed; fix these first, in the file or with --column, --read and --set.", err=True)
        raise SystemExit(1) from error
    say(f"{found.edit.new.as_posix()} is written: {what}.", err=True)
