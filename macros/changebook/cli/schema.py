"""`changebook schema`: what editors know of a record."""

from __future__ import annotations

from pathlib import Path

import click

from changebook.checking.problems import docs_of
from changebook.cli.common import BOOK, readable_book
from changebook.printing.terminal import say, say_lines
from changebook.scaffold.schema import schemas
from changebook.source.files import write_whole, writing


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
    book, docs = readable_book(path), docs_of(path)
    made = {docs.parent / name: text.encode() for name, text in schemas(book.desk).items()}
    stale = {file: data for file, data in made.items() if not file.is_file() or file.read_bytes() != data}
    if check:
        say_lines(
            f"{file.as_posix()}:1:1: not what the model and the desk make; run: changebook schema" for file in stale
        )
        raise SystemExit(1 if stale else 0)
    with writing(docs):
        for file, data in stale.items():
            write_whole(file, data)
            say(f"{file.as_posix()} is written.")
