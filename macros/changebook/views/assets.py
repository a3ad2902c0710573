"""The pages under one shared name, as every list of them shows them."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change
from changebook.names import change_address
from changebook.views.meter import meter_of
from changebook.views.parts import is_written
from changebook.views.rehearsals import has_rehearsals, rehearsal_page
from changebook.views.support_tests import has_script, support_script
from changebook.views.timing import day_words


@dataclass(frozen=True)
class Asset:
    """One page under a change: what it is, a count or time, its icon."""

    name: str
    note: str
    icon: str
    address: str


def is_briefed(change: Change) -> bool:
    """Return whether a change has a briefing and a go-live card: enough stands in the record to make them."""
    told = change.playbooks or change.briefing
    return bool(change.window and told and change.status != "cancelled")


def assets(book: Book, change: Change) -> list[Asset]:
    """Return the pages under a change, in the order every list of them keeps; only those with content."""
    found = [Asset("Release note", "For staff and partners", "note", change_address(change.id, "release-note"))]
    if change.questions:
        note = f"{len(change.questions)} answers" if len(change.questions) > 1 else "1 answer"
        found.append(Asset("Questions", note, "question", change_address(change.id, "questions")))
    if change.announcement:
        said = change.announcement
        told = (("desk", said.desk), ("staff", said.staff), ("partners", said.partners))
        to = [word for word, notice in told if notice]
        note = f"For {', '.join(to)}" if to else "Nothing said yet"
        found.append(Asset("Announcement", note, "megaphone", change_address(change.id, "announcement")))
    if change.contract or change.data_set:
        answers = sum(len(exchange.answers) for exchange in change.contract)
        note = f"{answers} answer{'s' if answers != 1 else ''}" if answers else "Data set"
        found.append(Asset("Data contract", note, "contract", change_address(change.id, "contract")))
    if meter := meter_of(book, change):
        found.append(Asset("Readiness", meter.words, "checklist", change_address(change.id, "readiness")))
    if change.window and is_briefed(change):
        found.append(Asset("Briefing", _briefed(book, change), "meeting", change_address(change.id, "briefing")))
        note = f"One page for {day_words(change.window.start, book.now)}"
        found.append(Asset("Go-live card", note, "go-live", change_address(change.id, "go-live-card")))
    if has_script(book, change):
        script = support_script(book, change)
        note = f"{script.passed} of {len(script.cases)} passed"
        found.append(Asset("Support tests", note, "test", change_address(change.id, "tests")))
    if has_rehearsals(change):
        page = rehearsal_page(book, change)
        note = f"{page.clear} of {len(page.cards)} clear"
        found.append(Asset("Rehearsals", note, "meeting", change_address(change.id, "rehearsals")))
    if change.status != "cancelled":
        artifact = book.desk.kinds[change.kind].artifact
        written = sum(1 for part in artifact.parts if is_written(part, change))
        note = f"{written} of {len(artifact.parts)} parts"
        found.append(Asset(artifact.name, note, "checklist", change_address(change.id, "artifact")))
    return found


def _briefed(book: Book, change: Change) -> str:
    if not change.briefing:
        return "No date yet"
    held = "Held " if change.briefing.attended and change.briefing.at <= book.now else ""
    return f"{held}{day_words(change.briefing.at, book.now)}"
