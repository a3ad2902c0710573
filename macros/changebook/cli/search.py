"""`changebook search`: what the site's search finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.book.duty import OnDuty, on_duty
from changebook.checking.problems import index_of
from changebook.cli.common import BOOK, PLAIN, TODAY, asked_at, right_book
from changebook.printing.terminal import say_json, say_lines
from changebook.search.document import Document
from changebook.search.index import Found
from changebook.views.calls import Call
from changebook.views.duty import duty_words, plain_duty
from changebook.views.playbook import playbook_page


@click.command()
@click.argument("words", nargs=-1, required=True)
@BOOK
@PLAIN
@TODAY
def search(words: tuple[str, ...], path: Path, form: str, today: str | None) -> None:
    """Print what the site's search finds for WORDS, in its order; exit with 1 when nothing is a good match.

    Index and ranking are the site's own: what stands here first is what an analyst sees first.

    \b
    Examples:
      changebook search cant find patient
      changebook search "LKP-504" --format json
      changebook search orders are delayed --today 2026-12-09
    """
    book, _ = right_book(path, today, form)
    found = index_of(book, book.folder).ask(" ".join(words))
    if form == "json":
        say_json(plain_results(found, book, asked_at(book, today)))
    else:
        say_lines(result_lines(found, book, asked_at(book, today)))
    if not found.good:
        raise SystemExit(1)


def result_lines(found: Found, book: Book, at: datetime) -> Iterator[str]:
    """Yield results as people read them: title, what it is and of which change, address, who answers for it at `at`."""
    if found.former:
        yield f"{found.former!r} is a former name."
    if found.codes_like:
        yield f"That code is unknown. Near to it: {', '.join(found.codes_like)}."
    if not found.good:
        yield "No good match. Add the caller's words to callers_say, or to desk/wording.yaml."
    for number, hit in enumerate(found.hits, 1):
        document = hit.document
        change = book.changes.get(document.change)
        of = f", {change.name}, {change.status}" if change else ""
        yield f"{number:2}. {document.title} ({document.kind}{of})"
        yield f"    /{document.address}"
        if call := first_call(document, book):
            yield f"    {duty_words(call_duty(book, call, at), call.rota.within)}"


def first_call(document: Document, book: Book) -> Call | None:
    """Return whom the playbook behind a result calls first, None for a page that is no playbook."""
    if document.kind not in ("scenario", "playbook"):
        return None
    page = playbook_page(book, book.desk.scenarios[document.scenario], change=book.changes.get(document.change))
    return page.calls[0]


def call_duty(book: Book, call: Call, at: datetime) -> OnDuty:
    """Return who answers at `at` for a call of a playbook."""
    return on_duty(book.desk, call.team, at, backup=call.backup, queue=call.rota.queue)


def plain_results(found: Found, book: Book, at: datetime) -> dict[str, object]:
    """Return results for other programs; `coverage` is how much of the words a page answers, 0 to 1."""
    called = [first_call(hit.document, book) for hit in found.hits]
    results = [
        {
            "title": hit.document.title,
            "kind": hit.document.kind,
            "change": hit.document.change or None,
            "address": f"/{hit.document.address}",
            "coverage": round(hit.coverage, 2),
            "pinned": hit.pinned,
            "call": plain_duty(call_duty(book, call, at)) if call else None,
        }
        for hit, call in zip(found.hits, called, strict=True)
    ]
    return {"good": found.good, "former_name": found.former or None, "results": results}
