"""`changebook show`: one change on a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from changebook.book import Book
from changebook.book.duty import OnDuty, on_duty
from changebook.book.lookup import change_called
from changebook.book.told import own_words
from changebook.cli.common import BOOK, PLAIN, asked_at
from changebook.cli.completing import change_ids
from changebook.cli.list import plain_change
from changebook.cli.options import TODAY
from changebook.cli.readable import readable_changes
from changebook.errors import UnknownTermError
from changebook.model import Change
from changebook.names import change_address
from changebook.printing.terminal import say_json, say_lines
from changebook.readiness import gap_words, readiness
from changebook.render.claim import claim_words, urgency_words
from changebook.render.phasing import span_words, when_words
from changebook.render.timing import postponed_words
from changebook.views.duty import duty_words, hours_told, plain_duty, rota
from changebook.views.hub import Hub, hub_page
from changebook.views.phases import PhaseRow


@click.command()
@BOOK
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@PLAIN
@TODAY
def show(path: Path, name: tuple[str, ...], form: str, today: str | None) -> None:
    """Print the card of the change called NAME: its shared name, its id, or a former name, in any case.

    The card holds the sentence, status, window, who answers now, the playbooks, the pages' addresses, and what
    is missing until the change is ready.

    \b
    Examples:
      changebook show FHIR Patient Lookup R4
      changebook show fhir-patient-lookup-r4 --format json
    """
    book = readable_changes(path, today, form)
    try:
        change = change_called(book, " ".join(name))
    except UnknownTermError as error:
        raise click.UsageError(str(error)) from error
    hub = hub_page(book, change)
    state = readiness(book)[change.id]
    missing, owed = ([gap_words(gap, book) for gap in gaps] for gaps in (state.gaps, state.owed))
    duty = on_duty(book.desk, hub.owner, asked_at(book, today))
    if form == "json":
        say_json(plain_card(book, hub, missing, owed, duty))
    else:
        say_lines(card_lines(book, hub, missing, owed, duty))


def card_lines(book: Book, hub: Hub, missing: list[str], owed: list[str], duty: OnDuty) -> Iterator[str]:
    """Yield the card as people read it in a terminal."""
    change = hub.change
    yield change.name
    if change.former_names:
        yield f"Formerly: {', '.join(change.former_names)}"
    yield ""
    yield own_words(change)
    yield ""
    yield f"Status    {claim_words(change, book)}{urgency_words(change)}"
    yield f"Kind      {hub.kind.name}, support risk {hub.kind.risk}"
    yield f"{'Phase ' if change.phases else 'Window'}    {when_words(change, book.now)}"
    if moved := postponed_words(change, book.now):
        yield f"          {moved}"
    owner, *backups = (said.removesuffix(".") for said in hours_told(rota(book.desk, hub.owner)))
    yield f"Owner     {owner}"
    yield from (f"Backup    {said.removeprefix('Otherwise: ')}" for said in backups)
    yield f"Call      {duty_words(duty)}"
    for title, lines in (
        ("Phases", [_phase_line(book, change, row) for row in hub.phases]),
        ("Playbooks", [f"{item.title}, severity {item.usual}: /{item.address}" for item in hub.symptoms]),
        ("Pages", [f"{name}: /{address}" for name, address in _pages(hub)]),
        ("Still missing", missing),
        ("To do", owed),
    ):
        if lines:
            yield from ("", title, *(f"  {line}" for line in lines))


def plain_card(book: Book, hub: Hub, missing: list[str], owed: list[str], duty: OnDuty) -> dict[str, object]:
    """Return the card for other programs."""
    owner = hub.owner
    return {
        **plain_change(book, hub.change),
        "former_names": list(hub.change.former_names),
        "risk": hub.kind.risk,
        "call": {"team": owner.name, "phone": owner.phone, "hours": owner.hours.text, "now": plain_duty(duty)},
        "playbooks": [{"title": item.title, "address": f"/{item.address}"} for item in hub.symptoms],
        "pages": [{"title": name, "address": f"/{address}"} for name, address in _pages(hub)],
        "missing": missing,
        "owed": owed,
    }


def _phase_line(book: Book, change: Change, row: PhaseRow) -> str:
    # That of the phase that is next is said beside its window.
    said = postponed_words(change, book.now, row.phase) if row.state == "later" else ""
    moved = f" ({said[:1].lower()}{said[1:]})" if said else ""
    state = "" if row.state == "later" else f" [{row.state}]"
    return f"{row.phase.name}: {span_words(book, row.phase)}{moved}. {row.who}{state}"


def _pages(hub: Hub) -> list[tuple[str, str]]:
    return [("Hub", change_address(hub.change.id)), *((asset.name, asset.address) for asset in hub.assets)]
