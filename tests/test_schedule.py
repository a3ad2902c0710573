"""The desk's calendar: each rule, what clears it, and the slots that are free."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from changebook.book import Book
from changebook.cli import main
from changebook.model import Calendar, Change
from changebook.model.calendar import Blackout, Cluster, Overlap
from changebook.model.change import Affects
from changebook.model.phases import Window
from changebook.model.scalar import _hours as hours_in
from changebook.readiness import readiness
from changebook.readiness.schedule import gap_schedule
from changebook.schedule import booking, collisions_of, free_slots, schedule_of
from conftest import load

DRAFT = {"kind": "quiet-change", "status": "draft", "owner": "interfaces", "sentence": "Nothing looks different."}
TUESDAY, FRIDAY = "2026-12-08", "2026-12-11"


def change(name: str, start: str, **more: Any) -> dict[str, Any]:
    """Return a draft that goes live for an hour from `start`, a day and an hour."""
    day, hour = start.split()
    window = {"start": start, "end": f"{day} {int(hour[:2]) + 1:02}{hour[2:]}"}
    return {"name": name, **DRAFT, "window": window, **more}


def written(folder: Path, calendar: dict[str, Any], *changes: dict[str, Any]) -> Book:
    """Return the small desk with a calendar and some changes."""
    (folder / "desk" / "calendar.yaml").write_text(yaml.safe_dump(calendar), encoding="utf-8")
    for one in changes:
        file = folder / f"{one['name'].lower().replace(' ', '-')}.yaml"
        file.write_text(yaml.safe_dump(one, sort_keys=False), encoding="utf-8")
    loaded = load(folder)
    assert [str(problem) for problem in loaded.problems if not problem.gap] == []
    assert loaded.book
    return loaded.book


def gaps(book: Book, name: str) -> dict[str, str]:
    """Return the gaps of a change in the calendar: their names, and what is said."""
    return {gap.name: gap.said for gap in gap_schedule(book.changes[name], book)}


LABS, SHARED = {"partners": ["far-labs"]}, {"categories": ["patients/search"]}
TOLD = [{"partner": "far-labs", "at": "2026-11-20 09:00", "how": "Call"}]
# The calendar, the other change and the later one; then the gap, and what it names.
RULES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], str]] = {
    "day-full/2026-12-08": ({"a_day": 1}, {}, {}, "First"),
    "week-full/2026-W50": ({"a_week": 1}, {}, {}, "First"),
    "hours-unstaffed/2026-12-08": ({"staffed": "mon-fri 09:00-10:30"}, {}, {}, "mon-fri 09:00-10:30"),
    "holiday/2026-12-25": ({"holidays": "US-IL"}, {}, change("Second", "2026-12-25 10:00"), "Christmas Day"),
    "end-of-week/2026-12-11": ({"last_day": "thu"}, {}, change("Second", f"{FRIDAY} 10:00"), "cover: strong"),
    "blackout/billing-close-2026-12-08": (
        {"blackouts": [{"name": "Billing close", "start": f"{TUESDAY} 00:00", "lasts": "1d"}]},
        change("First", "2026-12-09 09:00"),
        {},
        "Billing close",
    ),
    "partners-near/first": ({"partner_gap": "2d"}, {"affects": LABS}, {"affects": LABS, "told": TOLD}, "First"),
    "overlap/first": (
        {"overlap": {"within": "5d", "stops": ["categories"]}},
        {"affects": SHARED},
        {"affects": SHARED},
        "First",
    ),
    "lead-missing/first": ({"cluster": {"go_lives": 2, "within": "1d", "leads": ["front-desk"]}}, {}, {}, "Front Desk"),
}
WAIVER = {"reason": "Both are small, and one team makes both.", "approver": "front-desk", "expires": "2026-12-20"}


def of_the_rule(folder: Path, name: str, **more: Any) -> Book:
    calendar, first, second, _ = RULES[name]
    return written(
        folder,
        calendar,
        {**change("First", f"{TUESDAY} 09:00"), **first},
        {**change("Second", f"{TUESDAY} 10:00"), **second, **more},
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_each_rule_stops_the_later_change_and_names_three_slots_that_are_free(small: Path, name: str) -> None:
    book = of_the_rule(small, name)
    found = gaps(book, "second")
    assert list(found) == [name]
    assert RULES[name][3] in found[name]
    free = re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d)(?=.*free)", found[name].partition("move it: ")[2])
    assert len(free) == 3, found[name]
    assert gaps(book, "first") == {}
    for start in free:
        (small / "second.yaml").unlink()
        moved = of_the_rule(small, name, **{"window": change("Second", start)["window"]})
        assert gaps(moved, "second") == gaps(moved, "first") == {}


@pytest.mark.parametrize("name", RULES)
def test_a_waiver_clears_its_own_rule(small: Path, name: str) -> None:
    book = of_the_rule(small, name, waivers=[{"gap": name, **WAIVER}])
    ready = readiness(book)["second"]
    assert name in [item.gap.name for item in ready.waived]
    assert name not in [item.name for item in (*ready.gaps, *ready.waiting)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "cleared"),
    [
        ({"cover": "strong"}, {"end-of-week/2026-12-11"}),
        ({"bridge": {"channel": "Bridge 1", "lead": "front-desk"}}, {"lead-missing/first"}),
        ({"bridge": {"channel": "Bridge 1", "lead": "records-team"}}, set()),
        ({"part_of": "first"}, {"overlap/first"}),
    ],
)
def test_what_clears_a_rule_clears_no_other(small: Path, more: dict[str, Any], cleared: set[str]) -> None:
    found = set()
    for name in RULES:
        found |= {name} - gaps(of_the_rule(small, name, **more), "second").keys()
    assert found == cleared


@pytest.mark.parametrize("name", RULES)
def test_an_emergency_is_told_and_never_stopped(small: Path, name: str) -> None:
    book = of_the_rule(small, name, urgency="emergency")
    assert gaps(book, "second") == {}
    assert [hit.name for hit in collisions_of(book.changes["second"], book)] == [name]


def test_of_two_at_the_same_time_the_one_whose_name_comes_last_waits(small: Path) -> None:
    book = written(small, {"a_day": 1}, change("Alpha", f"{TUESDAY} 09:00"), change("Beta", f"{TUESDAY} 09:00"))
    assert gaps(book, "alpha") == {}
    assert list(gaps(book, "beta")) == [f"day-full/{TUESDAY}"]


def test_each_phase_counts_and_the_gap_is_at_its_line(small: Path) -> None:
    phases = [
        {"name": "Pier", "start": f"{TUESDAY} 08:00", "end": f"{TUESDAY} 09:00"},
        {"name": "Lagoon", "start": f"{TUESDAY} 12:00", "end": f"{TUESDAY} 13:00"},
    ]
    two = {"name": "In Phases", **DRAFT, "phases": phases}
    book = written(small, {"a_day": 1}, two)
    gap = next(gap_schedule(book.changes["in-phases"], book))
    assert (gap.name, gap.spot.steps) == (f"day-full/{TUESDAY}", ("phases", 1))


def test_a_blackout_that_warns_and_a_change_that_is_over_stop_nobody(small: Path) -> None:
    clinics = {"name": "Clinics", "start": "2026-12-07 00:00", "lasts": "1d", "repeats": "FREQ=DAILY", "effect": "warn"}
    over = change("Cancelled One", f"{TUESDAY} 09:00", status="cancelled")
    book = written(small, {"a_day": 1, "blackouts": [clinics]}, over, change("Second", f"{TUESDAY} 10:00"))
    assert gaps(book, "second") == {}
    told = [hit.said for hit in collisions_of(book.changes["second"], book)]
    assert told == ["Clinics is from Tue 8 Dec, 00:00 to Wed 9 Dec, 00:00"]


def test_without_a_calendar_nothing_collides(small: Path) -> None:
    book = written(small, {}, change("First", f"{TUESDAY} 09:00"), change("Second", f"{TUESDAY} 09:00"))
    assert gaps(book, "second") == {}


def test_an_hour_that_the_clock_skips_or_has_twice_is_no_slot(small: Path) -> None:
    book = written(small, {"staffed": "sun 01:00-03:30"})
    plan, two = schedule_of(book), datetime(2027, 3, 8, 2, 0, tzinfo=schedule_of(book).zone)
    starts = [
        f"{slot.start:%m-%d %H:%M}-{slot.end:%H:%M}"
        for slot in islice(free_slots(plan, booking(two, timedelta(hours=1)), after=two), 1)
    ]
    # On 14 March the clock goes from 2 to 3.
    assert starts == ["03-14 01:00-03:00"]
    november = datetime(2027, 11, 1, 1, 0, tzinfo=plan.zone)
    fall = next(free_slots(plan, booking(november, timedelta(hours=1)), after=november))
    assert f"{fall.start:%m-%d %H:%M}" == "11-07 02:00"


def test_a_rule_that_asks_for_a_day_that_never_comes_is_no_trap(small: Path) -> None:
    never = {
        "name": "Never",
        "start": "2026-01-01 00:00",
        "lasts": "1d",
        "repeats": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
    }
    book = written(small, {"blackouts": [never]})
    started = time.process_time()
    assert schedule_of(book).closures == ()
    assert time.process_time() - started < 3  # 0.3 s on an idle core; to the year 9999 it were 6 s


@pytest.mark.parametrize(
    ("start", "repeats", "first"),
    [
        ("2024-02-29 22:00", "FREQ=YEARLY", ["2024-02-29", "2028-02-29"]),
        ("2026-12-01 22:00", "FREQ=WEEKLY;INTERVAL=2", ["2026-12-01", "2026-12-15", "2026-12-29"]),
        ("2026-12-04 22:00", "FREQ=WEEKLY;UNTIL=20261211", ["2026-12-04", "2026-12-11"]),
        ("2026-12-01 22:00", "FREQ=MONTHLY;BYDAY=-1FR", ["2026-12-25", "2027-01-29", "2027-02-26"]),
        ("2031-01-01 22:00", "FREQ=DAILY", []),
    ],
)
def test_a_blackout_comes_on_the_days_of_its_rule(small: Path, start: str, repeats: str, first: list[str]) -> None:
    freeze = {"name": "Freeze", "start": start, "lasts": "1h", "repeats": repeats}
    closures = schedule_of(written(small, {"blackouts": [freeze]})).closures
    assert [f"{closed.start:%Y-%m-%d %H:%M}" for closed in closures[:3]] == [f"{day} 22:00" for day in first]


def test_the_clock_on_the_wall_ends_a_blackout_across_a_clock_change(small: Path) -> None:
    day = {"name": "All day", "start": "2026-11-01 00:00", "lasts": "1d"}
    (closed,) = schedule_of(written(small, {"blackouts": [day]})).closures
    assert f"{closed.end:%m-%d %H:%M}" == "11-02 00:00"
    assert closed.ends - closed.begins == 25 * 3600


@pytest.mark.slow
def test_slots_are_printed_for_people_and_for_programs(small: Path) -> None:
    written(small, {"a_day": 1, "staffed": "mon-thu 20:00-23:00"}, change("First", f"{TUESDAY} 21:00"))
    run = lambda *more: CliRunner().invoke(main, ["slots", "--book", str(small), "--length", "2h", *more])  # noqa: E731
    done = run("--after", "2026-12-07", "--number", "2", "--at", "21:00")
    assert done.stdout.splitlines() == ["Mon 7 Dec, 21:00–23:00 CST", "Wed 9 Dec, 21:00–23:00 CST"]
    done = run("--number", "1", "--format", "json", "--group", "clerks", "--partner-facing")
    (found,) = yaml.load(done.stdout, Loader=yaml.CSafeLoader)
    assert found == {"start": "2026-12-03T20:00:00-06:00", "end": "2026-12-03T22:00:00-06:00", "told": []}
    assert "no user group 'clerk'; did you mean 'clerks'?" in run("--group", "clerk").stderr
    assert "--length: '2 hours' is not a duration" in run("--length", "2 hours").stderr
    assert "--after: 'soon' is not a time" in run("--after", "soon").stderr
    assert run("--length", "4h").stdout.startswith("No slot is free within a year;")


def test_a_slot_before_the_board_or_within_the_lead_time_says_so(small: Path) -> None:
    written(small, {"staffed": "mon-fri 08:00-18:00"}, change("First", "2027-01-12 09:00", board=f"{TUESDAY} 15:00"))
    done = CliRunner().invoke(main, ["slots", "--book", str(small), "--length", "2h", "--kind", "fhir-resource-update"])
    told = [line.partition("CST  ")[2] for line in done.stdout.splitlines()]
    board, lead = "before the next board, Tue 8 Dec, 15:00 CST", "sooner than the lead time of "
    assert [board in one for one in told] == [True] * 4 + [False] * 6
    assert told[0].startswith(lead)
    assert lead not in told[-1]
    wrong = CliRunner().invoke(main, ["slots", "--book", str(small), "--length", "2h", "--kind", "quiet-chang"])
    assert "--kind: no kind 'quiet-chang'; did you mean 'quiet-change'?" in wrong.output


# ---- every slot offered passes the gate

MOMENTS = st.integers(0, 60 * 24 * 2).map(
    lambda half: datetime(2026, 12, 3, 12, tzinfo=UTC) + timedelta(minutes=30 * half)
)
LENGTHS = st.integers(1, 12).map(lambda half: timedelta(minutes=30 * half))
NAMES = {"groups": ("clerks", "nurses"), "categories": ("patients/search", "results/late"), "partners": ("far-labs",)}
KEYS = st.sets(st.sampled_from(["groups", "categories", "partners", "playbooks"])).map(lambda keys: tuple(sorted(keys)))
BLACKOUTS = st.builds(
    Blackout.model_construct,
    name=st.sampled_from(["Billing close", "Clinic day", "Freeze"]),
    start=MOMENTS,
    lasts=LENGTHS,
    repeats=st.sampled_from([None, "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;INTERVAL=5"]),
    effect=st.sampled_from(["stop", "warn"]),
)
CALENDARS = st.builds(
    Calendar.model_construct,
    a_day=st.sampled_from([None, 1, 2, 3]),
    a_week=st.sampled_from([None, 2, 5]),
    staffed=st.sampled_from(
        [None, "mon-fri 06:00-22:00", "mon-sun 20:00-04:00", "mon-thu 04:00-24:00, fri 04:00-12:00"]
    ),
    holidays=st.sampled_from([None, "US-IL", "DE-BY"]),
    last_day=st.sampled_from([None, "wed", "thu", "fri"]),
    partner_gap=st.none() | LENGTHS,
    cluster=st.none()
    | st.builds(
        Cluster.model_construct,
        go_lives=st.integers(1, 3),
        within=st.sampled_from([timedelta(hours=12), timedelta(days=3)]),
        leads=st.just(("front-desk",)),
    ),
    overlap=st.none()
    | st.builds(
        Overlap.model_construct, within=st.sampled_from([timedelta(days=1), timedelta(days=5)]), stops=KEYS, warns=KEYS
    ),
    blackouts=st.lists(BLACKOUTS, max_size=3).map(tuple),
)
CHANGES = st.lists(
    st.tuples(
        MOMENTS,
        LENGTHS,
        st.fixed_dictionaries({key: st.sets(st.sampled_from(names)).map(tuple) for key, names in NAMES.items()}),
        st.sampled_from(["draft", "ready", "stable", "cancelled"]),
        st.sampled_from(["planned", "expedited", "emergency"]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


def random_book(book: Book, calendar: Calendar, drawn: list[Any]) -> Book:
    """Return a book with a drawn calendar and changes, without their texts."""
    zone, base = book.desk.settings.zone, book.changes["six-lines"]
    bridge = book.changes["complete-change"].bridge
    assert bridge
    calendar = calendar.model_copy(
        update={
            "staffed": hours_in(calendar.staffed) if calendar.staffed else None,
            "blackouts": tuple(
                one.model_copy(update={"start": one.start.astimezone(zone)}) for one in calendar.blackouts
            ),
        }
    )
    changes = {}
    for number, (start, length, affects, status, urgency, strong, led) in enumerate(drawn):
        window = Window.model_construct(
            start=start.astimezone(zone), end=(start + length).astimezone(zone), outage=None
        )
        name = f"change-{number}"
        changes[name] = base.model_copy(
            update={
                "id": name,
                "name": f"Change {number}",
                "window": window,
                "affects": Affects.model_construct(**affects, systems=(), workflows=()),
                "status": status,
                "urgency": urgency,
                "cover": "strong" if strong else "normal",
                "bridge": bridge.model_copy(update={"lead": "front-desk"}) if led else None,
            }
        )
    return replace(book, changes=changes, desk=replace(book.desk, calendar=calendar))


def stopped(book: Book) -> set[tuple[str, str]]:
    return {(name, gap.name) for name, one in book.changes.items() for gap in gap_schedule(one, book)}


@settings(max_examples=500, deadline=None)
@given(calendar=CALENDARS, drawn=CHANGES)
def test_every_slot_that_is_offered_passes_the_gate_and_pushes_nobody_out(
    book: Book, calendar: Calendar, drawn: list[Any]
) -> None:
    before = random_book(book, calendar, drawn)
    change: Change = before.changes["change-0"].model_copy(update={"status": "draft", "urgency": "planned"})
    before = replace(before, changes={**before.changes, "change-0": change})
    plan, others = schedule_of(before), stopped(before)
    item = next(one for one in plan.golives if one.change == "change-0")
    for slot in islice(free_slots(plan, item, after=book.now, days=20), 2):
        window = Window.model_construct(start=slot.start, end=slot.end, outage=None)
        moved = change.model_copy(update={"window": window})
        after = stopped(replace(before, changes={**before.changes, "change-0": moved}))
        assert {hit for hit in after if hit[0] == "change-0"} == set()
        # Those that are left were there before; a cluster is named after its last member.
        assert {(name, gap.split("/")[0]) for name, gap in after} <= {(name, gap.split("/")[0]) for name, gap in others}
