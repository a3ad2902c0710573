"""Hours, shifts and the words for times."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from changebook.book import Book
from changebook.characters import shown
from changebook.model import Team
from changebook.model.change import Window
from changebook.model.reading import read_record
from changebook.model.scalar import Shift
from changebook.render.timing import age_words, duration_words, status_words, time_words, window_words

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 12, 3, 9, 42, tzinfo=ZONE)


TEAM = {"id": "desk", "name": "Desk", "phone": "4400", "queue": "SD", "hours": "always", "does": "Answers."}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def window(start: str, end: str) -> Window:
    found, faults = read_record(Window, {"start": start, "end": end}, {"zone": ZONE})
    assert not faults
    assert found
    return found


def test_a_shift_may_pass_midnight() -> None:
    nights = Shift(frozenset({4}), 22 * 60, 6 * 60)
    assert nights.holds(at("2026-12-04T23:00"), frozenset())
    assert nights.holds(at("2026-12-05T05:59"), frozenset())
    assert not nights.holds(at("2026-12-05T06:00"), frozenset())
    assert not nights.holds(at("2026-12-05T23:00"), frozenset())


def test_a_team_answers_in_its_own_zone(book: Book) -> None:
    team = book.desk.teams["records-team"]
    # 9 in Chicago is 10 in New York; at 16 there it is 17 for the team, which has gone.
    assert book.desk.answers(team, book.now)
    later = Book(book.folder, book.desk, book.changes, at("2026-12-03T16:00"))
    assert not later.desk.answers(team, later.now)
    assert later.desk.answers(book.desk.teams["front-desk"], later.now)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-12-02 21:00", "2026-12-02 23:00", "Wed 2 Dec, 21:00\u201323:00 CST"),
        ("2026-12-02 23:00", "2026-12-03 01:00", "Wed 2 Dec, 23:00\u2013Thu 3 Dec, 01:00 CST"),
        ("2027-07-01 05:00", "2027-07-01 06:00", "Thu 1 Jul 2027, 05:00\u201306:00 CDT"),
    ],
)
def test_a_window_names_its_zone_once(start: str, end: str, words: str) -> None:
    assert window_words(window(start, end), NOW) == words


def test_a_window_in_which_the_clock_changes_names_both_zones() -> None:
    assert window_words(window("2026-10-31 23:00", "2026-11-01 03:00"), NOW) == (
        "Sat 31 Oct, 23:00 CDT\u2013Sun 1 Nov, 03:00 CST"
    )


def test_a_time_has_its_year_when_it_is_another() -> None:
    assert time_words(at("2026-12-02T21:00"), NOW) == "Wed 2 Dec, 21:00 CST"
    assert time_words(at("2025-12-02T21:00"), NOW) == "Tue 2 Dec 2025, 21:00 CST"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-642, "10 hours ago"), (78, "in 1 hour"), (8000, "in 5 days"), (-1, "1 minute ago"), (0, "now")],
)
def test_an_age_has_one_unit(minutes: int, words: str) -> None:
    assert age_words(NOW + timedelta(minutes=minutes), NOW) == words


@pytest.mark.parametrize(
    ("now", "moment", "words"),
    [
        ("2026-11-01T00:30", "2026-11-01T03:00", "in 3 hours"),
        ("2027-03-14T01:30", "2027-03-14T03:15", "in 45 minutes"),
        ("2026-11-01T03:00", "2026-11-01T00:30", "3 hours ago"),
    ],
)
def test_an_age_counts_the_hours_that_pass_when_clocks_change(now: str, moment: str, words: str) -> None:
    assert age_words(at(moment), at(now)) == words


@pytest.mark.parametrize(
    "zone", ["localtime", "posixrules", "Factory", "right/UTC", "America", "../UTC", "Mars/North", "a/" * 9000]
)
def test_a_zone_means_the_same_on_every_machine(zone: str) -> None:
    found, faults = read_record(Team, {**TEAM, "zone": zone}, {"zone": ZONE})
    assert found is None
    assert [fault.message for fault in faults] == [
        f"zone: no time zone {shown(zone)}; write an IANA name, such as America/Chicago"
    ]


@pytest.mark.parametrize(
    ("seconds", "words"), [(8, "8 seconds"), (1800, "30 minutes"), (14400, "4 hours"), (60, "1 minute")]
)
def test_a_duration_is_said_in_its_unit(seconds: int, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words


def test_a_live_change_counts_its_days(book: Book) -> None:
    change = book.changes["complete-change"]
    assert status_words(change, NOW) == "Live, day 1"
    assert status_words(change, NOW + timedelta(days=8)) == "Live, day 9"
