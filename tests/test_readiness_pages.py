"""The readiness board, the readiness sheet of a change and its countdown show what the record proves, and no more."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from browsing import open_page, put_back
from changebook.book import Book
from changebook.model import Change
from changebook.model.change import Window
from changebook.model.status import OPEN
from changebook.names import anchor, change_address
from changebook.pages.blocks import next_changes, readiness_board, readiness_sheet
from changebook.readiness import CHECKPOINTS, readiness
from changebook.render import Block, Renderer
from changebook.render.icons import icon
from changebook.views.assets import assets
from changebook.views.board import SHOWN, Tally, board_page
from changebook.views.checklist import checklist, meter_of
from changebook.views.due import due_of
from changebook.views.gaps import IN_WORDS, OWNER_SHOWN, gap_lines, owed
from changebook.views.milestones import countdown
from changebook.views.sheet import sheet_page
from conftest import ROOT, THOUSAND, tags
from golden_texts import book as golden_book
from paper import printed, text_of

COMPLETE = "complete-change"


def altered(book: Book, **update: Any) -> Book:
    """Return the small desk with the complete change only, some of its sections replaced."""
    return replace(book, changes={COMPLETE: book.changes[COMPLETE].model_copy(update=update)})


def moved(book: Book, window: datetime, **update: Any) -> Book:
    """Return the small desk with the complete change as a draft whose window starts at another time."""
    return altered(book, **{"status": "draft", "window": span(book, window), "board": None, **update})


def span(book: Book, start: datetime) -> Window:
    """Return a window of two hours."""
    window = complete(book).window
    assert window
    return window.model_copy(update={"start": start, "end": start + timedelta(hours=2)})


def complete(book: Book) -> Change:
    return book.changes[COMPLETE]


def html(book: Book, block: Block) -> str:
    return Renderer(book, icon).html(block, root="./")


def told(book: Book) -> dict[str, list[tuple[str, str]]]:
    """Return the countdown of the complete change: under each label what belongs to the day, and how far it is."""
    return {
        day.label: [(item.what, item.progress) for item in day.milestones] for day in countdown(book, complete(book))
    }


# When something is due


def test_known_errors_that_are_fixed_are_told_as_fixed() -> None:
    book = golden_book()
    change = book.changes["lab-codes-r5"]
    fixed = tuple(error.model_copy(update={"state": "fixed"}) for error in change.known_errors)

    def said(errors: tuple[Any, ...]) -> str:
        lines = checklist(book, change.model_copy(update={"known_errors": errors}))
        return next(line.evidence for line in lines if "known errors" in line.evidence)

    assert said(fixed).startswith("No open known errors; 1 fixed; 1 playbook")
    assert said(()).startswith("No known errors; 1 playbook")


@pytest.mark.parametrize(
    ("moment", "late", "words"),
    [
        ("2026-12-02 08:59", True, "1 day late"),
        ("2026-12-03 06:30", True, "2 hours late"),
        ("2026-12-03 09:00", False, "Due now"),
        ("2026-12-03 15:00", False, "Due today 15:00"),
        ("2026-12-09 15:00", False, "Due Wed 9 Dec, 15:00 CST"),
    ],
)
def test_a_badge_says_when_something_is_due(book: Book, moment: str, late: bool, words: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=book.now.tzinfo)
    due = due_of(at, book.now)
    assert (due.late, due.words, due.since) == (late, words, at if late else None)


def test_a_draft_without_a_date_has_time(book: Book) -> None:
    undated = altered(book, status="draft", window=None, board=None, rollback=None, unchanged=())
    lines = gap_lines(undated, complete(undated), gaps=readiness(undated)[COMPLETE].gaps)
    assert {line.due.words for line in lines} == {"No date yet"}


# What a gap says


def test_a_gap_names_the_field_and_then_what_to_write(book: Book) -> None:
    rollback = complete(book).rollback
    assert rollback
    without = altered(book, rollback=rollback.model_copy(update={"criteria": ()}))
    (line,) = gap_lines(without, complete(without), gaps=readiness(without)[COMPLETE].gaps)
    assert (line.field, line.closer.name) == ("rollback.criteria", "Interfaces")
    assert line.said == "Rollback: nothing is written here; name the counts and times that stop the change."
    assert line.address == "changes/complete-change/readiness/#rollback-criteria"


def test_a_missing_section_is_the_field_and_its_reason_is_given(book: Book) -> None:
    without = altered(book, unchanged=())
    (line,) = gap_lines(without, complete(without), gaps=readiness(without)[COMPLETE].gaps)
    assert (line.field, line.said) == (
        "unchanged",
        "What stays: missing; add this section. People fear the rest changed too.",
    )


def test_a_gap_still_tells_that_its_waiver_has_ended(book: Book) -> None:
    update = {"gap": "section-missing/unchanged", "expires": date(2026, 12, 1)}
    past = complete(book).waivers[0].model_copy(update=update)
    ended = altered(book, unchanged=(), waivers=(past,))
    (line,) = gap_lines(ended, complete(ended), gaps=readiness(ended)[COMPLETE].gaps)
    assert line.said.endswith("changed too. Its waiver by Front Desk ended on Tue 1 Dec.")
    assert [(item.gap, item.ended) for item in sheet_page(ended, complete(ended)).waivers] == [(past.gap, True)]
    page = html(ended, readiness_sheet(ended, COMPLETE))
    assert "Ended Tue 1 Dec" in page
    assert page.count("Its waiver by Front Desk ended on Tue 1 Dec.") == 2


def test_no_gap_on_a_page_has_a_team_by_its_id_or_a_day_in_figures() -> None:
    golden = golden_book()
    said = [line.said for item in owed(golden) for line in item.lines]
    assert any("Its waiver by " in words for words in said)
    ids = "|".join((*golden.desk.teams, *golden.desk.groups, *golden.desk.partners))
    assert [words for words in said if re.search(rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|'(?:{ids})'", words)] == []


# The gaps of each team


def test_a_team_reads_its_late_gaps_first(harbor: Book) -> None:
    for team in owed(harbor):
        late = [line.due.late for line in team.lines]
        assert late == sorted(late, reverse=True)
        assert {line.closer.id for line in team.lines} == {team.team.id}
    assert [bool(team.late) for team in owed(harbor)] == sorted(
        (bool(team.late) for team in owed(harbor)), reverse=True
    )


def test_every_open_gap_is_owed_by_one_team(harbor: Book) -> None:
    # What a team owes for one emergency is one line.
    gaps = sum(len(found.gaps) + len({gap.closer for gap in found.owed}) for found in readiness(harbor).values())
    assert sum(len(team.lines) + team.more for team in owed(harbor)) == gaps > 0


def test_a_long_list_of_a_team_is_cut_and_says_so(book: Book) -> None:
    one = complete(book).model_copy(update={"unchanged": ()})
    many = replace(book, changes={f"c-{n}": one.model_copy(update={"id": f"c-{n}"}) for n in range(OWNER_SHOWN + 5)})
    (team,) = [team for team in owed(many) if team.team.id == "interfaces"]
    assert len(team.lines) == OWNER_SHOWN
    assert f"And {team.more} more, on each change's readiness page." in html(many, readiness_board(many))


def test_a_book_without_gaps_says_so(book: Book) -> None:
    assert owed(book) == []
    assert "No gaps." in html(book, readiness_board(book))
    assert '<span class="cb-section__note">No gaps</span>' in html(book, readiness_sheet(book, COMPLETE))


# The board


def test_planned_changes_stand_by_their_deadline_and_those_in_use_after_them(book: Book) -> None:
    now, one = book.now, complete(book)

    def at(name: str, days: int | None, status: str = "draft") -> Change:
        window = span(book, now + timedelta(days=days)) if days is not None else None
        return one.model_copy(update={"id": name, "status": status, "window": window, "board": None})

    changes = (
        at("never", None),
        at("later", 20),
        at("old", -9, "stable"),
        at("soon", 6, "ready"),
        at("new", -1, "live"),
    )
    board = board_page(replace(book, changes={change.id: change for change in changes}))
    assert [row.change.id for row in board.planned.shown] == ["soon", "later", "never"]
    assert [row.change.id for row in board.settled.shown] == ["new", "old"]


def test_a_change_with_gaps_stands_before_others_in_use(book: Book) -> None:
    one = complete(book)
    gappy = one.model_copy(update={"status": "stable", "unchanged": ()})
    # Live, newer, and nothing that its kind asks for is missing.
    bare = {"id": "bare", "kind": "quiet-change", "contract": (), "playbooks": (), "watch": (), "queue_rules": ()}
    whole = one.model_copy(update={**bare, "tests": (), "window": span(book, book.now - timedelta(hours=3))})
    board = board_page(replace(book, changes={"bare": whole, COMPLETE: gappy}))
    assert [(row.change.id, row.due is None) for row in board.settled.shown] == [(COMPLETE, False), ("bare", True)]


def test_a_thousand_stable_changes_are_a_few_rows_and_a_fold(book: Book) -> None:
    one = complete(book)
    many = {f"c-{n}": one.model_copy(update={"id": f"c-{n}", "status": "stable"}) for n in range(THOUSAND)}
    crowded = replace(book, changes=many)
    first, _, rest = html(crowded, readiness_board(crowded)).partition("<details")
    assert first.count("<tr data-cb-is=") == SHOWN
    assert "Show all 1,000" in rest
    assert rest.count("<tr data-cb-is=") == THOUSAND - SHOWN


def test_a_row_has_the_seven_checkpoints_as_icon_and_word(harbor: Book) -> None:
    board = board_page(harbor)
    assert board.checkpoints == tuple(CHECKPOINTS)
    page = html(harbor, readiness_board(harbor))
    for row in (*board.planned.shown, *board.settled.shown):
        cells = page.partition(f'{row.address}">{row.change.name}</a>')[2].partition("</tr>")[0]
        shown = re.findall(r'data-h="([^"]+)"><(a|span) class="cb-cell[^>]*>(<svg.*?</svg>)(.*?)</\2>', cells)
        assert [name for name, *_ in shown] == list(CHECKPOINTS)
        assert [word.partition("<")[0] for *_, word in shown] == [cell.line.words for cell in row.cells]
        # Only a gap leads on: to its line of the checklist.
        assert [tag == "a" for _, tag, *_ in shown] == [cell.line.state == "gap" for cell in row.cells]


def test_a_late_row_says_by_how_much_and_one_that_is_due_today_until_when(book: Book) -> None:
    late = moved(book, book.now + timedelta(days=1), rollback=None, unchanged=())
    (row,) = board_page(late).planned.shown
    assert row.due
    assert (row.due.late, row.due.words) == (True, "1 day late")
    today = moved(book, book.now + timedelta(days=2, hours=3), announcement=None, unchanged=())
    (row,) = board_page(today).planned.shown
    assert row.due
    assert row.due.words == "Due today 12:00"


def test_a_claim_and_the_word_of_the_gate_are_beside_each_other(book: Book) -> None:
    late = moved(book, book.now + timedelta(days=1), status="ready", rollback=None, unchanged=())
    page = html(late, readiness_board(late))
    (gate,) = re.findall(r'<td data-h="Gate">(.*?)</td>', page)
    words = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", gate).split()
    assert " ".join(words) == "Ready 2 gaps, 1 day late"
    # Where the gate's word is not beside it, the claim carries it.
    assert "Ready, 2 gaps" in html(late, next_changes(late))


def test_the_board_has_no_field_path_and_no_name_of_a_gap(harbor: Book) -> None:
    page = html(harbor, readiness_board(harbor))
    lines = [line for team in owed(harbor) for line in team.lines]
    assert lines
    assert not [line.gap.name for line in lines if "/" in line.gap.name and line.gap.name in page]
    assert "<code>" not in page


def test_a_row_without_gaps_has_no_badge(book: Book) -> None:
    board = board_page(book)
    assert [row.due for row in board.settled.shown if row.change.id == COMPLETE] == [None]


def test_the_tally_is_what_a_count_by_hand_gives(sample: Book) -> None:
    assert board_page(sample).tally == Tally(ready=6, with_gaps=3, late=2, gaps=8, waived=2, owed=13)


def test_a_late_change_of_the_next_days_carries_the_badge(book: Book) -> None:
    late = moved(book, book.now + timedelta(days=1), unchanged=())
    assert "Readiness 1 day late, 3 gaps" in html(late, next_changes(late))
    assert "cb-due--late" not in html(book, next_changes(book))


# The sheet


def test_the_checklist_has_exactly_the_seven_lines(harbor: Book, harbor_site: Path) -> None:
    for change in harbor.changes.values():
        file = harbor_site / change_address(change.id, "readiness") / "index.html"
        has_page = file.is_file() and "This page has moved" not in file.read_text("utf-8")
        assert has_page == bool(change.status in OPEN or change.tests or change.rehearsals), change.id
        if change.status in OPEN:
            table = file.read_text("utf-8").partition("cb-checklist")[2].partition("</table>")[0]
            assert [found["id"] for tag, found in tags(table) if tag == "tr" and "id" in found] == [
                anchor(name) for name in CHECKPOINTS
            ]


def test_a_line_says_who_closes_it_and_by_when(book: Book) -> None:
    rollback = complete(book).rollback
    assert rollback
    broken = altered(book, rollback=rollback.model_copy(update={"steps": ()}))
    page = html(broken, readiness_sheet(broken, COMPLETE))
    line = page.partition('id="rollback-criteria"')[2].partition("</tr>")[0]
    for part in (
        "1 gap",
        "1 criterion, Interfaces decides",
        "write how to roll it back",
        "Interfaces",
        "Late, was due Thu 26 Nov",
    ):
        assert part in line
    assert "Nothing yet" not in line


def test_names_of_fields_and_gaps_are_folded_away(harbor: Book, harbor_site: Path) -> None:
    named = 0
    for change in harbor.changes.values():
        file = harbor_site / change_address(change.id, "readiness") / "index.html"
        html = file.read_text("utf-8") if file.is_file() else ""
        open_still = re.sub(r"<details.*?</details>", "", html, flags=re.S)
        for gap in (*readiness(harbor)[change.id].gaps, *readiness(harbor)[change.id].waiting):
            named += f"<code>{escape(gap.name)}</code>" in html
            assert f">{escape(gap.name)}<" not in open_still, (change.id, gap.name)
        assert not [waiver.gap for waiver in change.waivers if f">{escape(waiver.gap)}<" in open_still], change.id
    assert named > 10


@pytest.mark.parametrize("status", ["closed", "rolled-back", "cancelled"])
def test_the_readiness_page_of_a_settled_change_tells_of_the_past(book: Book, status: str) -> None:
    over = altered(book, status=status, queue_rules=())
    page = html(over, readiness_sheet(over, COMPLETE))
    closed = "Closed Thu 3 Dec. " if status == "closed" else ""
    assert f">{closed}Nothing more is due. This is what was tested and rehearsed." in page
    assert 'id="tests"' in page
    assert 'id="rehearsals"' in page
    for due in ('id="checklist"', 'id="countdown"', 'id="waived"', "Not due"):
        assert due not in page


def test_a_checkpoint_that_the_record_does_not_prove_is_not_ticked(book: Book) -> None:
    bare = altered(book, rollback=None)
    states = {line.checkpoint: line.state for line in checklist(bare, complete(bare))}
    assert states["Rollback criteria"] == "unneeded"
    line = html(bare, readiness_sheet(bare, COMPLETE)).partition('id="rollback-criteria"')[2].partition("</tr>")[0]
    assert "Not needed" in line
    assert "Met" not in line


def test_what_is_not_due_yet_is_on_the_line_of_its_checkpoint(book: Book) -> None:
    decision = complete(book).go_no_go
    assert decision
    start = book.now + timedelta(days=5)
    pending = decision.model_copy(update={"decision": "pending", "reason": None, "at": start - timedelta(hours=2)})
    planned = moved(book, start, status="ready", go_no_go=pending, revised=None)
    lines = {item.line.checkpoint: item for item in sheet_page(planned, complete(planned)).lines}
    (coming,) = lines["Go/no-go checkpoint"].open
    assert lines["Go/no-go checkpoint"].line.state == "waiting"
    assert (coming.gap.name, coming.due.words) == ("decision-pending", "Due Tue 8 Dec, 07:00 CST")
    assert lines["Go/no-go checkpoint"].line.words == "Not due"
    # What is due later today is not called "not due".
    soon = pending.model_copy(update={"at": book.now + timedelta(minutes=5)})
    tonight = moved(book, start, status="ready", go_no_go=soon, revised=None)
    lines = {item.line.checkpoint: item for item in sheet_page(tonight, complete(tonight)).lines}
    assert lines["Go/no-go checkpoint"].line.words == "Due today"


def test_a_waiver_shows_its_reason_its_approver_and_its_last_day(book: Book) -> None:
    page = html(book, readiness_sheet(book, COMPLETE))
    waiver = page.partition('id="waived"')[2].partition("</section>")[0]
    for part in (
        "No longer open; delete the waiver.",
        "Nurses were asked on their ward",
        "Accepted by Front Desk",
        "Until Sun 20 Dec",
    ):
        assert part in waiver


@pytest.mark.parametrize("status", ["closed", "rolled-back", "cancelled"])
def test_a_change_with_nothing_left_to_do_has_no_checklist(book: Book, status: str) -> None:
    # What a closed change lacks is still a gap; nobody asks that of one that was given up.
    lacks: dict[str, Any] = {"queue_rules": ()} if status == "closed" else {"unchanged": ()}
    over = altered(book, status=status, tests=(), rehearsals=(), **lacks)
    assert meter_of(over, complete(over)) is None
    assert "Readiness" not in [asset.name for asset in assets(over, complete(over))]
    page = html(over, readiness_sheet(over, COMPLETE))
    assert "Nothing more is due." in page
    assert "Met" not in page


# The meter


def test_the_meter_has_seven_pips_and_words_without_a_percentage(book: Book, harbor: Book) -> None:
    for change in (change for change in harbor.changes.values() if change.status in OPEN):
        meter = meter_of(harbor, change)
        assert meter
        assert len(meter.states) == 7
    meter = meter_of(altered(book, unchanged=(), rollback=None), complete(altered(book, unchanged=(), rollback=None)))
    assert meter
    assert meter.words == "1 gap, late"


def test_the_checklist_of_a_late_draft_says_what_its_record_shows(sample: Book) -> None:
    lines = checklist(sample, sample.change("adt-mapping-2026-4"))
    assert [line.state for line in lines] == ["met", "met", "met", "waiting", "gap", "met", "gap"]
    evidence = {line.checkpoint: line.evidence for line in lines}
    assert evidence["Test evidence"] == "2 of 3 cases passed"
    assert evidence["Rollback criteria"] == "2 criteria, 4 steps, Integration Operations decides"
    decided = "To be decided by Integration Operations, Thu 10 Dec, 04:30 CST; privacy reviewed Tue 24 Nov"
    assert evidence["Go/no-go checkpoint"] == decided
    live = {line.checkpoint: line.evidence for line in checklist(sample, sample.change("fhir-patient-lookup-r4"))}
    assert live["Go/no-go checkpoint"].startswith("Go, decided by ")


def test_the_meter_of_a_change_without_gaps_says_what_is_left(book: Book) -> None:
    whole = altered(book, waivers=())
    meter = meter_of(whole, complete(whole))
    assert meter
    assert meter.words == "All done"


def test_the_hub_of_an_open_change_shows_the_meter_and_the_way_to_the_sheet(harbor: Book, harbor_site: Path) -> None:
    for change in harbor.changes.values():
        page = (harbor_site / change_address(change.id) / "index.html").read_text("utf-8")
        facts = page.partition("<dl")[2].partition("</dl>")[0]
        meter = meter_of(harbor, change)
        assert ("cb-meter" in facts) == bool(meter), change.id
        if meter:
            assert meter.words in facts
            assert len(re.findall(r"<i[ >]", facts)) == 7
            assert change_address(change.id, "readiness") in facts


# The countdown


def test_the_countdown_follows_from_the_record(book: Book) -> None:
    assert told(book) == {
        "T-8": [("Rehearsed: No score beside the name", "done")],
        "T-7": [("Desk briefing", "done")],
        "T-6": [("Readiness for the change advisory board", "done")],
        "T": [
            ("Go/no-go, Interfaces decided: hold", "done"),
            ("Go/no-go, Interfaces decided: go", "done"),
            ("Go-live, until 23:00", "done"),
            ("Queue rule starts: Tickets about the search", "done"),
            ("All 1 support tests passed in production (due Thu 3 Dec, 23:00 CST)", "done"),
        ],
        "T+1": [],
    }


def test_today_is_marked_even_when_nothing_is_due(book: Book) -> None:
    planned = moved(book, book.now + timedelta(days=6))
    (today,) = [day for day in countdown(planned, complete(planned)) if day.today]
    assert (today.day, today.label, today.milestones) == (date(2026, 12, 3), "T-6", [])
    page = html(planned, readiness_sheet(planned, COMPLETE))
    assert page.count('aria-current="date"') == 1
    assert "Thu 3 Dec, today" in page
    assert "Nothing is due" in page


def test_days_beyond_the_countdown_are_left_out(book: Book) -> None:
    planned = moved(book, book.now + timedelta(days=11), rehearsals=(), briefing=None, review_by=None)
    assert not any(day.today for day in countdown(planned, complete(planned)))
    labels = [day.label for day in countdown(planned, complete(planned))]
    assert labels
    assert all(-10 <= int(label.removeprefix("T") or 0) <= 5 for label in labels)


def test_a_change_without_a_window_counts_down_to_nothing(book: Book) -> None:
    undated = altered(book, status="draft", window=None, board=None)
    assert countdown(undated, complete(undated)) == []
    assert "No window yet" in html(undated, readiness_sheet(undated, COMPLETE))


@pytest.mark.parametrize(("days", "shown"), [(10, True), (11, False)])
def test_a_partners_notice_is_in_the_countdown_when_it_falls_into_it(book: Book, days: int, shown: bool) -> None:
    far = book.desk.partners["far-labs"].model_copy(update={"notice": timedelta(days=days)})
    near = moved(
        replace(book, desk=replace(book.desk, partners={"far-labs": far})),
        book.now + timedelta(days=9),
        told=(),
    )
    found = [item for items in told(near).values() for item in items if "Far Labs" in item[0]]
    assert found == ([(f"Notice to Far Labs, {days} days ahead", "late")] if shown else [])


def test_what_has_passed_without_being_done_is_late(book: Book) -> None:
    change = complete(book)
    assert change.briefing
    assert change.go_no_go
    assert change.window
    open_rule = change.queue_rules[0].model_copy(update={"removed": None, "ends": change.window.end})
    undone = altered(
        book,
        status="ready",
        briefing=change.briefing.model_copy(update={"attended": ()}),
        go_no_go=change.go_no_go.model_copy(update={"decision": "pending"}),
        queue_rules=(open_rule,),
        rollback=change.rollback and change.rollback.model_copy(update={"steps": ()}),
        review_by=date(2026, 12, 2),
    )
    late = {what for items in told(undone).values() for what, progress in items if progress == "late"}
    assert late >= {
        "Desk briefing",
        "Go/no-go, Interfaces decides",
        "Go-live, until 23:00",
        "Queue rule ends: Tickets about the search",
        "Readiness for the change advisory board: 2 gaps open",  # the rollback and the briefing
        "Pages due for review",
    }


def test_a_review_is_not_late_on_its_day(book: Book) -> None:
    today = altered(book, review_by=book.now.date())
    assert ("Pages due for review", "due") in told(today)["T+1"]


def test_a_failed_run_is_not_ticked_until_a_later_one_of_the_day_has_passed(book: Book) -> None:
    (test,) = complete(book).tests
    failed = test.runs[2].model_copy(update={"result": "failed"})
    again = failed.model_copy(update={"result": "passed", "at": failed.at + timedelta(minutes=9)})
    once = altered(book, tests=(test.model_copy(update={"runs": (*test.runs[:2], failed)}),))
    assert told(once)["T+1"] == [("1 of 1 support tests still to pass in production", "failed")]
    twice = altered(book, tests=(test.model_copy(update={"runs": (*test.runs[:2], failed, again)}),))
    assert told(twice)["T"][-1] == ("All 1 support tests passed in production (due Thu 3 Dec, 23:00 CST)", "done")


# On paper


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_checklist_is_whole_on_the_first_page_of_paper(
    chromium: Browser, address: str, sample: Book, paper: str
) -> None:
    page, _ = open_page(chromium, address)
    for change in (change for change in sample.changes.values() if change.status in OPEN):
        page.goto(address + change_address(change.id, "readiness"))
        page.add_style_tag(content=f"@page {{ size: {paper}; }}")
        sheets = printed(page)
        first = text_of(sheets[0])
        assert all(name in first for name in CHECKPOINTS), change.id
        assert len(sheets) <= 2, change.id
    put_back(page)


def test_the_script_is_on_paper_when_its_button_asks_for_it(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}changes/fhir-patient-lookup-r4/readiness/")
    page.evaluate("() => { window.print = () => {}; }")
    script, runs = page.locator("#script table"), page.get_by_text("Earlier and failed runs (2)")
    page.emulate_media(media="print")
    assert script.is_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print the script").click()
    page.emulate_media(media="print")
    assert script.is_visible()
    assert runs.is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert script.is_hidden()
    put_back(page)


def test_pages_say_in_words_what_the_terminal_calls_by_its_key() -> None:
    golden = golden_book()
    files = (ROOT / "macros" / "changebook" / "readiness").glob("*.py")
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    said = [text for text in texts if isinstance(text, str) and "\n" not in text]
    # A quoted word is a key, or a value of one; a pattern is neither.
    quoted = [text for text in said if re.search(r"'[a-z_]+'", text)]
    assert len(quoted) > 5
    for text in quoted:
        shown = text
        for keys, words in IN_WORDS:
            shown = shown.replace(keys, words)
        assert not re.search(r"'[a-z_]+'", shown), text
    # None is left from a message that has another wording by now.
    assert [keys for keys, _words in IN_WORDS if not any(keys in text for text in said)] == []
    lines = [
        line
        for change in golden.changes.values()
        for line in gap_lines(golden, change, gaps=readiness(golden)[change.id].gaps)
    ]
    late = "Status: still a draft; close its gaps and mark it ready, or move its dates."
    assert [line.said for line in lines if line.gap.name == "late"] == [late]
    assert [line.gap.said for line in lines if line.gap.name == "late"] == [
        "still a draft; close its gaps and write 'ready', or move its dates"
    ]
