"""The editions of staff and partners, as `changebook build --edition` writes them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from changebook.book import Book
from changebook.checks.editions import named_outside
from changebook.cli.common import right_book
from changebook.editions import Edition, edition_of
from changebook.editions.edition import emptied
from changebook.editions.reader import reader_of
from changebook.editions.words import Hidden
from changebook.errors import UnknownTermError
from changebook.feeds import note_moments
from changebook.feeds.entries import entries_for, entries_of
from changebook.git.history import History
from changebook.git.repository import edits_since, history_of
from changebook.language import gettext as _
from changebook.language import speak, spoken
from changebook.outside.look import look_of
from changebook.outside.scan import leaks
from changebook.outside.write import EditionLook, edition_files
from changebook.printing.terminal import say
from changebook.render.dated import book_for
from changebook.source.settings import language_of, site_settings
from changebook.views.since import KEPT

# Of the folder that holds an edition for each partner: no page there names one.
_NO_SITE = "<!doctype html><html lang={language}><meta charset=utf-8><title>{title}</title><h1>{title}</h1>\n"


def write_edition(project: Path, folder: Path, edition: Edition, *, partner: str, today: str | None) -> None:
    """Write the edition of staff, or of `partner`, into `folder`; without a partner, one for each that is told of
    changes, in a folder each.

    Raises click's exceptions for a wrong book, a partner that it does not hold, and for what an edition would tell.
    """
    records = Path(os.path.relpath(project / "changes"))
    speak(language_of(records))
    book = right_book(records, today)
    history = history_of(project, ("changes",), book.desk.settings.zone)
    if history.unknown:
        say(history.missed, err=True)
    book = replace(book, past=edits_since(records, book.now - KEPT))
    look, address = look_of(project), str(site_settings(project / "docs").get("site_url") or "")
    if edition == "partners" and not partner:
        told = [name for name, one in book.desk.partners.items() if one.asks]
        for name in told:
            _write(folder / name, _files(book, look, edition, history, partner=name, address=address))
        _write(folder, {"404.html": _NO_SITE.format(language=spoken(), title=_("Page not found")).encode()})
    else:
        _write(folder, _files(book, look, edition, history, partner=partner, address=address))


def _files(
    book: Book, look: EditionLook, edition: Edition, history: History, *, partner: str, address: str
) -> dict[str, bytes]:
    try:
        reader = reader_of(book, edition, partner)
    except UnknownTermError as error:
        raise click.BadParameter(str(error), param_hint="--partner") from error
    forge = book.desk.settings.forge
    closed = tuple(filter(None, (address, forge.repository if forge else "")))
    asked = book.desk.partners[partner].edition if partner else book.desk.settings.staff_edition
    moments = note_moments(book, history, lambda change: emptied(change, reader))
    files = edition_files(
        edition_of(book_for(book, partner) if partner else book, edition, partner),
        look,
        partner=partner,
        closed=closed,
        site=f"{asked.rstrip('/')}/" if asked else "",
        moments=moments,
        entries=entries_for(entries_of(book, history), book, moments, partner=bool(partner)),
    )
    # What a record says with a reason was told by a check already.
    said = {word for _path, _steps, word in named_outside(book, reader, Hidden(book, reader))}
    if found := list(leaks(files, Hidden(book, reader, frozenset(said)))):
        told = "\n".join(f"  {path}: {word!r}" for path, word in found[:20])
        raise click.ClickException(f"the edition would name what its readers may not know; reword it:\n{told}")
    return files


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in sorted(files.items()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
