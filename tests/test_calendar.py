"""The calendar's pages, and what commands say of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from changebook.errors import UnknownTermError
from changebook.feeds.calendars import ALL_GO_LIVES
from changebook.feeds.ics import ics_of
from changebook.model.phases import Window
from changebook.pages.blocks import go_live_calendar
from changebook.schedule import new_collisions
from changebook.views.calendar import month_page, months_of, place_of
from conftest import THOUSAND, Repository
from golden_texts import html_of, text_of
from test_schedule import FRIDAY, LABS, TUESDAY, change, written

CALENDAR = {"a_day": 1, "last_day": "thu", "staffed": "mon-fri 08:00-18:00", "holidays": "US-IL"}


def shown(book: Book, month: str = "") -> str:
    return text_of(go_live_calendar(book, month), book)


def test_a_month_shows_load_what_is_shut_and_what_collides_with_free_slots(small: Path) -> None:
    freeze = {"name": "Year-end freeze", "start": "2026-12-28 00:00", "lasts": "4d"}
    calendar = {**CALENDAR, "blackouts": [freeze]}
    book = written(small, calendar, change("First", f"{TUESDAY} 09:00"), change("Second", f"{TUESDAY} 10:00"))
    text = shown(book)
    assert "The desk can support up to 1 go-live a day." in text
    assert "2 of 1" in text
    assert "Year-end freeze" in text
    assert "Christmas Day" in text
    assert "First goes live on Tue 8 Dec, and the desk carries 1." in text
    assert "Free: Wed 9 Dec, 10:00–11:00 CST" in text
    page = month_page(book)
    marked = [(one.change.id, one.stopped) for week in page.weeks for day in week for one in day.events.shown]
    assert marked == [("first", False), ("second", True)]
    # Four days in a row that are shut alike are one entry of a list.
    run = [day for week in page.weeks for day in week if day.inside and day.shut == ("Year-end freeze",)]
    assert [(day.day.day, day.until and day.until.day, day.follows) for day in run] == [
        (28, 31, False),
        *((day, None, True) for day in (29, 30, 31)),
    ]


def test_months_with_a_go_live_and_this_one_have_pages_that_lead_to_each_other(small: Path) -> None:
    book = written(
        small, {}, change("First", "2026-10-06 09:00", status="cancelled"), change("Second", "2027-03-02 09:00")
    )
    assert months_of(book) == ("2026-10", "2026-12", "2027-03")
    assert (month_page(book).before, month_page(book).after) == (("2026-10", "October"), ("2027-03", "March 2027"))
    with pytest.raises(UnknownTermError, match="no month '2026-11' on the calendar"):
        month_page(book, "2026-11")


def test_this_week_has_the_board_the_briefing_and_the_decision(small: Path) -> None:
    launch = {
        "board": "2026-12-02 15:00",
        "briefing": {"at": "2026-12-03 10:00"},
        "go_no_go": {"at": "2026-12-04 08:00", "decision": "pending", "by": "front-desk"},
    }
    book = written(
        small,
        {},
        change("First", "2026-12-04 09:00", **launch),
        change("Second", "2026-12-16 09:00", board="2026-12-02 15:00"),
    )
    week = [(one.day.day, [item.held for item in one.meetings], len(one.events)) for one in month_page(book).week]
    # What is to come is first, and what is over is last.
    assert week == [(3, ["briefing"], 0), (4, ["decision"], 1), (2, ["board"], 0)]
    assert [one.over for one in month_page(book).week] == [False, False, True]
    assert "15:00 Change advisory board: First" in shown(book).replace("[", "").replace("](/changes/first/)", "")
    assert month_page(book).week[2].meetings[0].changes == (book.changes["first"], book.changes["second"])


def test_a_rollback_is_no_appointment_and_the_decision_before_it_is_one(small: Path) -> None:
    go = {"at": "2026-12-02 18:00", "decision": "go", "by": "front-desk", "reason": "All passed."}
    back = {"at": "2026-12-02 22:36", "decision": "roll-back", "by": "front-desk", "reason": "Nothing arrived."}
    first = change("First", "2026-12-02 21:00", status="rolled-back", go_no_go={**back, "earlier": [go]})
    second = change("Second", "2026-12-01 21:00", status="rolled-back", go_no_go=back)
    book = written(small, {}, first, second)
    held = [(item.held, f"{item.at:%H:%M}", item.changes) for day in month_page(book).week for item in day.meetings]
    assert held == [("decision", "18:00", (book.changes["first"],))]
    calendar = ics_of(book, ALL_GO_LIVES).decode()
    assert re.findall(r"UID:decision-(\w+)", calendar) == ["first"]
    assert "20261202T180000" in calendar
    assert "T223600" not in calendar


def test_a_waived_collision_and_an_emergency_offer_no_other_time(small: Path) -> None:
    waiver = {
        "gap": f"day-full/{TUESDAY}",
        "reason": "Both are small, and one team makes both.",
        "approver": "front-desk",
        "expires": "2026-12-20",
    }
    urgent = change("Third", f"{TUESDAY} 11:00", urgency="emergency")
    book = written(
        small,
        CALENDAR,
        change("First", f"{TUESDAY} 09:00"),
        change("Second", f"{TUESDAY} 10:00", waivers=[waiver]),
        urgent,
    )
    second, third = month_page(book).collides.shown
    assert ([waived for _, waived in second.hits], second.slots) == ([True], [])
    assert (third.hits, [hit.name for hit in third.notes], third.slots) == ([], [f"day-full/{TUESDAY}"], [])


def test_a_hub_says_how_full_its_day_is_until_it_is_over(small: Path) -> None:
    book = written(small, CALENDAR, change("First", f"{TUESDAY} 09:00"), change("Second", f"{TUESDAY} 10:00"))
    place = place_of(book, book.changes["first"])
    assert place
    assert (str(place.day), place.load, place.most, place.file) == (TUESDAY, 2, 1, "first.ics")
    assert place_of(replace(book, now=book.now + timedelta(days=9)), book.changes["first"]) is None


def test_no_month_of_a_thousand_changes_is_a_large_page(book: Book) -> None:
    base = book.changes["six-lines"]
    changes = {}
    for number in range(THOUSAND):
        start = (book.now + timedelta(days=number % 730 - 365)).replace(hour=8 + number % 9, minute=0)
        window = Window.model_construct(start=start, end=start + timedelta(hours=1), outage=None)
        name = f"change-{number}"
        changes[name] = base.model_copy(update={"id": name, "name": f"Change {number}", "window": window})
    calendar = book.desk.calendar.model_copy(update={"a_day": 1})
    crowded = replace(book, changes=changes, desk=replace(book.desk, calendar=calendar))
    sizes = [len(html_of(go_live_calendar(crowded, month), crowded)) for month in months_of(crowded)]
    assert len(sizes) >= 24
    assert max(sizes) < 100_000


def moved(folder: Path, name: str, to: str) -> str:
    done = CliRunner().invoke(main, ["move", name, "--to", to, "--book", str(folder), "--yes"])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_move_says_what_collides_whose_notice_is_short_and_who_must_be_told(small: Path) -> None:
    briefed = {
        "affects": LABS,
        "communications": "front-desk",
        "bridge": {"channel": "Bridge 1", "lead": "interfaces"},
        "briefing": {"at": "2026-12-02 10:00", "attended": ["records-team"]},
        "told": [{"partner": "far-labs", "at": "2026-11-20 09:00", "how": "Call"}],
    }
    written(
        small,
        {**CALENDAR, "a_day": 1},
        change("First", "2026-12-22 09:00", **briefed),
        change("Second", "2026-12-09 10:00"),
    )
    said = moved(small, "First", "2026-12-09 09:00")
    # The other is later now: it has to wait.
    assert "This brings 1 collision more on the calendar:" in said
    assert "  Second: First goes live on Wed 9 Dec, and the desk carries 1 (stops it)" in said
    assert "before the window was postponed; tell them the new date" in said
    tell = said.partition("Tell these:\n")[2].splitlines()[:4]
    assert tell == [
        "  Front Desk, 100: sends the announcements",
        "  Interfaces, 300: leads the bridge",
        "  Records Team, 200: was briefed on the former date",
        "  Far Labs desk, 555-0100: Far Labs needs 14 days of notice and has 6 days: agree on that, or move it later; "
        "it was told the former date",
    ]
    said = moved(small, "First", f"{FRIDAY} 09:00")
    assert "is the end of the week, when few are there to help; move it: 2026-12-14 09:00" in said


def test_a_new_record_is_offered_the_next_times_that_are_free(small: Path) -> None:
    arguments = ["new", "Third", "--kind", "quiet-change", "--owner", "interfaces", "--book", str(small), "--yes"]
    written(small, CALENDAR, change("First", "2026-12-07 09:00"))
    done = CliRunner().invoke(main, arguments)
    assert "It could go live at 2026-12-" in done.output
    (small / "third.yaml").unlink()
    (small / "desk" / "calendar.yaml").unlink()
    assert "It could go live" not in CliRunner().invoke(main, arguments).output


def test_a_review_says_what_a_pull_request_collides_with(repository: Repository, small: Path) -> None:
    calendar: dict[str, Any] = {"a_day": 1}
    book = repository.folder / "changes"
    small.rename(book)
    written(book, calendar, change("First", f"{TUESDAY} 09:00"))
    repository.git("add", "-A")
    repository.git("commit", "-qm", "First")
    (book / "second.yaml").write_text(
        yaml.safe_dump(change("Second", f"{TUESDAY} 10:00"), sort_keys=False), encoding="utf-8"
    )
    repository.git("add", "-A")
    repository.git("commit", "-qm", "Second")
    done = CliRunner().invoke(main, ["review", "HEAD~1..HEAD", "--book", str(book)])
    assert "### Calendar" in done.output, done.output
    assert "- **Collides** `Second: First goes live on Tue 8 Dec, and the desk carries 1 (stops it)`" in done.output


def test_only_what_is_new_collides_newly(small: Path) -> None:
    one = written(small, CALENDAR, change("First", f"{TUESDAY} 09:00"), change("Second", f"{TUESDAY} 10:00"))
    two = written(small, CALENDAR, change("Third", f"{TUESDAY} 11:00"))
    assert [(item.id, hit.name) for item, hit in new_collisions(one, two)] == [("third", f"day-full/{TUESDAY}")]
    assert new_collisions(two, two) == []
