"""Which texts of a record are held to which of the desk's lists of words."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change
from changebook.model.change import AUDIENCES
from changebook.model.notices import Notice
from changebook.model.playbook import Guidance
from changebook.source.events import Steps

Texts = Iterator[tuple[Steps, str]]


def read_by_staff(change: Change, book: Book) -> Texts:
    """Yield what user groups read of a change, with the steps to it: neither what is for partners or the desk alone,
    nor what a screen shows before and after.
    """
    yield ("sentence",), change.sentence
    if change.why:
        yield ("why",), change.why
    yield from _lines(("unchanged",), change.unchanged)
    for number, seen in enumerate(change.visible):
        if any(name in book.desk.groups for name in seen.for_):
            yield ("visible", number, "what"), seen.what
    for number, asked in enumerate(change.questions):
        if asked.for_readers("staff") and (asked.groups or not asked.partners):
            yield ("questions", number, "question"), asked.question
            yield ("questions", number, "answer"), asked.answer
    for audience in ("staff", "patients") if change.announcement else ():
        if notice := getattr(change.announcement, audience):
            yield from _notice(audience, notice)


def said_to_callers(change: Change) -> Texts:
    """Yield what a change has the desk say and send: first responses, and announcements for whomever."""
    for number, playbook in enumerate(change.playbooks):
        yield from first_response(playbook, ("playbooks", number))
    for audience in AUDIENCES if change.announcement else ():
        if notice := getattr(change.announcement, audience):
            yield from _notice(audience, notice)


def triggers(change: Change) -> Texts:
    """Yield every condition of a change by which somebody is called, told or undone."""
    for number, playbook in enumerate(change.playbooks):
        yield from conditions(playbook, ("playbooks", number))
    for number, watch in enumerate(change.watch):
        yield ("watch", number, "incident_when"), watch.incident_when
    if change.rollback:
        yield from _lines(("rollback", "criteria"), change.rollback.criteria)
    for at, exchange in enumerate(change.contract):
        for number, answer in enumerate(exchange.answers):
            if answer.desk and answer.desk.defect_when:
                yield ("contract", at, "answers", number, "desk", "defect_when"), answer.desk.defect_when


def first_response(guide: Guidance, steps: Steps = ()) -> Texts:
    """Yield the first response of a playbook at `steps`, if it has one of its own."""
    if guide.first_response:
        yield (*steps, "first_response"), guide.first_response


def conditions(guide: Guidance, steps: Steps = ()) -> Texts:
    """Yield when a playbook at `steps` calls somebody, and when it is worse."""
    for number, call in enumerate(guide.escalate):
        yield (*steps, "escalate", number, "when"), call.when
    for number, level in enumerate(guide.severity):
        yield (*steps, "severity", number, "when"), level.when


def _notice(audience: str, notice: Notice) -> Texts:
    for key in ("do", "do_not", "expect"):
        yield from _lines(("announcement", audience, key), getattr(notice, key))


def _lines(steps: Steps, lines: tuple[str, ...]) -> Texts:
    for number, text in enumerate(lines):
        yield (*steps, number), text
