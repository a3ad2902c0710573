"""`changebook schema`: what editors know of a record."""

from __future__ import annotations

from pathlib import Path

import click

from changebook.checking.private import docs_of
from changebook.cli.common import BOOK, readable_book
from changebook.printing.terminal import say
from changebook.scaffold.schema import schemas
from changebook.source.files import write_whole, writing


@click.command()
@BOOK
def schema(path: Path) -> None:
    """Write the JSON Schemas of a change and of a scenario into docs/schema/ beside the book.

    Editors complete and check records with them. They hold the desk's own terms, and no commit holds them: `make
    install`, `make check` and `make site` write them again.

    \b
    Examples:
      changebook schema
    """
    book, docs = readable_book(path), docs_of(path)
    made = {docs.parent / name: text.encode() for name, text in schemas(book.desk).items()}
    stale = {file: data for file, data in made.items() if not file.is_file() or file.read_bytes() != data}
    with writing(docs):
        for file, data in stale.items():
            write_whole(file, data)
            say(f"{file.as_posix()} is written.")
