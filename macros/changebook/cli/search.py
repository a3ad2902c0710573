"""`changebook search`: what the site's search finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.book.duty import OnDuty, on_duty
from changebook.book.promised import filled
from changebook.checking.searching import kept_index_of
from changebook.cli.common import BOOK, PLAIN, asked_at
from changebook.cli.options import TODAY
from changebook.cli.readable import opened_changes
from changebook.language import speak
from changebook.printing.terminal import say_json, say_lines
from changebook.search.document import Document
from changebook.search.index import Hit, SearchResults
from changebook.source.settings import language_of
from changebook.views.duty import duty_words, plain_duty


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "--misses",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="In place of WORDS: what the searches without an answer, downloaded from Symptoms A-Z, find now.",
)
@BOOK
@PLAIN
@TODAY
def search(words: tuple[str, ...], kept: Path | None, path: Path, form: str, today: str | None) -> None:
    """Print what the site's search finds for WORDS, in its order; exit with 1 when nothing is a good match.

    Index and ranking are the site's own: what comes first here is what an analyst sees first. Without a good match, the
    nearest playbooks are printed, then what to ask the caller and whom to call. With --misses, each search that people
    kept is printed with what it finds now and where its words belong.

    \b
    Examples:
      changebook search cant find patient
      changebook search "LKP-504" --format json
      changebook search orders are delayed --today 2026-12-09
      changebook search --misses unanswered-searches.csv
    """
    if bool(words) == bool(kept):
        raise click.UsageError(
            "nothing to search for; give WORDS, or --misses FILE" if not words else "give WORDS or --misses, not both"
        )
    speak(language_of(path))  # of a reply, all is read to the caller
    book = opened_changes(path, today, form)
    if kept:
        # Only here, as elsewhere in this module: an answer waits for nothing that it does not say.
        from changebook.cli.misses import miss_lines, misses, plain_misses  # noqa: PLC0415

        found = misses(kept, book, kept_index_of(book))
        if form == "json":
            say_json(plain_misses(found))
        else:
            say_lines(miss_lines(found, book))
        return
    results = kept_index_of(book).ask(" ".join(words))
    if form == "json":
        say_json(plain_results(results, book, asked_at(book, today)))
    else:
        say_lines(result_lines(results, book, asked_at(book, today)))
    if not results.good:
        raise SystemExit(1)


def result_lines(results: SearchResults, book: Book, at: datetime) -> Iterator[str]:
    """Yield results as people read them: title, what it is and of which change, address, and who answers for it at
    `at`; of the first one also what to do and to say. Without a good one, the nearest are told whole, then what to ask
    the caller and whom to call.
    """
    if results.former:
        yield f"{results.former!r} is a former name."
    if results.codes_like:
        yield f"Unknown code. Similar codes: {', '.join(results.codes_like)}."
    if results.good:
        for number, hit in enumerate(results.hits, 1):
            yield from hit_lines(number, hit, book, at, whole=number == 1)
        return
    yield f"{results.verdict}{' Nearest:' if results.near else ''}"
    for number, hit in enumerate(results.near, 1):
        yield from hit_lines(number, hit, book, at, whole=True)
    from changebook.views.triage import triage  # noqa: PLC0415

    found = triage(book)
    yield "None of these? Ask:" if results.near else "Ask:"
    yield from (f"  - {question}" for question in found.asks)
    if found.rota:
        yield f"Call: {duty_words(duty_at(book, at, found.rota.ids, found.rota.queue))}"
    if not results.vague:
        yield "To have these words found, add them to callers_say, or to desk/wording.yaml."


def hit_lines(number: int, hit: Hit, book: Book, at: datetime, *, whole: bool) -> Iterator[str]:
    """Yield a result as people read it; `whole`, with what to do and to say."""
    document = hit.document
    change = book.changes.get(document.change)
    new = "new with " if document.kind == "playbook" else ""
    of = f", {new}{change.name}, {change.status}" if change else ""
    of += f", new with {', '.join(book.changes[name].name for name in hit.also)}" if hit.also else ""
    told = told_to_call(document)
    yield f"{number:2}. {document.title}{'' if told else f' ({kind_in_words(document)}{of})'}"
    yield f"    /{document.address}"
    if told:
        yield f"    {document.card['label']}: {told}"
    do, say = said_in(document, book, at) if whole else ("", "")
    duty = call_duty(document, book, at)
    call = duty_words(duty, document.card["duty"]["within"]) if duty else ""
    yield from (f"    {name}: {text}" for name, text in (("Do", do), ("Say", say), ("Call", call)) if text)


def kind_in_words(document: Document) -> str:
    """Return what a result is; the general playbook of a scenario is a playbook too."""
    return "playbook" if document.kind == "scenario" else document.kind


def said_in(document: Document, book: Book, at: datetime) -> tuple[str, str]:
    """Return what a result has the desk do and say at `at`, "" for what it does not tell."""
    card = document.card
    do = card.get("do") or (card["line"] if card.get("label") == "Do" else "")
    team = book.desk.teams.get(card.get("team", ""))
    return do, filled(book.desk, " ".join(card.get("say", "").split()), at, team=team)


def told_to_call(document: Document) -> str:
    """Return the name, number and hours of whoever does what is not this desk's, "" for every other document."""
    card = document.card
    return str(card["line"]) if card.get("label") and card.get("phone") else ""


def call_duty(document: Document, book: Book, at: datetime) -> OnDuty | None:
    """Return who answers at `at` for what a result is about, None for a page that calls nobody."""
    if not (duty := document.card.get("duty")):
        return None
    return duty_at(book, at, duty["line"], duty["queue"])


def duty_at(book: Book, at: datetime, line: str, queue: str) -> OnDuty:
    """Return who answers at `at` of the teams in `line`, their ids in order."""
    first, *others = (book.desk.teams[name] for name in line.split())
    return on_duty(book.desk, first, at, backup=others[0] if others else None, queue=queue)


def plain_results(answer: SearchResults, book: Book, at: datetime) -> dict[str, object]:
    """Return results for other programs; without a good one, the nearest, and what to ask and whom to call."""
    from changebook.views.triage import triage  # noqa: PLC0415

    found = triage(book)
    duty = duty_at(book, at, found.rota.ids, found.rota.queue) if found.rota else None
    return {
        "good": answer.good,
        "former_name": answer.former or None,
        "results": [plain_hit(hit, book, at) for hit in answer.hits],
        "nearest": [] if answer.good else [plain_hit(hit, book, at) for hit in answer.near],
        "triage": None if answer.good else {"ask": found.asks, "call": plain_duty(duty) if duty else None},
    }


def plain_hit(hit: Hit, book: Book, at: datetime) -> dict[str, object]:
    """Return a result for other programs; `coverage` is how much of the words its page answers, 0 to 1."""
    document = hit.document
    (do, say), duty = said_in(document, book, at), call_duty(document, book, at)
    call = plain_duty(duty) if duty else None
    if told := told_to_call(document):
        call = call or {"team": None, "phone": document.card["phone"], "says": told}
    return {
        "title": document.title,
        "kind": kind_in_words(document),
        "change": document.change or None,
        "also_new_with": list(hit.also),
        "address": f"/{document.address}",
        "coverage": round(hit.coverage, 2),
        "pinned": hit.pinned,
        "do": do or None,
        "say": say or None,
        "call": call,
    }
