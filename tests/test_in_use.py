"""A change is in use once its window is over and it went live: every page, feed and message says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from changebook.book import Book
from changebook.editions import edition_of
from changebook.feeds import feeds_of
from changebook.feeds.calendars import ALL_GO_LIVES
from changebook.feeds.ics import ics_of
from changebook.model.launch import Postponement
from changebook.outside.facts import note
from changebook.pages import blocks
from changebook.render import Block
from changebook.views.digest import digest_of
from changebook.views.message import message_to
from golden_texts import html_of, text_of
from plain_text import plain_text

NAME, PHASED = "lab-codes-r5", "pier-pages"
WINDOW = "Sat 5 Dec, 22:00\N{EN DASH}Sun 6 Dec, 02:00 CST"
SINCE = "in use since Sun 6 Dec, 02:00 CST"


def book_at(book: Book, time: str, name: str = NAME, **update: Any) -> Book:
    change = book.changes[name].model_copy(update=update)
    now = datetime.fromisoformat(time).replace(tzinfo=book.desk.settings.zone)
    return replace(book, now=now, changes={name: change})


def said(book: Book, name: str = NAME, partner: str = "far-labs") -> dict[str, str]:
    """Return what each place says of when a change is made."""
    told = edition_of(book, "partners", partner)
    change, theirs = book.changes[name], told.changes[name]
    entry = next(one for feed in feeds_of(told, {}, reader="partners") for one in feed.entries)
    message = message_to(book, change, reader="partners")
    return {
        "note": text_of(blocks.release_note(book, name), book).partition("\n## ")[0],
        "partner's note": text_of(Block("edition/note", note(told, theirs, partner=True)), told).partition("\n## ")[0],
        "partner's feed": plain_text(html_of(entry.says, told)),
        "mail": f"{message.subject}\n{message.mail}",
        "phone": message.greeting,
    }


@pytest.mark.parametrize(
    ("status", "time", "words", "never"),
    [
        ("ready", "2026-12-05 12:00", f"{WINDOW}, some functions down", "use since"),
        ("live", "2026-12-05 23:00", f"{WINDOW}, some functions down", "use since"),
        ("ready", "2026-12-06 09:00", f"planned for {WINDOW}", "use since"),
        ("live", "2026-12-06 09:00", SINCE, "functions"),
        ("stable", "2026-12-16 09:00", SINCE, "functions"),
    ],
)
def test_what_went_live_and_is_over_is_in_use(harbor: Book, status: str, time: str, words: str, never: str) -> None:
    window = harbor.changes[NAME].window
    assert window
    book = book_at(harbor, time, status=status, window=window.model_copy(update={"outage": "down"}))
    for place, text in said(book).items():
        assert words.casefold() in re.sub(r"\s*\{[^}]*\}", "", " ".join(text.split())).casefold(), place
        assert never not in text, place


def test_a_window_that_passed_without_a_go_live_is_not_launched(harbor: Book) -> None:
    for status, heading, part in (("ready", "Window has passed", "NEXT"), ("live", "Just launched", "CHANGED")):
        book = book_at(harbor, "2026-12-06 09:00", status=status)
        late = replace(book, now=book.now + timedelta(hours=16))
        assert heading in text_of(blocks.launches(late), late)
        digest = digest_of(book, book.now - timedelta(days=2)).text("")
        told = "Lab Codes R5 (ready), Sat" if status == "ready" else "Lab Codes R5, Sat"
        assert told in digest.partition(f"{part}\n")[2].partition("\n\nPOSTPONED")[0]
        assert digest.count("Lab Codes R5") == 1
    # While it is made, it is still next.
    book = book_at(harbor, "2026-12-05 23:00", status="live")
    assert "NEXT\n\nLab Codes R5, Sat" in digest_of(book, book.now - timedelta(days=2)).text("")


def test_a_calendar_entry_of_what_was_given_up_has_no_outage(harbor: Book) -> None:
    window = harbor.changes[NAME].window
    assert window
    down = window.model_copy(update={"outage": "down"})
    for status, words in (("ready", 1), ("live", 1), ("rolled-back", 0), ("cancelled", 0)):
        book = book_at(harbor, "2026-12-05 23:00", status=status, window=down)
        assert ics_of(book, ALL_GO_LIVES).decode().count("functions down") == words


def test_each_reader_of_a_phase_reads_which_days_were_given_up_for_it(harbor: Book) -> None:
    def moved(start: str, phase: str | None) -> Postponement:
        at = datetime.fromisoformat(start).replace(tzinfo=harbor.desk.settings.zone)
        return Postponement.model_construct(from_=at, at=at - timedelta(days=9), phase=phase)

    moves = moved("2026-11-24 08:00", None), moved("2026-12-09 08:00", "Island last")
    book = book_at(harbor, "2026-11-29 09:00", PHASED, status="ready", postponed=moves)
    change, staff = book.changes[PHASED], edition_of(book, "staff")
    entry = next(one for feed in feeds_of(staff, {}, reader="staff") for one in feed.entries)
    for text in (
        message_to(book, change, reader="staff").mail,
        message_to(book, change, reader="desk").mail,
        text_of(blocks.release_note(book, PHASED), book),
        text_of(Block("edition/note", note(staff, staff.changes[PHASED], partner=False)), staff),
        plain_text(html_of(entry.says, staff)),
        ics_of(staff, ALL_GO_LIVES).decode().replace("\r\n ", ""),
    ):
        own = text.partition("\n## Announcement")[0].casefold()
        assert "postponed from tue 24 nov" in own
        assert "postponed from wed 9 dec" in own
    # Who is in one phase reads of that one only.
    for partner in ("far-labs", "near-clinics"):
        theirs = edition_of(book, "partners", partner)
        text = text_of(Block("edition/note", note(theirs, theirs.changes[PHASED], partner=True)), theirs)
        assert ("Postponed from Tue 24 Nov." in text) is (partner == "far-labs")
        assert "9 Dec" not in text
