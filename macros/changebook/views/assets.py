"""The pages under one shared name, as every list of them shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change
from changebook.model.change import Audience
from changebook.model.status import OPEN, PLANNED
from changebook.names import change_address
from changebook.readiness import is_held, passes
from changebook.render.timing import day_words
from changebook.source.events import Steps
from changebook.views.artifact import is_written
from changebook.views.checklist import meter_of
from changebook.views.rehearsals import has_rehearsals, rehearsal_page
from changebook.views.support_tests import has_script, script_cases

ASSET_ICONS: Mapping[str, str] = {
    "release-note": "note",
    "faq": "question",
    "contract": "contract",
    "readiness": "checklist",
    "briefing": "meeting",
    "go-live-card": "go-live",
    "tests": "test",
    "rehearsals": "meeting",
    "artifact": "checklist",
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
    """A page under a change as a list shows it: what it is, a count or time, its icon."""

    name: str
    note: str
    icon: str
    address: str


def asset_pages(book: Book, change: Change) -> Iterator[AssetPage]:
    """Yield the pages under a change, in the order every list of them keeps; only those with content."""
    seen = "visible" if change.visible else "sentence"
    yield AssetPage("release-note", "Release note", "release_note", (seen,))
    if change.questions:
        yield AssetPage("faq", "FAQ", "questions", ("questions",))
    if has_contract(change):
        section = "contract" if change.contract else "data_set"
        yield AssetPage("contract", "Data contract", "contract", (section,))
    if change.status in OPEN:
        yield AssetPage("readiness", "Readiness", "readiness_sheet", ("status",))
    if is_briefed(change):
        yield AssetPage("briefing", "Briefing", "briefing", ("briefing" if change.briefing else "window",))
        yield AssetPage("go-live-card", "Go-live card", "go_live_card", ("window",))
    if has_script(book, change):
        yield AssetPage("tests", "Support tests", "support_tests", ("tests",))
    if has_rehearsals(change):
        yield AssetPage("rehearsals", "Rehearsals", "rehearsals", ("rehearsals",))
    if change.status != "cancelled":
        yield AssetPage("artifact", book.desk.kinds[change.kind].artifact.name, "artifact", ())


def assets(book: Book, change: Change) -> list[Asset]:
    """Return the pages under a change with a count or a time for each."""
    return [
        Asset(page.name, _NOTES[page.part](book, change), page.icon, change_address(change.id, page.part))
        for page in asset_pages(book, change)
    ]


def in_a_sentence(name: str) -> str:
    """Return a page's name as it reads inside a sentence: `release note`, but `FHIR support brief`."""
    return name if name[:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def has_contract(change: Change) -> bool:
    """Return whether a change has a data contract page; where it has none, its hub says what is said of privacy."""
    return bool(change.contract or change.data_set)


def is_briefed(change: Change) -> bool:
    """Return whether a change has a briefing and a go-live card: enough is in the record to make them."""
    told = change.playbooks or change.briefing
    return bool(change.window and told and change.status != "cancelled")


def _questions(book: Book, change: Change) -> str:
    return f"{len(change.questions)} answers" if len(change.questions) > 1 else "1 answer"


def _contract(book: Book, change: Change) -> str:
    answers = sum(len(exchange.answers) for exchange in change.contract)
    return f"{answers} answer{'s' if answers != 1 else ''}" if answers else "Data set"


def _readiness(book: Book, change: Change) -> str:
    meter = meter_of(book, change)
    return meter.words if meter else ""


def _briefing(book: Book, change: Change) -> str:
    if not change.briefing:
        return "No date yet" if change.status in PLANNED else "Made from the record"
    held = "Held " if is_held(change, book) else ""
    return f"{held}{day_words(change.briefing.at, book.now)}"


def _card(book: Book, change: Change) -> str:
    return f"One page for {day_words(change.window.start, book.now)}" if change.window else ""


def _tests(book: Book, change: Change) -> str:
    passed = sum(passes(change, book, test) for test in change.tests)
    return f"{passed} of {len(script_cases(book, change))} passed"


def _rehearsals(book: Book, change: Change) -> str:
    page = rehearsal_page(book, change)
    return f"{page.clear} of {len(page.cards)} clear"


def _artifact(book: Book, change: Change) -> str:
    parts = book.desk.kinds[change.kind].artifact.parts
    return f"{sum(is_written(part, change) for part in parts)} of {len(parts)} parts"


_NOTES: Mapping[str, Callable[[Book, Change], str]] = {
    "release-note": lambda book, change: "With the announcement" if change.announcement else "For staff and partners",
    "faq": _questions,
    "contract": _contract,
    "readiness": _readiness,
    "briefing": _briefing,
    "go-live-card": _card,
    "tests": _tests,
    "rehearsals": _rehearsals,
    "artifact": _artifact,
}
