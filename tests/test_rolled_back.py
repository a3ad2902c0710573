"""What is said of a change once it is rolled back: that it was, in every place, and the promise to callers holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from changebook.editions import edition_of
from changebook.feeds import feeds_of
from changebook.names import UPDATES_FEED
from changebook.outside.calendar import edition_calendar
from changebook.outside.facts import note
from changebook.pages import blocks
from changebook.render import Block
from changebook.schedule import schedule_of
from changebook.site.now import screen_of
from changebook.views.digest import digest_of
from changebook.views.happened import happened
from changebook.views.message import message_to
from changebook.views.month import events_of
from changebook.views.now import going_on
from changebook.views.now_file import now_file
from changebook.views.updates import current_update, updates_of
from conftest import GOOD, load
from golden_texts import html_of, text_of
from test_ics import events as ics_events

NAME = "complete-change"
BACK = "The change was rolled back. Work as you did before it."
BEFORE = "A fix is in place."
# The phases of a change that were made before it was rolled back.
MADE = ["Pier first", "Lighthouse and lagoon"]


@pytest.fixture
def desk(small: Path) -> Path:
    """The small desk with a change whose callers wait for an update at ten, and that was rolled back at half past
    nine.
    """
    text = (GOOD / f"{NAME}.yaml").read_text("utf-8").partition("updates:")[0]
    (small / f"{NAME}.yaml").write_text(re.sub(r"(?m)^  after_rollback: .*\n", "", text), encoding="utf-8")
    waiting = ("--state", "monitoring", "--known", "--next", "1h", "--readers", "staff")
    run(small, "09:00", "update", NAME, BEFORE, *waiting)
    run(small, "09:30", "roll-back", NAME, "It was still failing.")
    return small


def run(folder: Path, at: str, *typed: str) -> None:
    done = CliRunner().invoke(main, [*typed, "--book", str(folder), "--today", f"2026-12-03 {at}", "--yes"])
    assert done.exit_code == 0, done.output


def book_at(folder: Path, at: str) -> Book:
    loaded = load(folder, today=f"2026-12-03 {at}")
    assert [str(found) for found in loaded.problems if not found.gap] == []
    assert loaded.book
    return loaded.book


def test_what_was_said_before_a_rollback_is_said_no_more(desk: Path) -> None:
    book = book_at(desk, "09:40")
    change = book.changes[NAME]
    told = next(item for item in going_on(book).told if item.id == NAME)
    assert (told.word.words, told.word.text) == ("Rolled back", BACK)
    assert [word.text for word in told.words] == [BACK, BEFORE]
    places = (blocks.now_board(book), blocks.now_strip(book), blocks.hub(book, NAME), blocks.release_note(book, NAME))
    for block in places:
        shown = text_of(block, book)
        assert "rolled back" in shown.lower()
        assert BEFORE not in shown
    assert BEFORE not in now_file(book)
    updates = text_of(blocks.updates(book, NAME), book)
    assert updates.index(BACK) < updates.index(BEFORE)
    feed = next(feed for feed in feeds_of(book, {}) if feed.path == UPDATES_FEED)
    assert feed.entries[0].title == f"{change.name}: Rolled back"
    # Among what happened, the decision is told of once.
    for events in (happened(book, change), going_on(book).events):
        assert [event.what.partition(",")[0] for event in events if "oll" in event.what] == ["Roll back"]


def test_the_promised_update_is_due_and_overdue_until_somebody_writes_it(desk: Path) -> None:
    book = book_at(desk, "09:40")
    message = message_to(book, book.changes[NAME], reader="staff")
    assert BACK in message.greeting
    assert message.greeting.endswith("Next update Thu 3 Dec, 10:00 CST.")
    late = book_at(desk, "10:10")
    told = going_on(late).told[0]
    assert (told.id, told.word.overdue, message_to(late, told.change, reader="staff").late) == (NAME, True, True)
    run(desk, "10:15", "update", NAME, "All is as before.", "--state", "resolved", "--known", "--readers", "staff")
    over = book_at(desk, "10:20")
    assert [item.word.text for item in going_on(over).over] == ["All is as before."]
    assert updates_of(over, over.changes[NAME])[0].words == "Resolved"


@pytest.mark.slow
def test_a_rollback_without_a_promise_is_told_for_a_day(small: Path) -> None:
    text = (GOOD / f"{NAME}.yaml").read_text("utf-8").partition("updates:")[0]
    (small / f"{NAME}.yaml").write_text(text, encoding="utf-8")
    run(small, "09:00", "update", NAME, BEFORE, "--state", "resolved", "--known")
    run(small, "09:30", "roll-back", NAME, "It was still failing.")
    assert [item.word.words for item in going_on(book_at(small, "09:40")).over] == ["Rolled back"]
    later = load(small, today="2026-12-04 10:00").book
    assert later
    assert going_on(later).over == []


def test_staff_read_that_it_was_rolled_back_and_partners_who_were_told_nothing_do_not(desk: Path) -> None:
    book = book_at(desk, "09:40")
    staff, partner = edition_of(book, "staff"), edition_of(book, "partners", next(iter(book.desk.partners)))
    assert [word.text for word in note(staff, staff.changes[NAME], partner=False).updates] == [BACK, BEFORE]
    assert note(partner, partner.changes[NAME], partner=True).updates == []
    assert current_update(book, book.changes[NAME], reader="partners") is None


def test_reasons_and_answers_of_the_time_before_a_rollback_are_not_told_as_true(desk: Path) -> None:
    book = book_at(desk, "09:40")
    change = book.changes[NAME]
    assert (bool(change.why), bool(change.questions)) == (True, True)
    assert change.why not in message_to(book, change, reader="staff").mail
    assert edition_of(book, "staff").changes[NAME].questions == ()
    told = next(entry for feed in feeds_of(book, {}) for entry in feed.entries if entry.key == f"release-note/{NAME}")
    assert "What looked different" in html_of(told.says, book)


def test_a_phase_that_a_rollback_came_before_is_announced_no_more(harbor: Book) -> None:
    decided = harbor.changes["pier-pages"].go_no_go
    assert decided
    back = decided.model_copy(update={"at": moment(harbor, "2026-12-04 09:25"), "decision": "roll-back"})
    change = harbor.changes["pier-pages"].model_copy(update={"status": "rolled-back", "go_no_go": back})
    # Also once its day is over.
    for day in ("2026-12-04 09:30", "2026-12-20 09:00"):
        book = replace(harbor, changes={change.id: change}, now=moment(harbor, day))
        assert [event.span.name for events in events_of(book).values() for event in events] == MADE  # type: ignore[union-attr]
        assert [item.number for item in schedule_of(book).golives] == [0, 1]
        told = digest_of(book, book.now - timedelta(days=20)).text("")
        assert "Thu 3 Dec" in told
        assert "Thu 10 Dec" not in told
        assert [event.what for event in happened(book, change) if "live" in event.what] == [
            f"Go-live: {name}" for name in MADE
        ]
        held = {
            str(event["summary"]): str(event["status"])
            for event in ics_events(book).values()
            if event["categories"].to_ical() == b"Go-live"
        }
        assert held == {
            "Pier Pages: Pier first": "CONFIRMED",
            "Pier Pages: Lighthouse and lagoon": "CONFIRMED",
            "Pier Pages: Island last": "CANCELLED",
            "Pier Pages: River by night": "CANCELLED",
        }
        # Nothing but the time of the rollback leaves the desk.
        staff = edition_of(book, "staff")
        assert [entry.phase for entry in edition_calendar(staff).past] == MADE[::-1]
        assert edition_calendar(staff).months == []
        window = staff.changes[change.id].window
        assert window
        assert window.end < moment(harbor, "2026-12-05 00:00")
        outside = {str(event["summary"]): str(event["status"]) for event in ics_events(staff).values()}
        assert outside == {name: state for name, state in held.items() if "River" not in name}
    book = replace(book, now=moment(harbor, "2026-12-04 12:00"))
    assert "Rolled back {age=2026-12-04T09:25" in text_of(blocks.hub(book, change.id), book)
    assert [item.span.name for item in going_on(book).changes] == MADE[-1:]


def test_the_window_of_a_change_that_was_rolled_back_closes_no_more(harbor: Book) -> None:
    change = harbor.changes["pier-pages"]
    live = replace(harbor, changes={change.id: change}, now=moment(harbor, "2026-12-03 09:30"))
    assert "Closes" in text_of(blocks.now_board(live), live)
    assert "Closes" in text_of(Block("screen", screen_of(live)), live)
    assert change.go_no_go
    decided = change.go_no_go.model_copy(update={"at": moment(harbor, "2026-12-03 09:25"), "decision": "roll-back"})
    back = change.model_copy(update={"status": "rolled-back", "go_no_go": decided})
    book = replace(live, changes={change.id: back})
    assert "Closes" not in text_of(blocks.now_board(book), book)
    assert "Closes" not in text_of(Block("screen", screen_of(book)), book)


def moment(book: Book, time: str) -> datetime:
    return datetime.fromisoformat(time).replace(tzinfo=book.desk.settings.zone)
