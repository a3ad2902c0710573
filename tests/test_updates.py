"""What callers are told: the commands, what they leave alone in a file, and what each reader gets of it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markupsafe import Markup

from building import quick_program
from changebook.book import Book
from changebook.cli import main
from changebook.pages import blocks
from changebook.pages.blocks.now import NowBoard
from changebook.render import Block
from changebook.site.downtime import BinderFile
from changebook.site.now import screen_of
from changebook.views.downtime import binder
from changebook.views.now import going_on
from changebook.views.now_file import now_file, version_of
from changebook.views.updates import current_update, updates_of
from conftest import GOOD, load
from golden_texts import text_of

NAME, AT = "complete-change", "2026-12-03 09:00"
ASKED = ["--state", "identified", "--known", "--next", "30m"]


@pytest.fixture
def desk(small: Path) -> Path:
    """The small desk with the complete change."""
    text = (GOOD / f"{NAME}.yaml").read_text("utf-8")
    (small / f"{NAME}.yaml").write_text(text, encoding="utf-8")
    return small


def run(folder: Path, *arguments: str, at: str = AT) -> Result:
    return CliRunner().invoke(main, [*arguments, "--book", str(folder), "--today", at, "--yes"])


def book_in(folder: Path, at: str = AT) -> Book:
    loaded = load(folder, today=at)
    assert [str(found) for found in loaded.problems if not found.gap] == []
    assert loaded.book
    return loaded.book


LAYOUTS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "a comment at the end": lambda text: f"{text}# The desk's own words, please.\n",
    "an odd indent": lambda text: text.replace(
        "bridge: {channel: Bridge 900, lead: front-desk}\n",
        "bridge:\n     channel: Bridge 900\n     lead: front-desk\n",
    ),
    "a comment behind the key": lambda text: text.replace("updates:\n", "updates:   # oldest first\n"),
    "no updates yet": lambda text: text.partition("updates:\n")[0],
}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_update_adds_its_lines_and_every_other_byte_stays(desk: Path, layout: str) -> None:
    file = desk / f"{NAME}.yaml"
    before = LAYOUTS[layout](file.read_text("utf-8")).encode()
    file.write_bytes(before)
    done = run(desk, "update", NAME, "Search by number.", *ASKED, "--readers", "staff,partners")
    assert done.exit_code == 0, done.output
    after = file.read_bytes()
    kept = before.removesuffix(b"# The desk's own words, please.\n").rstrip(b"\r\n")
    assert after.startswith(kept)
    ends = (after.count(b"\r\n"), after.count(b"\n"))
    assert ends[0] == (ends[1] if layout == "CRLF" else 0)
    added = after.removeprefix(kept).decode()
    assert [line.strip().removeprefix("- ") for line in added.split("\n") if line.strip() and "#" not in line][-6:] == [
        "at: 2026-12-03 09:00",
        "state: identified",
        "text: Search by number.",
        "known: true",
        "next: 2026-12-03 09:30",
        "readers: [staff, partners]",
    ]


def test_of_updates_at_once_none_is_lost(desk: Path) -> None:
    words = [f"Word {number}." for number in range(4)]
    running = []
    for word in words:
        asked = [quick_program(), "update", NAME, word, *ASKED, "--today", AT, "--yes"]
        running.append(subprocess.Popen(asked, cwd=desk.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    assert [one.wait(timeout=120) for one in running] == [0] * len(words)
    said = [update.text for update in book_in(desk).changes[NAME].updates]
    assert sorted(said[2:]) == words


def test_an_edit_that_comes_between_is_kept_and_shown_again(desk: Path) -> None:
    file = desk / f"{NAME}.yaml"
    asked = [quick_program(), "update", NAME, "Mine.", *ASKED, "--today", AT]
    pipe = subprocess.PIPE
    with subprocess.Popen(asked, cwd=desk.parent, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        assert running.stdout
        assert running.stdout.readline().startswith("--- ")
        file.write_text(file.read_text("utf-8").replace("owner: interfaces", "owner: interfaces  # noted", 1), "utf-8")
        _, err = running.communicate("y\ny\n", timeout=120)
    assert "was changed in the meantime; this is the edit now:" in err
    assert running.returncode == 0
    text = file.read_text("utf-8")
    assert "owner: interfaces  # noted" in text
    assert text.count("Mine.") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--state", "investigating"], "add --next and --checking and --expect; or --known, if the cause is known"),
        (["--state", "investigating", "--next", "30m", "--expect", "A minute."], "add --checking; or --known"),
        (["--state", "monitoring", "--known"], "add --next"),
        (["--state", "monitoring", "--known", "--next", "soon"], "'soon' is not a duration"),
        (["--state", "monitoring", "--known", "--next", "30m", "--readers", "wards"], "no readers 'wards'"),
    ],
)
def test_an_update_without_what_callers_need_is_refused(desk: Path, options: list[str], said: str) -> None:
    before = (desk / f"{NAME}.yaml").read_bytes()
    done = run(desk, "update", NAME, "Slow.", *options)
    assert done.exit_code != 0
    assert said in done.output
    assert (desk / f"{NAME}.yaml").read_bytes() == before


def test_the_next_update_is_a_promise_that_can_be_kept(desk: Path) -> None:
    for said, options in {
        "900d is not within 7 days": ["--next", "900d"],
        "2026-12-03 08:30 has passed": ["--next", "30m", "--at", "08:00"],
    }.items():
        done = run(desk, "update", NAME, "Slow.", "--state", "identified", "--known", *options)
        assert (done.exit_code != 0, said in done.output) == (True, True), (said, done.output)
    done = run(desk, "outage", "far-lab", "down", "Nothing arrives.", "--next", "8d")
    assert (done.exit_code, "8d is not within 7 days" in done.output) == (2, True)


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_of_what_callers_do_not_notice_there_is_no_news(desk: Path, status: str) -> None:
    file = desk / f"{NAME}.yaml"
    file.write_text(file.read_text("utf-8").replace("status: live", f"status: {status}", 1), encoding="utf-8")
    done = run(desk, "update", NAME, "Slow.", *ASKED)
    assert (done.exit_code, f"is {status}: callers do not notice it" in done.output) == (1, True)


def test_gaps_do_not_stop_an_update(desk: Path) -> None:
    file = desk / f"{NAME}.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("  reason: All cases passed and both teams are on shift.\n", "", 1), encoding="utf-8")
    assert [found for found in load(desk, today=AT).problems if found.gap]
    assert run(desk, "update", NAME, "Slow.", *ASKED).exit_code == 0


@pytest.mark.parametrize("comment", ["", "# `changebook outage` writes here.\n"])
def test_an_outage_begins_changes_ends_and_begins_again(desk: Path, comment: str) -> None:
    # A new desk has a file with a comment and nothing else.
    file = desk / "desk" / "status.yaml"
    file.write_text(comment.removesuffix("\n"), encoding="utf-8") if comment else file.unlink()
    steps = [
        ("09:00", ["down", "Nothing arrives.", "--next", "1h", "--where", "North site"]),
        ("09:30", ["degraded", "Some arrive.", "--next", "30m"]),
        ("09:50", ["ok", "All arrive."]),
    ]
    for hour, said in steps:
        done = run(desk, "outage", "far-lab", *said, at=f"2026-12-03 {hour}")
        assert done.exit_code == 0, done.output
    book = book_in(desk, "2026-12-03 09:50")
    outage = book.desk.status["far-lab"]
    assert (outage.state, outage.says, outage.next_update) == ("ok", "All arrive.", None)
    assert [(word.state, word.says) for word in outage.earlier] == [
        ("down", "Nothing arrives."),
        ("degraded", "Some arrive."),
    ]
    assert [item.word.text for item in going_on(book).over] == ["All arrive."]
    assert [item.id for item in going_on(book).told] == [NAME]
    again = run(desk, "outage", "far-lab", "degraded", "Slow again.", "--next", "1h", at="2026-12-03 11:00")
    assert again.exit_code == 0, again.output
    assert file.read_text("utf-8") == (
        f"{comment}far-lab:\n  state: degraded\n  since: 2026-12-03 11:00\n"
        "  next_update: 2026-12-03 12:00\n  says: Slow again.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["far-lap", "down", "No.", "--next", "1h"], "no system or partner 'far-lap'; did you mean 'far-lab'?"),
        (["far-lab", "down", "No."], "add --next"),
        (["engine", "ok", "Fine."], "engine has no outage that could be over"),
    ],
)
def test_an_outage_that_cannot_be_is_refused(desk: Path, arguments: list[str], said: str) -> None:
    done = run(desk, "outage", *arguments)
    assert done.exit_code == 1
    assert said in done.output


def test_what_is_said_now_is_the_latest_word_for_its_reader(desk: Path) -> None:
    book = book_in(desk)
    change = book.changes[NAME]
    now = current_update(book, change)
    assert now
    assert (now.state, now.overdue) == ("identified", False)
    assert [word.state for word in updates_of(book, change, reader="staff")] == ["investigating"]
    late = replace(book, now=now.next.replace(hour=13)) if now.next else book
    assert [word.overdue for word in updates_of(late, change)] == [True, False]
    early = replace(book, now=change.updates[0].at.replace(hour=1))
    assert current_update(early, change) is None


def test_an_update_of_days_ago_is_no_time_to_come(harbor: Book) -> None:
    for time, said, next_one in (
        ("2026-12-03 09:00", "Next update 11:00", True),
        ("2026-12-04 09:00", "Update overdue since Thu 11:00", False),
        ("2026-12-15 12:00", "Update overdue since Thu 3 Dec, 11:00", False),
    ):
        book = replace(harbor, now=datetime.fromisoformat(time).replace(tzinfo=harbor.desk.settings.zone))
        for block in (blocks.now_strip(book), blocks.now_board(book), Block("screen", screen_of(book))):
            text = text_of(block, book)
            assert said in text
            assert ("Next update" in text.replace("Next update due", "")) is next_one
        assert ("Next update" in text_of(blocks.known_outages(book), book)) is next_one
        paper = BinderFile(binder(book), book.desk.settings, "", "", Markup(""), Markup(""), Markup(""))
        assert ("next update" in text_of(Block("downtime", paper), book)) is next_one


def test_the_file_is_small_and_its_version_changes_with_what_it_says(desk: Path) -> None:
    book = book_in(desk)
    quiet = book.changes[NAME].model_copy(update={"updates": ()})
    many = {name: quiet.model_copy(update={"id": name}) for name in (f"copy-{number}" for number in range(1000))}
    crowd = replace(book, changes={**many, NAME: book.changes[NAME]})
    assert len(now_file(crowd)) < 10_000
    assert json.loads(now_file(crowd))["more_changes"] == 993
    later = replace(book, now=book.now.replace(minute=1))
    assert version_of(later) == version_of(book)
    assert version_of(replace(book, changes={})) != version_of(book)


@pytest.mark.parametrize(("decision", "made"), [("pending", False), ("hold", True)])
def test_programs_read_when_a_decision_was_made_and_when_one_is_due(desk: Path, decision: str, made: bool) -> None:
    book = book_in(desk)
    change = book.changes[NAME]
    assert change.go_no_go
    said = change.go_no_go.model_copy(update={"decision": decision})
    book = replace(book, changes={NAME: change.model_copy(update={"go_no_go": said})})
    at, facts = "2026-12-02T19:00-06:00", json.loads(now_file(book))["changes"][0]
    assert (facts["decision_due"], facts["decided_at"]) == ((None, at) if made else (at, None))


@pytest.mark.parametrize(
    ("working", "said"),
    [(0, "No systems or partners yet."), (1, "1 has no known outage"), (2, "2 have no known outage")],
)
def test_a_desk_without_interfaces_does_not_count_them(harbor: Book, working: int, said: str) -> None:
    now = replace(going_on(harbor), told=[], working=working)
    text = text_of(Block("now", NowBoard(now, "")), harbor)
    part = text.partition("Interfaces and partners")[2].partition("Timeline")[0]
    assert said in part
    assert "0 have" not in part
