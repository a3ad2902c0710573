"""The pages under one shared name, as every list of them shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.language import ENGLISH, plural, spoken
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.change import Audience
from changebook.model.status import NEW, PLANNED, SETTLED
from changebook.names import change_address
from changebook.readiness import is_held, is_settled, passed_in, passes
from changebook.render.timing import day_words, time_words
from changebook.source.events import Steps
from changebook.views.checklist import meter_of
from changebook.views.outcome import outcome_note
from changebook.views.rehearsals import has_rehearsals, rehearsed
from changebook.views.support_tests import has_script, script_cases
from changebook.views.updates import current_update

ASSET_ICONS: Mapping[str, str] = {
    "release-note": "note",
    "faq": "question",
    "contract": "contract",
    "readiness": "checklist",
    "launch": "go-live",
    "updates": "live",
    "retrospective": "meeting",
}

# What else people call a page: what it holds.
ALSO: Mapping[str, tuple[str, ...]] = {
    "release-note": ("announcement",),
    "faq": ("questions",),
    "launch": ("go-live card", "briefing"),
    "retrospective": ("metrics",),
    "readiness": ("support tests", "rehearsals"),
}
_FOR_STAFF = ("release-note", "faq")


@dataclass(frozen=True)
class AssetPage:
    """One page under a change: its part of the address, its name, the macro that fills it, and the steps to what it
    shows in the record.
    """

    part: str
    name: str
    macro: str
    at: Steps

    @property
    def icon(self) -> str:
        """The icon of all pages that are this part of their change."""
        return ASSET_ICONS[self.part]

    @property
    def reader(self) -> Audience:
        """Who the page is written for: staff (and partners, who are told the same), or the desk."""
        return "staff" if self.part in _FOR_STAFF else "desk"


@dataclass(frozen=True)
class Asset:
    """A page under a change as a list shows it: what it is and is also called, a count or time, its icon."""

    name: str
    note: str
    icon: str
    address: str
    also: tuple[str, ...] = ()


def asset_pages(book: Book, change: Change) -> Iterator[AssetPage]:
    """Yield the pages under a change, in the order every list of them keeps; only those with content."""
    if current_update(book, change):
        yield AssetPage("updates", _("Updates"), "updates", ("updates",))
    seen = "visible" if change.visible else "sentence"
    yield AssetPage("release-note", _("Release note"), "release_note", (seen,))
    if change.questions:
        yield AssetPage("faq", _("FAQ"), "questions", ("questions",))
    if is_briefed(change):
        yield AssetPage("launch", _("Launch"), "launch", (_launch_from(change),))
    if not is_settled(change, book) or has_script(book, change) or has_rehearsals(change):
        yield AssetPage("readiness", _("Readiness"), "readiness_sheet", ("status",))
    if has_contract(change):
        section = "contract" if change.contract else "data_set"
        yield AssetPage("contract", _("Data contract"), "contract", (section,))
    if change.status in SETTLED:
        section = "retrospective" if change.retrospective else "status"
        yield AssetPage("retrospective", _("Retrospective"), "retrospective", (section,))


def assets(book: Book, change: Change) -> list[Asset]:
    """Return the pages under a change with a count or a time for each."""
    return [
        Asset(
            page.name,
            _NOTES[page.part](book, change),
            page.icon,
            change_address(change.id, page.part),
            ALSO.get(page.part, ()),
        )
        for page in asset_pages(book, change)
    ]


def in_a_sentence(name: str) -> str:
    """Return a page's name as it reads inside a sentence: `release note`, but `FHIR support brief`."""
    return name if name[:2].isupper() or spoken() != ENGLISH else f"{name[:1].lower()}{name[1:]}"


def has_contract(change: Change) -> bool:
    """Return whether a change has a data contract page; where it has none, its hub says what is said of privacy."""
    return bool(change.contract or change.data_set)


def is_briefed(change: Change) -> bool:
    """Return whether a change has a launch page: enough is in the record to make its card and its briefing.

    Once its launch is over, the retrospective takes its place.
    """
    # An emergency is over before its card is: the hub has its playbook and its rollback.
    told = change.briefing or (change.playbooks and change.urgency != "emergency")
    return bool(change.window and told and change.status in NEW)


def _launch_from(change: Change) -> str:
    """Return the section of the record that the launch page is made from."""
    return "briefing" if change.briefing else "phases" if change.phases else "window"


def _note(book: Book, change: Change) -> str:
    return _("What changes and why") if change.announcement else _("For staff and partners")


def _questions(book: Book, change: Change) -> str:
    return _("{number} answers", number=len(change.questions)) if len(change.questions) > 1 else _("1 answer")


def _contract(book: Book, change: Change) -> str:
    answers = len({answer.code for exchange in change.contract for answer in exchange.answers})
    return f"{answers} {plural(answers, 'code', 'codes')}" if answers else _("Data set")


def _readiness(book: Book, change: Change) -> str:
    # How many gaps it has, its hub says beside the meter.
    if tried := tried_words(book, change):
        return tried
    meter = meter_of(book, change)
    return meter.words if meter else ""


def tried_words(book: Book, change: Change) -> str:
    """Return what was tested for a change, else what was rehearsed."""
    script = script_cases(book, change)
    if cases := len(script):
        passed = sum(passes(change, book, test) for test in change.tests)
        again = [line for line in script if not line.case.not_in_production]
        since = sum(passed_in(change, book, line.test, "after-go-live") for line in again if line.test)
        if change.status == "live" and change.urgency != "emergency" and since < len(again):
            before = sum(passed_in(change, book, test, "pre-production") for test in change.tests)
            return _(
                "{before} of {cases} tests passed before go-live, {since} of {again} in production",
                before=before,
                cases=cases,
                since=since,
                again=len(again),
            )
        return _("{passed} of {cases} tests passed", passed=passed, cases=cases)
    clear, cards = rehearsed(book, change) if has_rehearsals(change) else (0, 0)
    return _("{clear} of {cards} rehearsals clear", clear=clear, cards=cards) if cards else ""


def _launch(book: Book, change: Change) -> str:
    if not change.briefing:
        return _("No briefing date yet") if change.status in PLANNED else _("Card and briefing")
    held = _("Briefed") if is_held(change, book) else _("Briefing")
    return f"{held} {day_words(change.briefing.at, book.now)}"


def _updates(book: Book, change: Change) -> str:
    word = current_update(book, change)
    return f"{word.words}, {time_words(word.at, book.now)}" if word else ""


_NOTES: Mapping[str, Callable[[Book, Change], str]] = {
    "release-note": _note,
    "faq": _questions,
    "contract": _contract,
    "readiness": _readiness,
    "launch": _launch,
    "updates": _updates,
    "retrospective": outcome_note,
}
