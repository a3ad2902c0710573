"""What a list of results shows of a page: words only, as the page itself has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.model import Change, Scenario
from changebook.model.change import Question
from changebook.model.contract import DeskAnswer
from changebook.model.status import MADE, PLANNED
from changebook.model.timeline import first_span, phase_on
from changebook.readiness import sentences
from changebook.render.claim import claim_words
from changebook.render.phasing import span_words
from changebook.render.prose import plain_prose, to_send
from changebook.render.timing import day_words, time_words
from changebook.search.codes import call_card, codes_named, duty_card
from changebook.search.document import answers_of
from changebook.views.desk import KnownOutage
from changebook.views.duty import rota
from changebook.views.guidance import guidance_of
from changebook.views.phases import PhaseRow
from changebook.views.triage import triage

_LINE = 180
_SAY_WORDS = 45


def guide_card(
    book: Book, scenario: Scenario, change: Change | None, *, codes: Iterable[str], name: str = ""
) -> dict[str, Any]:
    """Return what a result shows of a playbook, of a change's by its id `name`: callers' words, then Do, Say and Call
    as the playbook has them, and what differs when one of `codes` opens it.
    """
    guide = guidance_of(book, scenario, change=change, name=name)
    return {
        "says": [item.value for item in guide.callers_say],
        "do": plain_prose(guide.checks[0].do),
        "say": to_send(guide.first_response, guide.reference),
        **call_card(guide.calls[0]),
        "codes": codes_named(guide.checks, codes, _desk_answers(book, change.id if change else "")),
        "team": scenario.owner,
    }


@once  # the playbooks of a change are read in a row
def _desk_answers(book: Book, change: str) -> Mapping[str, DeskAnswer]:
    """Return what the desk does by each code of `change`, or of all changes; of exchanges that share a code, the first
    says it.
    """
    every = [
        answer for one in ([book.changes[change]] if change else book.changes.values()) for answer in answers_of(one)
    ]
    return {answer.code: answer.desk for answer in reversed(every) if answer.desk}


def question_card(asked: Question, said: str) -> dict[str, Any]:
    """Return what a result shows of a question whose answer is `said`: what callers are told. An answer for the desk
    alone is not said to callers.
    """
    return {"say": first_sentences(said)} if asked.for_readers("staff", "partners") else {"line": shortened(said)}


def owner_card(book: Book, change: Change) -> dict[str, Any]:
    """Return what a browser needs to say who answers for a change."""
    return duty_card(rota(book.desk, book.desk.teams[change.owner]))


def change_card(book: Book, change: Change) -> dict[str, Any]:
    """Return what every result under a change shows of it besides its name: its status in words, and since when."""
    since, first, on = "", first_span(change), phase_on(change, book.now)
    if first and change.status in MADE:
        since = _("since {day}", day=day_words(first.end, book.now))
        since += f"; {on.name} {day_words(on.start, book.now)}" if on and on is not first else ""
    elif first and change.status in PLANNED:
        since = _("from {day}", day=day_words(first.start, book.now))
    return {"words": claim_words(change, book), "since": since}


def phase_line(book: Book, row: PhaseRow) -> str:
    """Return what a result shows of a phase: when it is, where, and for whom."""
    return f"{span_words(book, row.phase)}. {row.who}."


def outage_card(known: KnownOutage, book: Book, systems: list[str]) -> dict[str, Any]:
    """Return what search shows of a known outage, and its systems by their number."""
    return {
        "name": known.name,
        "state": known.outage.state,
        "says": plain_prose(known.outage.says),
        "next": time_words(known.next, book.now),
        "due": known.next.isoformat(timespec="minutes"),
        "call": f"{known.owner.name}, {known.owner.phone}",
        "duty": duty_card(known.rota) if known.rota else None,
        "systems": [systems.index(system) for system in known.systems],
    }


def triage_card(book: Book) -> dict[str, Any]:
    """Return what a list without a good match shows below the nearest: what to ask, and who is called then."""
    found = triage(book)
    return {"asks": found.asks, "duty": duty_card(found.rota) if found.rota else None}


def first_sentences(text: str) -> str:
    """Return the first sentences of a text, whole ones of 45 words together, or the first one if it is longer."""
    said: list[str] = []
    for sentence in sentences(text):
        if said and len(" ".join([*said, sentence]).split()) > _SAY_WORDS:
            break
        said.append(sentence)
    return " ".join(said)


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words."""
    return text if len(text) <= _LINE else text[:_LINE].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
