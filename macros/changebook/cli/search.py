"""`changebook search`: what the site's search finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking.problems import index_of
from changebook.cli.common import BOOK, PLAIN, TODAY, right_book
from changebook.printing.terminal import say_json, say_lines
from changebook.search.index import SearchResults


@click.command()
@click.argument("words", nargs=-1, required=True)
@BOOK
@PLAIN
@TODAY
def search(words: tuple[str, ...], path: Path, form: str, today: str | None) -> None:
    """Print what the site's search finds for WORDS, in its order; exit with 1 when nothing is a good match.

    Index and ranking are the site's own: what comes first here is what an analyst sees first.

    \b
    Examples:
      changebook search cant find patient
      changebook search "LKP-504" --format json
      changebook search orders are delayed --today 2026-12-09
    """
    book, _ = right_book(path, today, form)
    results = index_of(book, book.folder).ask(" ".join(words))
    if form == "json":
        say_json(plain_results(results))
    else:
        say_lines(result_lines(results, book))
    if not results.good:
        raise SystemExit(1)


def result_lines(results: SearchResults, book: Book) -> Iterator[str]:
    """Yield results as people read them: title, what it is and of which change, address."""
    if results.former:
        yield f"{results.former!r} is a former name."
    if results.codes_like:
        yield f"That code is unknown. Near to it: {', '.join(results.codes_like)}."
    if not results.good:
        yield "No good match. Add the caller's words to callers_say, or to desk/wording.yaml."
    for number, hit in enumerate(results.hits, 1):
        document = hit.document
        change = book.changes.get(document.change)
        of = f", {change.name}, {change.status}" if change else ""
        yield f"{number:2}. {document.title} ({document.kind}{of})"
        yield f"    /{document.address}"


def plain_results(answer: SearchResults) -> dict[str, object]:
    """Return results for other programs; `coverage` is how much of the words a page answers, 0 to 1."""
    results = [
        {
            "title": hit.document.title,
            "kind": hit.document.kind,
            "change": hit.document.change or None,
            "address": f"/{hit.document.address}",
            "coverage": round(hit.coverage, 2),
            "pinned": hit.pinned,
        }
        for hit in answer.hits
    ]
    return {"good": answer.good, "former_name": answer.former or None, "results": results}
