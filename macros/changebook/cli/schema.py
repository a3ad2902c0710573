"""`changebook schema`: what editors know of a record."""

from __future__ import annotations

from pathlib import Path

import click

from changebook.cli.common import BOOK, readable_book
from changebook.errors import ChangebookError
from changebook.files import write_whole
from changebook.schema import schemas


@click.command()
@BOOK
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a schema is missing or out of date.")
def schema(path: Path, check: bool) -> None:
    """Write the JSON Schemas of a change and of a scenario into docs/schema/ beside the book.

    Editors complete and check records with them. They hold the desk's own terms: write them again when a
    list of the desk changes.

    \b
    Examples:
      changebook schema
      changebook schema --check
    """
    book = readable_book(path)
    beside = Path(path.parent if book.folder == path else book.folder.parent)
    stale = False
    for name, text in schemas(book.desk).items():
        file = beside / name
        old = file.read_text("utf-8") if file.is_file() else ""
        if old != text and check:
            stale = True
            click.echo(f"{file.as_posix()}:1:1: not what the model and the desk make; run: changebook schema")
        elif old != text:
            try:
                write_whole(file, text)
            except ChangebookError as error:
                raise click.ClickException(str(error)) from error
            click.echo(f"{file.as_posix()} is written.")
    if stale:
        raise SystemExit(1)
