"""Dates in prose: how people write them, what only looks like one, and the times that the site writes in by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from markupsafe import Markup

from changebook.book import Book
from changebook.cli import main
from changebook.model.blanks import OF_THE_WINDOW, meant_blank, window_blanks
from changebook.model.change import Change
from changebook.model.dates import dates_in
from changebook.model.keys import shape_at
from changebook.naming.fields import prose
from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.readiness import readiness
from changebook.render import Renderer
from changebook.render.dated import dated
from changebook.render.timing import postponed_words
from changebook.search.index import Index
from changebook.since.records import as_told, records_in
from changebook.source.events import Steps
from changebook.views.announcement import announced
from changebook.views.downtime import binder
from conftest import GOOD, load
from test_gate import put

COMPLETE = GOOD / "complete-change.yaml"
NEAR = date(2027, 1, 19)
NOW = "2026-12-03 09:00"

WRITTEN = {
    "19 Jan": NEAR,
    "Jan 19": NEAR,
    "Jan. 19": NEAR,
    "19 January": NEAR,
    "19th of January": NEAR,
    "January 19th": NEAR,
    "January 19, 2027": NEAR,
    "January 19, 2028": date(2028, 1, 19),
    "19 Jan 2027": NEAR,
    "Tue 19 January": NEAR,
    "Tues 19 Jan": NEAR,
    "Tuesday, January 19": NEAR,
    "Tuesday,\nJanuary 19": NEAR,
    "Tuesday the 19th of January": NEAR,
    "January 19 (Tuesday)": NEAR,
    "January 19, a Tuesday": NEAR,
    "2027-01-19": NEAR,
    "Tue 2027-01-19": NEAR,
    "2027-01-19 (Tue)": NEAR,
    "31 Dec": date(2026, 12, 31),
    "May 4": date(2027, 5, 4),
    "29 Feb": date(2028, 2, 29),
}
LOOK_ALIKES = [
    "version 2.3 Dec",
    "port 4419",
    "v2027-01-19",
    "R4-2027-01-19",
    "build 2027-01-19.2",
    "2027-01-19T08:00:00Z",
    "https://vendor.example/2027-01-19/notes",
    "you may 5 times",
    "They march 3 abreast.",
    "She sat 19 exams.",
    "MAR 12",
    "the Dec 19:30 run",
    "Jan 19% of them",
    "Marching 3 Mayors",
    "Feb 30 people call",
    "the code `Mon 19 Jan`",
]
WRONG = {
    "Mon 19 Jan": "Mon 19 Jan",
    "Monday, January 19": "Monday, January 19",
    "January 19, 2027 (Mon)": "January 19, 2027 (Mon)",
    "Mon 2027-01-19": "Mon 2027-01-19",
    "Tue 30 Feb": "Tue 30 Feb",
    "from Tue 19 Jan to Wed 22 Jan": "Wed 22 Jan",
}
RIGHT = [
    "Mon\u2013Fri 19 Jan",  # of days of the week, not of that one
    "Tue 8 Dec 2030",  # at half past eight in the evening, on 8 Dec 2026
    "Thu 15 Jul",  # as far away as that of the year before, which was another weekday
    "Wed 15 Jul",
    "Sun 31 Jan 2027",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_date_is_found_however_it_is_written(text: str) -> None:
    (found,) = dates_in(f"It was so until {text}, and then not.", NEAR)
    assert found.text == text
    assert found.days[0] == WRITTEN[text]
    assert not found.wrong


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert list(dates_in(f"Say {text} now.", NEAR)) == []


def test_a_block_of_code_is_not_read() -> None:
    text = "Before.\n\n```\nMon 19 Jan\n```\n\nMon 20 Jan"
    assert [found.text for found in dates_in(text, NEAR)] == ["Mon 20 Jan"]


@pytest.mark.parametrize("text", WRONG)
def test_a_weekday_of_another_day_is_wrong(text: str) -> None:
    assert [found.text for found in dates_in(text, NEAR) if found.wrong] == [WRONG[text]]


@pytest.mark.parametrize("text", RIGHT)
def test_a_weekday_that_may_be_meant_is_right(text: str) -> None:
    assert not [found.text for found in dates_in(text, NEAR) if found.wrong]


def test_a_month_that_moved_with_its_weekday_left_behind_is_told_at_its_words(small: Path) -> None:
    record(small, {"window.start": "2027-02-16 21:00", "window.end": "2027-02-16 23:00", "queue_rules": None})
    text = (small / COMPLETE.name).read_text("utf-8")
    text = text.replace('"Record numbers stay."', '"Record numbers stay\n  after Tuesday, February 19, as before."')
    (small / COMPLETE.name).write_text(text, "utf-8")
    problems = [item for item in load(small, today="2027-02-17").problems if not item.gap]
    (problem,) = problems
    line = text.split("\n")[problem.line - 1]
    assert line[problem.column - 1 :].startswith("Tuesday, February 19")
    assert "write 'Friday, February 19'" in problem.message


def test_what_callers_said_is_not_judged(small: Path) -> None:
    record(small, {"playbooks[0].callers_say": ["they told me Monday, December 2"]})
    assert [item for item in load(small, today=NOW).problems if not item.gap] == []


@pytest.mark.slow
def test_every_text_says_the_times_of_its_window_wherever_it_is_shown(small: Path) -> None:
    whole = changed(small, lambda text: f"{text} ([go-live] and [go-live day] and [end])")
    change = whole.changes["complete-change"]
    blanks = [steps for steps, text in prose(change) if list(window_blanks(text))]
    assert blanks == []
    said = "(Wed 2 Dec, 21:00 CST and Wed 2 Dec and Wed 2 Dec, 23:00 CST)"
    assert change.sentence.endswith(said)
    shown = dict(pages(whole))
    assert len(shown) > 8
    assert said in shown["changes/complete-change/"]
    assert said in shown["changes/complete-change/playbooks/patient-not-found/"]
    mails = [version.whole for version in announced(whole, change).versions]
    assert all(said in mail for mail in mails)
    search = "".join(Index(whole).published().values())
    assert said in search
    everything = [*shown.values(), *mails, search, repr(binder(whole))]
    assert [text for text in everything for blank in OF_THE_WINDOW if blank in text] == []


def test_the_terminal_says_them_too(small: Path) -> None:
    record(small, {"sentence": "The score is shown since [go-live day].", "status": "stable", "postponed": None})
    shown = CliRunner().invoke(main, ["show", "complete-change", "--book", str(small), "--today", NOW])
    assert "The score is shown since Wed 2 Dec." in shown.output


def test_the_clock_of_the_book_counts_and_the_year_when_it_is_another(small: Path) -> None:
    record(small, {"window": {"start": "2027-07-06 21:00", "end": "2027-07-06 23:00"}, "unchanged": ["[end]"]})
    assert complete(small).unchanged == ("Tue 6 Jul 2027, 23:00 CDT",)


def test_a_link_and_code_keep_their_brackets(small: Path) -> None:
    text = "See [end](https://harbor.example), `[end]`, and\n\n```\n[go-live]\n```\n\n[end]."
    record(small, {"details": text})
    assert complete(small).details == text.replace("[end].", "Wed 2 Dec, 23:00 CST.")


def test_a_change_without_one_of_them_is_the_same_record(book: Book) -> None:
    change = book.changes["complete-change"]
    assert dated(change, book.now) is change


def test_what_changed_since_reads_the_past_as_pages_said_it() -> None:
    text = COMPLETE.read_text("utf-8").replace("Record numbers stay.", "They stay after [go-live day].")
    now = datetime.fromisoformat("2026-12-03T09:00-06:00")
    found = records_in("complete-change.yaml", text.encode(), now.tzinfo)  # type: ignore[arg-type]
    assert found
    change = as_told(found, now)["complete-change"]
    assert isinstance(change, Change)
    assert change.unchanged == ("They stay after Wed 2 Dec.",)


@pytest.mark.parametrize(
    ("blank", "meant"),
    [
        ("[golive]", "[go-live]"),
        ("[Go-live]", "[go-live]"),
        ("[go live day]", "[go-live day]"),
        ("[go-live date]", "[go-live day]"),
        ("[End]", "[end]"),
        ("[end time]", "[end]"),
    ],
)
def test_a_blank_that_is_nearly_one_is_told_which(blank: str, meant: str) -> None:
    assert meant_blank(f"From {blank} on.") == {blank: meant}


@pytest.mark.parametrize("blank", ["[send]", "[name]", "[end user]", "[time + 30 min]", "[clinic]", *OF_THE_WINDOW])
def test_another_blank_is_left_to_whoever_fills_it_in(blank: str) -> None:
    assert meant_blank(f"From {blank} on.") == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It works from Tue 24 Nov on.", True),
        ("It works from 11:00 on November 24.", True),
        ("It works from 2026-11-24 on.", True),
        ("It works from 24 Nov 2027 on.", False),
        ("It was postponed from Tue 24 Nov.", False),
        ("It works from 2 Dec, not on Tue 24 Nov.", False),
        ("It works from `2026-11-24` on.", False),
        ("It works from 2 Dec on.", False),
    ],
)
def test_the_day_of_a_former_window_is_a_gap(small: Path, text: str, named: bool) -> None:
    record(small, {"unchanged": [text]})
    loaded = load(small, today=NOW)
    assert loaded.book
    gaps = [gap for gap in readiness(loaded.book)["complete-change"].counted if gap.kind == "date-moved"]
    assert len(gaps) == named


def test_what_tells_of_the_past_may_name_the_former_day(small: Path) -> None:
    record(
        small,
        {
            "go_no_go.reason": "Held on Tue 24 Nov, since the index was late.",
            "rehearsals[0].next": "Since Tue 24 Nov they hear from us.",
            "postponed[0].why": "Nobody was there on Tue 24 Nov.",
            "visible[1].before": "Down until Tue 24 Nov",
        },
    )
    loaded = load(small, today=NOW)
    assert loaded.book
    assert not [gap for gap in readiness(loaded.book)["complete-change"].gaps if gap.kind == "date-moved"]


def test_the_last_day_of_a_former_window_counts_too(small: Path) -> None:
    window = {"start": "2026-12-02 21:00", "end": "2026-12-03 02:00"}
    record(small, {"status": "ready", "window": window, "unchanged": ["They stay until 25 Nov."]})
    loaded = load(small, today="2026-12-01 09:00")
    assert loaded.book
    assert [gap.kind for gap in readiness(loaded.book)["complete-change"].counted].count("date-moved") == 1


@pytest.mark.parametrize(
    ("former", "words"),
    [
        (["2026-12-08 21:00"], "Postponed from Tue 8 Dec"),
        (["2026-11-24 21:00", "2026-12-08 21:00"], "Postponed from Tue 24 Nov and from Tue 8 Dec"),
        (["2026-12-10 19:00"], "Postponed from Thu 10 Dec, 19:00"),
        (["2026-12-15 21:00"], "Moved up from Tue 15 Dec"),
    ],
)
def test_a_planned_change_says_from_when_it_was_moved(small: Path, former: list[str], words: str) -> None:
    entries = [{"from": start, "at": f"2026-11-{20 + at}"} for at, start in enumerate(former)]
    window = {"start": "2026-12-10 21:00", "end": "2026-12-10 23:00"}
    record(small, {"status": "ready", "window": window, "postponed": entries})
    loaded = load(small, today=NOW)
    assert loaded.book
    change = loaded.book.changes["complete-change"]
    assert postponed_words(change, loaded.book.now) == words
    shown = dict(pages(loaded.book))
    for address in ("changes/complete-change/", "changes/complete-change/release-note/"):
        assert words in shown[address]
    when = f"Thu 10 Dec, 21:00\u201323:00 CST ({words[0].lower()}{words[1:]})"
    for version in announced(loaded.book, change).versions:
        assert version.subject == f"Complete Change: {when}"
        assert when in version.mail


def test_a_change_in_phases_says_it_beside_the_phase_that_is_next(small: Path) -> None:
    phase = {"name": "All at once", "start": "2026-12-10 21:00", "end": "2026-12-10 23:00"}
    record(small, {"status": "ready", "window": None})
    with (small / COMPLETE.name).open("a", encoding="utf-8") as file:
        file.write(yaml.safe_dump({"phases": [phase]}, default_style='"'))
    loaded = load(small, today=NOW)
    assert loaded.book
    shown = " ".join(dict(pages(loaded.book))["changes/complete-change/"].split())
    day = '<small><a href="./calendar/2026-12/#day-2026-12-10">1 go-live on Thu 10 Dec</a>, '
    assert f"Postponed from Tue 24 Nov: The index was not built yet.</small>{day}" in shown


def test_a_change_without_a_new_date_says_so_on_its_hub(small: Path) -> None:
    record(small, {"status": "draft", "window": None, "go_no_go": None})
    loaded = load(small, today=NOW)
    assert loaded.book
    assert "Postponed from Tue 24 Nov; no new date yet." in dict(pages(loaded.book))["changes/complete-change/"]


def test_a_change_that_was_made_speaks_of_its_former_window_no_more(book: Book) -> None:
    assert postponed_words(book.changes["complete-change"], book.now) == ""


def record(small: Path, edits: dict[str, Any]) -> None:
    """Write the complete change into the small book, with `edits` by their places; None takes one out."""
    values: dict[str, Any] = yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader)
    for place, value in edits.items():
        put(values, steps_to(place), value)
    text = yaml.dump(values, Dumper=yaml.CSafeDumper, sort_keys=False, default_style='"', width=1000)
    (small / COMPLETE.name).write_text(text, "utf-8")


def steps_to(place: str) -> Steps:
    """Return the steps to a place as messages write it."""
    parts = place.replace("[", ".[").split(".")
    return tuple(int(part[1:-1]) if part.startswith("[") else part for part in parts)


def takes_brackets(steps: Steps) -> bool:
    """Return whether what is at `steps` may hold brackets: a title goes into page titles and holds none."""
    shape = shape_at(Change, tuple(step for step in steps if isinstance(step, str)))
    return bool(shape and shape.sentence)


def complete(small: Path) -> Change:
    loaded = load(small, today=NOW)
    assert loaded.book
    return loaded.book.changes["complete-change"]


def changed(small: Path, edit: Any) -> Book:
    """Return the small book with the complete change in which every sentence of its own is edited."""
    values: dict[str, Any] = yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader)
    (small / COMPLETE.name).write_text(COMPLETE.read_text("utf-8"), "utf-8")
    for steps, text in prose(complete(small)):
        if takes_brackets(steps):
            # A table ends where a line is empty.
            put(values, steps, edit(f"{text}\n\n" if steps == ("details",) else text))
    (small / COMPLETE.name).write_text(
        yaml.dump(values, Dumper=yaml.CSafeDumper, sort_keys=False, default_style='"', width=1000), "utf-8"
    )
    loaded = load(small, today=NOW)
    assert loaded.book
    assert loaded.book.changes, loaded.problems
    return loaded.book


def pages(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the address of every page and what it shows."""
    renderer = Renderer(book, lambda name: Markup(""))
    for page in pages_of(book):
        yield page.address, str(renderer.html(block_of(page, book), root="./"))


def test_no_date_in_the_sample_is_flagged_that_is_right(sample: Book) -> None:
    count = 0
    for change in sample.changes.values():
        near = change.window.start if change.window else sample.now
        found = [one for _, text in prose(change) for one in dates_in(text, near.date())]
        count += len(found)
        assert [one.text for one in found if one.wrong] == []
        assert all(abs(one.days[0] - near.date()) < timedelta(days=400) for one in found)
    assert count > 90
