"""What the desk goes by at a launch: what is normal, what is an incident, and the first 15 minutes."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change
from changebook.views.playbook import PlaybookPage, playbook_page

MINUTES = 4


@dataclass(frozen=True)
class Point:
    """One line of a list: its text, what stands before it in bold, and whether it is quoted from a screen."""

    text: str
    label: str = ""
    quoted: bool = False

    def __len__(self) -> int:
        """Return how many characters it takes."""
        return len(self.text) + (len(self.label) + 1 if self.label else 0) + 2 * self.quoted


@dataclass(frozen=True)
class FirstMinutes:
    """What the desk does in the first 15 minutes; `derived` when the record's briefing does not say it."""

    points: list[Point]
    derived: bool


def guides(book: Book, change: Change) -> list[PlaybookPage]:
    """Return the playbooks of a change in full, in the record's order: the likeliest call first."""
    return [playbook_page(book, book.desk.scenarios[item.scenario], change) for item in change.playbooks]


def normal(change: Change) -> list[Point]:
    """Return what may look odd and is no incident: what the desk is told to expect, how much failure is normal,
    and messages on a screen, those that are never a defect first.
    """
    told = change.announcement.desk.expect if change.announcement and change.announcement.desk else ()
    found = [Point(text) for text in told]
    found += [Point(exchange.normal_failure) for exchange in change.contract if exchange.normal_failure]
    answers = [answer for exchange in change.contract for answer in exchange.answers if answer.desk]
    answers.sort(key=lambda answer: bool(answer.desk and answer.desk.defect_when))
    return found + [Point(answer.user_sees, quoted=True) for answer in answers]


def signs(change: Change, guides: list[PlaybookPage]) -> list[Point]:
    """Return what makes it an incident: severity 1 of the change's own playbooks, thresholds of what is watched,
    severity 2, answers that are a defect, then severity 1 and 2 of the standing playbooks.
    """

    def severe(level: int, *, new: bool) -> list[Point]:
        worse = [item for page in guides for item in page.worse if item.is_new == new]
        return [Point(item.value.when, f"Sev {level}:") for item in worse if item.value.level == level]

    watched = [Point(item.incident_when, f"{item.what}:") for item in change.watch]
    answers = [answer for exchange in change.contract for answer in exchange.answers]
    defects = [
        Point(answer.desk.defect_when, f"{answer.code}:")
        for answer in answers
        if answer.desk and answer.desk.defect_when
    ]
    own = [*severe(1, new=True), *watched, *severe(2, new=True), *defects]
    return list(dict.fromkeys([*own, *severe(1, new=False), *severe(2, new=False)]))


def first_minutes(book: Book, change: Change, guides: list[PlaybookPage]) -> FirstMinutes:
    """Return what the briefing says of the first 15 minutes, else what follows from the playbooks: their first
    checks, whom to call, and the bridge.
    """
    if change.briefing and change.briefing.first_15_minutes:
        return FirstMinutes([Point(text) for text in change.briefing.first_15_minutes], derived=False)
    last = []
    if guides:
        call = guides[0].calls[0]
        last.append(Point(f"{call.team.name}, {call.team.phone}.", "Call"))
    if change.bridge:
        lead = book.desk.teams[change.bridge.lead]
        last.append(Point(f"{change.bridge.channel}, with {lead.name}, {lead.phone}.", "Meet on"))
    checks = [Point(page.checks[0].value.do, f"{page.title}:") for page in guides]
    return FirstMinutes([*checks[: MINUTES - len(last)], *last], derived=True)
