"""What the desk goes by at a launch: what is normal, what is an incident, and the first 15 minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.names import change_address
from changebook.views.guidance import Link
from changebook.views.playbook import PlaybookPage, playbook_page

_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Point:
    """One line of a list: its text, where that is in full, and what is before it in bold; `quoted` if `place` has it
    word for word.
    """

    text: str
    place: Link
    label: str = ""
    quoted: bool = False

    def __len__(self) -> int:
        """Return how many characters it takes."""
        return len(self.text) + (len(self.label) + 1 if self.label else 0)


@dataclass(frozen=True)
class FirstMinutes:
    """What the desk does in the first 15 minutes; `derived` when the record's briefing does not say it: then the last
    `keep` lines, whom to call and the bridge, stay however long the others are.
    """

    points: list[Point]
    derived: bool
    keep: int = 0


def place(change: Change, title: str, *, under: str = "") -> Link:
    """Return a place among the pages of a change: its title, and what its address has under that of the hub."""
    return Link(title, change_address(change.id) + under)


def playbooks_of(change: Change) -> Link:
    """Return where the playbooks of a change are listed."""
    return place(change, _("playbooks"), under="#calls")


def guides(book: Book, change: Change) -> list[PlaybookPage]:
    """Return the playbooks of a change in full, in the record's order: the likeliest call first."""
    own = change.playbooks_by_id().items()
    return [playbook_page(book, book.desk.scenarios[item.scenario], change=change, name=name) for name, item in own]


def normal(change: Change) -> list[Point]:
    """Return what is expected and no incident: what the desk is told to expect, how much failure is normal, and
    what is normal of what is watched. A code is never among them: the contract says what to do at it. How often a code
    is normal is said once, as the contract says it.
    """
    told = change.announcement.desk.expect if change.announcement and change.announcement.desk else ()
    announced, contract = (
        place(change, _("announcement"), under="release-note/#announcement"),
        place(change, _("data contract"), under="contract/"),
    )
    watched = place(change, _("monitoring"), under="#watch")
    found = [Point(text, announced) for text in told]
    rates = [exchange.normal_failure for exchange in change.contract if exchange.normal_failure]
    codes = {answer.code for exchange in change.contract for answer in exchange.answers}
    told_of = codes.intersection(_WORD.findall(" ".join(rates)))
    found += [Point(text, contract, quoted=True) for text in rates]
    return found + [
        Point(item.normal, watched, f"{item.what}:")
        for item in change.watch
        if item.normal and told_of.isdisjoint(_WORD.findall(item.what))
    ]


def signs(change: Change, guides: list[PlaybookPage]) -> list[Point]:
    """Return what makes it an incident: severity 1 of the change's own playbooks and of the general ones, thresholds of
    what is watched, severity 2, answers that are a defect, then severity 2 of the general playbooks.
    """

    def severe(level: int, *, new: bool) -> list[Point]:
        worse = [item for page in guides for item in page.worse if item.is_new == new]
        return [
            Point(item.value.when, playbooks, _("Sev {level}:", level=level))
            for item in worse
            if item.value.level == level
        ]

    playbooks, thresholds = playbooks_of(change), place(change, _("monitoring"), under="#watch")
    watched = [Point(item.incident_when, thresholds, f"{item.what}:") for item in change.watch]
    answers = [answer for exchange in change.contract for answer in exchange.answers]
    defects = [
        Point(answer.desk.defect_when, place(change, _("data contract"), under="contract/"), f"{answer.code}:")
        for answer in answers
        if answer.desk and answer.desk.defect_when
    ]
    worst = [*severe(1, new=True), *severe(1, new=False)]
    return list(dict.fromkeys([*worst, *watched, *severe(2, new=True), *defects, *severe(2, new=False)]))


def first_minutes(book: Book, change: Change, *, guides: list[PlaybookPage]) -> FirstMinutes:
    """Return what the briefing says of the first 15 minutes, else what follows from the playbooks: their first
    checks, whom to call, and the bridge.
    """
    if change.briefing and change.briefing.first_15_minutes:
        said = place(change, _("briefing"), under="launch/#more")
        return FirstMinutes([Point(text, said) for text in change.briefing.first_15_minutes], derived=False)
    last = []
    if guides:
        last.append(Point(f"{guides[0].calls[0].rota.on_paper}.", playbooks_of(change), _("Call")))
    if change.bridge:
        lead, hub = book.desk.teams[change.bridge.lead], place(change, _("change page"))
        last.append(Point(_("with {name}.", name=lead.name), hub, _("Join the bridge")))
    checks = [Point(page.checks[0].do, playbooks_of(change), f"{page.title}:") for page in guides]
    return FirstMinutes([*checks, *last], derived=True, keep=len(last))
