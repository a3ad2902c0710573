"""The calendar files: what programs read, in any zone, and how a change moves and is cancelled in them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from icalendar import Calendar, Event

from changebook.book import Book
from changebook.cli import main
from changebook.editions import edition_of
from changebook.feeds.calendars import ALL_GO_LIVES, ics_files
from changebook.feeds.entries import UNKNOWN_ENTRIES, CalendarEntries, CalendarSite, entries_for, entries_of
from changebook.feeds.ics import ics_of
from changebook.git.repository import history_of
from changebook.model.phases import Window
from changebook.names import change_address
from changebook.views.assets import assets
from conftest import Repository, load
from test_schedule import TUESDAY, change, written


def events(book: Book, file: str = ALL_GO_LIVES, *, entries: CalendarEntries = UNKNOWN_ENTRIES) -> dict[str, Event]:
    """Return the events of a calendar file by their UID without the organization."""
    site = CalendarSite("https://changes.example/", entries=entries)
    found = Calendar.from_ical(ics_of(book, file, site=site))
    return {str(event["uid"]).partition("@")[0]: event for event in found.walk("VEVENT")}


def at(event: Event, key: str = "dtstart") -> str:
    return f"{event[key].dt.astimezone(ZoneInfo('America/Chicago')):%Y-%m-%d %H:%M}"


def test_every_file_is_read_and_says_the_shared_name_exactly(harbor: Book) -> None:
    for file in ics_files(harbor):
        text = ics_of(harbor, file).decode()
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert Calendar.from_ical(text).errors == []
    found = events(harbor)
    assert found["score-search"]["summary"] == "Score Search"
    assert found["score-search"]["url"] == "https://changes.example/changes/score-search/"
    assert found["pier-pages-phase-island-last"]["summary"] == "Pier Pages: Island last"
    assert "slow" in found["pier-pages-phase-island-last"]["description"].casefold()
    assert {at(one) for name, one in found.items() if name.startswith("board-")} >= {"2026-11-26 15:00"}
    assert {name.partition("-")[0] for name in found} >= {"board", "briefing", "decision"}
    # What is settled may have no page of its readiness.
    shown = {one["uid"].partition("@")[0]: one["url"].partition("example/")[2] for one in found.values()}
    pages = {"", *(page.address for change in harbor.changes.values() for page in assets(harbor, change))}
    pages |= {change_address(name) for name in harbor.changes}
    assert {name: url for name, url in shown.items() if url not in pages} == {}


def test_each_reader_and_each_change_has_a_file_of_its_own(harbor: Book) -> None:
    files = set(ics_files(harbor))
    assert {"calendar/changes.ics", "groups/nurses/nurses.ics", "partners/far-labs/far-labs.ics"} <= files
    assert set(events(harbor, "changes/fax-end/fax-end.ics")) == {"fax-end", "decision-fax-end"}
    for_labs = {name for name, one in harbor.changes.items() if "far-labs" in one.affects.partners}
    found = events(harbor, "partners/far-labs/far-labs.ics")
    golives = [name for name in found if not name.startswith(("board-", "briefing-", "decision-"))]
    assert {name.partition("-phase-")[0] for name in golives} <= for_labs
    assert golives
    # What is over for a year is in no calendar.
    assert "changes/first-links/first-links.ics" not in files


def test_a_cancelled_change_stays_cancelled_and_a_draft_is_tentative(harbor: Book) -> None:
    found = events(harbor)
    assert [found[name]["status"] for name in ("fax-end", "portal-move", "lab-codes-r5")] == [
        "CANCELLED",
        "TENTATIVE",
        "CONFIRMED",
    ]


def test_a_move_keeps_the_uid_and_raises_the_sequence_and_so_does_giving_up(small: Path) -> None:
    first = written(small, {}, change("First", f"{TUESDAY} 09:00"))
    moved = [{"from": f"{TUESDAY} 09:00", "at": "2026-12-03"}]
    later = written(small, {}, change("First", "2026-12-15 09:00", postponed=moved))
    open_still = {
        key: value for key, value in change("First", f"{TUESDAY} 09:00", postponed=moved).items() if key != "window"
    }
    without = written(small, {}, open_still)
    gone = written(small, {}, change("First", "2026-12-15 09:00", postponed=moved, status="cancelled"))
    seen = [events(book)["first"] for book in (first, later, without, gone)]
    assert [(one["status"], one["sequence"], at(one)) for one in seen] == [
        ("TENTATIVE", 0, "2026-12-08 09:00"),
        ("TENTATIVE", 1, "2026-12-15 09:00"),
        ("CANCELLED", 1, "2026-12-08 09:00"),
        ("CANCELLED", 2, "2026-12-15 09:00"),
    ]
    assert len({one["uid"] for one in seen}) == 1


ZONES = ("America/Chicago", "Europe/London", "Australia/Sydney")


@pytest.mark.parametrize("zone", ZONES)
def test_events_around_both_clock_changes_are_at_the_right_hour(book: Book, zone: str) -> None:
    here = ZoneInfo(zone)
    base = book.changes["six-lines"]
    days = [datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(365)]
    turns = [
        day
        for day in days
        if day.astimezone(here).utcoffset() != (day + timedelta(days=1)).astimezone(here).utcoffset()
    ]
    assert len(turns) == 2
    starts = [
        (turn.astimezone(here) + timedelta(days=number)).replace(hour=hour)
        for turn in turns
        for number in (-1, 0, 1, 2)
        for hour in (0, 4, 12, 22)
    ]
    changes = {
        f"change-{number}": base.model_copy(
            update={
                "id": f"change-{number}",
                # Six hours: some are on while the clock changes.
                "window": Window.model_construct(
                    start=start, end=(start.astimezone(UTC) + timedelta(hours=6)).astimezone(here), outage=None
                ),
            }
        )
        for number, start in enumerate(starts)
    }
    desk = replace(book.desk, settings=book.desk.settings.model_copy(update={"zone": here}))
    there = replace(book, desk=desk, changes=changes, now=datetime(2027, 1, 1, tzinfo=here))
    found = events(there)
    assert len(found) == len(starts)
    text = ics_of(there, ALL_GO_LIVES).decode()
    assert f"TZID:{zone}" in text
    for number, start in enumerate(starts):
        event = found[f"change-{number}"]
        # By the zone's name, and by the rules that the file itself gives for it.
        assert event["dtstart"].dt.astimezone(UTC) == start.astimezone(UTC)
        assert event["dtend"].dt.astimezone(UTC) - event["dtstart"].dt.astimezone(UTC) == timedelta(hours=6)
    own = Calendar.from_ical(text).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for start in starts:
        assert start.replace(tzinfo=own).astimezone(UTC) == start.astimezone(UTC)


def test_an_edition_has_its_own_files_and_holds_nothing_of_the_desk(harbor: Book) -> None:
    folders = {}
    for edition, partner in (("staff", ""), ("partners", "far-labs")):
        outside = edition_of(harbor, edition, partner)  # type: ignore[arg-type]
        files = list(ics_files(outside, reader=edition))  # type: ignore[arg-type]
        folders[edition] = {file.partition("/")[0] for file in files}
        text = b"".join(ics_of(outside, file) for file in files).decode()
        assert not re.search(r"UID:(board|briefing|decision)-", text)
        assert "UID:" in text
    assert folders == {"staff": {"calendar", "groups", "changes"}, "partners": {"calendar", "changes"}}
    staff = edition_of(harbor, "staff")
    for_nurses = {name for name, one in staff.changes.items() if "nurses" in one.affects.groups}
    dated = {name.partition("-phase-")[0] for name in events(staff, "groups/nurses/nurses.ics")}
    assert dated
    assert dated <= for_nurses


def git_book(repository: Repository, folder: Path) -> tuple[Book, CalendarEntries]:
    """Return the book in a repository, and what git knows of its calendar."""
    loaded = load(folder)
    assert loaded.book
    return loaded.book, entries_of(loaded.book, history_of(repository.folder, ("changes",), ZoneInfo("UTC")))


def test_an_edit_raises_the_sequence_and_a_rename_keeps_the_uid(repository: Repository, small: Path) -> None:
    folder = repository.folder / "changes"
    small.rename(folder)
    board = {"board": f"{TUESDAY} 08:00"}
    first = {**board, "former_names": ["Old Word"]}
    written(folder, {}, change("First", f"{TUESDAY} 09:00", **first), change("Second", "2026-12-09 09:00", **board))
    seen: list[dict[str, Event]] = []
    for hour, moved in (("10", None), ("11", f"{TUESDAY} 10:00"), ("12", "renamed"), ("13", "alone")):
        if moved == "renamed":
            done = CliRunner().invoke(main, ["rename", "First", "Third", "--book", str(folder), "--yes"])
            assert done.exit_code == 0, done.output
        elif moved == "alone":
            written(folder, {}, change("Second", "2026-12-09 09:00", **{**board, "board": f"{TUESDAY} 07:00"}))
        elif moved:
            written(folder, {}, change("First", moved, **first))
        repository.commit(at=f"2026-12-02T{hour}:00:00Z")
        book, entries = git_book(repository, folder)
        seen.append(events(book, entries=entries))
    numbers = [one["first"]["sequence"] for one in seen]
    assert numbers[0] < numbers[1] < numbers[2] == numbers[3]
    assert [len(one) for one in seen] == [3, 3, 3, 4]
    assert seen[2]["first"]["summary"] == "Third"
    # A change has left the meeting, and its number does not fall.
    boards = [one[f"board-{TUESDAY.replace('-', '')}T0800"]["sequence"] for one in seen]
    assert boards == sorted(boards)
    third = book.changes["third"]
    assert entries_for(entries, book, {}, partner=False).id_of(third) == "first"
    # A partner reads no former name.
    assert re.fullmatch("[0-9a-f]{16}", entries_for(entries, book, {}, partner=True).id_of(third))


def test_the_number_of_an_edition_never_falls_as_time_goes_by(harbor: Book) -> None:
    name = "score-search"
    entries = CalendarEntries({}, {name: harbor.now})
    numbers = []
    for days in range(80):
        later = replace(harbor, now=harbor.now + timedelta(days=days))
        # After a month, moments are no longer known.
        moments = {name: harbor.now} if days < 30 else {name: harbor.now - timedelta(days=300)}
        numbers.append(entries_for(entries, later, moments, partner=False).sequence(harbor.changes[name]))
    assert numbers == sorted(numbers)
    assert numbers[0] == numbers[29]
