"""Five changes from `new` to `closed`: status and evidence by command, and how much somebody types by hand."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.cli import main
from changebook.model import Change
from conftest import GOOD, SAMPLE, load
from test_urgency import NIGHT_FIX

MARK = "  # not yet read"


@dataclass
class Walk:
    """The way of a change through its statuses: its commands, the lines typed by hand, and what the commands took."""

    book: Path
    name: str
    commands: int = 0
    typed: int = 0
    seconds: float = 0
    statuses: list[str] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """The file of its record."""
        return self.book / f"{self.name.lower().replace(' ', '-')}.yaml"

    def do(self, command: str, *arguments: str, at: str = "") -> None:
        """Run a command as somebody who says yes, at a time; it must be done."""
        given = ["--today", at] if at else []
        begun = time.perf_counter()
        done = CliRunner().invoke(main, [command, self.name, *arguments, *given, "--yes", "--book", str(self.book)])
        self.seconds += time.perf_counter() - begun
        self.commands += 1
        assert done.exit_code == 0, (command, done.output)
        status = re.findall(r"^status: (\S+)", self.file.read_text("utf-8"), re.M)[0]
        if self.statuses[-1:] != [status]:
            self.statuses.append(status)

    def refused(self, command: str, *arguments: str, at: str) -> str:
        """Return what is said when a command is refused."""
        line = [command, self.name, *arguments, "--today", at, "--yes", "--book", str(self.book)]
        done = CliRunner().invoke(main, line)
        assert done.exit_code == 1, done.output
        return done.output

    def write(self, text: str) -> None:
        """Let the record be `text`, and count the lines that are new or other, without those that are blank."""
        old = Counter(line.removesuffix(MARK) for line in self.file.read_text("utf-8").splitlines())
        new = Counter(line.removesuffix(MARK) for line in text.splitlines() if line.strip())
        self.typed += (new - old).total()
        self.file.write_text(text, encoding="utf-8")

    def edit(self, edits: dict[str, str]) -> None:
        """Type over texts, each of which is there once."""
        text = self.file.read_text("utf-8")
        for old, new in edits.items():
            assert text.count(old) == 1, (old, text)
            text = text.replace(old, new)
        self.write(text)

    def closed(self, way: str) -> Change:
        """Return the change, which is closed and has neither problem nor gap; print what its way took."""
        loaded = load(self.book, today="2027-06-01 09:00")
        assert [str(found) for found in loaded.problems if found.path.name == self.file.name] == []
        assert loaded.book
        assert self.statuses == ["draft", "ready", "live", "stable", "closed"]
        print(f"{way}: {self.typed} lines typed, {self.commands} commands in {self.seconds:.1f} s")
        return loaded.book.changes[self.file.stem]


# What commands write, or what is not so yet.
NOT_TYPED = {
    **{
        "stable: 2026-12-03\n": "",
        "closed: 2026-12-03\n": "",
        "repeats: complete-change\n": "",
        "revised: 2026-11-16\n": "",
    },
    "kind: fhir-resource-update": "kind: whole-change",
    "status: live": "status: draft",
    "postponed:\n  - {from: 2026-11-24 21:00, at: 2026-11-09, why: The index was not built yet.}\n": "",
    "told:\n  - {partner: far-labs, at: 2026-11-10 09:30, how: Mail to its desk}\n": "",
    "  recording: https://media.tealvalley.example/briefings/complete-change\n": "",
    "  attended: [front-desk, interfaces]\n": "",
    "    removed: 2026-12-18\n": "",
    "    folded: [keywords]\n    dropped: Nobody asked about the score after the first day.\n": "",
    "decision: go\n": "decision: pending\n",
    "  reason: All cases passed and both teams are on shift.\n": "",
    "old_until: 2027-01-31": "old_until: 2027-06-30",
}
EXPEDITED_LATER = ("board", "rehearsals", "briefing")


def written(name: str, *, without: tuple[str, ...] = ()) -> str:
    """Return what the author of a change writes: the complete record without what commands add, and `without` keys."""
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    for old, new in NOT_TYPED.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    text = re.sub(r"^    runs:\n(?:      .*\n)+", "", text, flags=re.M)
    for key in ("waivers", "updates", "retrospective", *without):
        text = section(text, key)[1]
    return text.replace("Complete Change", name)


def section(text: str, key: str) -> tuple[str, str]:
    """Return the section `key` of a record, and the record without it."""
    found = re.search(rf"^{key}:.*\n(?:  .*\n)*", text, flags=re.M)
    assert found, key
    return found[0], text.replace(found[0], "")


RECORDING = "https://media.tealvalley.example/briefings/9"


def got_ready(walk: Walk) -> None:
    """Start a planned change, write it, and have everything done that is due before its board."""
    walk.do("new", "--kind", "whole-change", "--owner", "interfaces")
    walk.write(written(walk.name))
    walk.do("told", "far-labs", "--how", "Mail to its desk", at="2026-11-10 09:30")
    walk.do("ran", "nobody-found", "pass", "--evidence", "RUN-2", "--found-in", "70s", at="2026-11-19 10:00")
    assert "nobody is listed as attending" in walk.refused("ready", at="2026-11-26 12:00")
    walk.do("briefed", "--recording", RECORDING, "--attended", "front-desk,interfaces", at="2026-11-25 11:00")
    walk.do("ready", at="2026-11-26 12:00")


def launched(walk: Walk, day: str, *, at: str = "19:05") -> None:
    """Have a change decided and made on `day`, and tested in production."""
    walk.do("decide", "go", "All cases passed and both teams are on shift.", "--at", at, at=f"{day} 19:10")
    walk.do("live", at=f"{day} 21:10")
    walk.do("ran", "nobody-found", "pass", "--evidence", "RUN-3", "--found-in", "80s", at=f"{day} 23:30")


def settled(walk: Walk, *, stable: str, closed: str) -> None:
    """Have a change that is live settled and closed; its queue rule is removed, its retrospective written and its
    playbook decided on in between.
    """
    walk.do("stable", at=f"{stable} 09:00")
    assert "is still in force" in walk.refused("close", at=f"{closed} 09:00")
    rule = "    ends_when: Three days at the usual volume.\n"
    walk.edit({rule: f"{rule}    removed: {closed}\n"})
    assert "(retrospective-missing)" in walk.refused("close", at=f"{closed} 09:00")
    told = section((GOOD / "complete-change.yaml").read_text("utf-8"), "retrospective")[0]
    walk.write(walk.file.read_text("utf-8") + told.replace("2026-12-03", closed))
    assert "(playbook-undecided/patient-not-found)" in walk.refused("close", at=f"{closed} 09:00")
    reason = "Nobody asked about the score after the first day."
    walk.do("fold", "patient-not-found", "keywords", "--drop", reason, at=f"{closed} 09:00")
    walk.do("close", at=f"{closed} 09:00")


@pytest.mark.slow
def test_a_planned_change(small: Path) -> None:
    walk = Walk(small, "Plain Walk")
    got_ready(walk)
    launched(walk, "2026-12-02")
    settled(walk, stable="2026-12-10", closed="2026-12-20")
    assert walk.closed("planned").postponed == ()


@pytest.mark.slow
def test_a_change_that_is_postponed_twice(small: Path) -> None:
    walk = Walk(small, "Late Walk")
    got_ready(walk)
    walk.do("move", "--to", "2026-12-09 21:00", "--why", "The index is not built.", at="2026-12-01 09:00")
    walk.do("move", "--to", "2026-12-16 21:00", "--why", "Two wards asked for a week.", at="2026-12-08 09:00")
    walk.do("told", "far-labs", "--how", "Mail to its desk, the new date", at="2026-12-08 09:30")
    launched(walk, "2026-12-16")
    settled(walk, stable="2026-12-18", closed="2026-12-21")
    assert [f"{item.from_:%m-%d}" for item in walk.closed("postponed twice").postponed] == ["12-02", "12-09"]


@pytest.mark.slow
def test_an_expedited_change(small: Path) -> None:
    walk = Walk(small, "Quick Walk")
    walk.do("new", "--kind", "whole-change", "--owner", "interfaces", "--urgency", "expedited")
    whole = written(walk.name).replace("urgency: planned", "urgency: expedited")
    walk.write(written(walk.name, without=EXPEDITED_LATER).replace("urgency: planned", "urgency: expedited"))
    walk.do("told", "far-labs", "--how", "Call to its desk", at="2026-11-17 09:30")
    walk.do("ran", "nobody-found", "pass", "--evidence", "RUN-2", "--found-in", "70s", at="2026-12-02 10:00")
    walk.do("ready", at="2026-12-02 18:00")
    launched(walk, "2026-12-02")
    later = "".join(section(whole, key)[0] for key in EXPEDITED_LATER)
    walk.write(walk.file.read_text("utf-8") + later.replace("2026-11-2", "2026-12-0"))
    walk.do("briefed", "--recording", RECORDING, "--attended", "front-desk,interfaces", at="2026-12-08 11:00")
    settled(walk, stable="2026-12-10", closed="2026-12-20")
    assert walk.closed("expedited").urgency == "expedited"


NIGHT = "sentence: Patient search shows scores again.\n" + NIGHT_FIX.partition("go_no_go:")[0]


def written_at_night(small: Path) -> Walk:
    """Return the walk of an emergency whose record is begun, of 25 lines at most."""
    walk = Walk(small, "Night Walk")
    walk.do("new", "--kind", "whole-change", "--owner", "interfaces", "--urgency", "emergency")
    head = "".join(re.findall(r"^(?:name|kind|status|urgency|owner):.*\n", walk.file.read_text("utf-8"), re.M))
    walk.write(head + NIGHT)
    return walk


def test_an_emergency_that_is_written_while_it_is_under_way(small: Path) -> None:
    walk = written_at_night(small)
    now = "2026-12-02 02:25"
    walk.do("decide", "go", "No ward had seen a score.", "--by", "front-desk", "--at", "2026-12-02 02:05", at=now)
    walk.do("ready", at=now)
    walk.do("live", at=now)
    walk.do("roll-back", "Scores were wrong.", at="2026-12-02 02:40")
    refused = "is rolled-back: there is nothing left to decide"
    assert refused in walk.refused("decide", "go", "It was repeated.", at="2026-12-02 02:50")


@pytest.mark.slow
def test_an_emergency(small: Path) -> None:
    walk = written_at_night(small)
    reason = "No ward had seen a score since 01:15."
    walk.do("decide", "go", reason, "--by", "front-desk", at="2026-12-02 02:05")
    walk.do("ready", at="2026-12-02 02:06")
    walk.do("live", at="2026-12-02 02:12")
    at_once = walk.typed
    assert at_once <= len(NIGHT.splitlines())
    assert len(walk.file.read_text("utf-8").splitlines()) <= 25
    # By day, everything that is owed.
    text, whole = walk.file.read_text("utf-8"), written(walk.name)
    for key in (
        "name",
        "kind",
        "status",
        "urgency",
        "owner",
        "sentence",
        "window",
        "unchanged",
        "rollback",
        "go_no_go",
    ):
        whole = section(whole, key)[1]
    walk.write(
        section(text, "playbooks")[1] + whole.replace("2026-11-20", "2026-12-03").replace("2026-11-2", "2026-12-0")
    )
    walk.do("told", "far-labs", "--how", "Call to its desk", at="2026-12-02 08:00")
    walk.do("ran", "nobody-found", "pass", "--evidence", "RUN-3", "--found-in", "80s", at="2026-12-02 09:30")
    walk.do("briefed", "--recording", RECORDING, "--attended", "front-desk,interfaces", at="2026-12-08 11:00")
    settled(walk, stable="2026-12-10", closed="2026-12-20")
    print(f"of these, {at_once} lines at night")
    assert walk.closed("emergency").urgency == "emergency"


@pytest.fixture
def refreshed(tmp_path: Path) -> Path:
    """The desk of the sample some weeks later, with one change: the refresh of November is closed, and clean."""
    book = tmp_path / "changes"
    shutil.copytree(SAMPLE / "desk", book / "desk")
    shutil.copy(SAMPLE / "allergy-codes-refresh.yaml", book)
    file = book / "allergy-codes-refresh.yaml"
    text = file.read_text("utf-8").replace("state: open", "state: fixed")
    file.write_text(text.replace("status: stable", "status: closed\nclosed: 2026-12-10"), encoding="utf-8")
    return book


@pytest.mark.slow
def test_a_standard_change_that_repeats_another_needs_at_most_twelve_lines(refreshed: Path) -> None:
    walk = Walk(refreshed, "Allergy Codes January")
    walk.do("new", "--from", "allergy-codes-refresh", "--urgency", "standard")
    placeholder = "Allergy Codes January is being prepared; nothing has changed yet."
    sentence = "From 12 Jan, 31 more ingredients have a code; entries that read well stay as they are."
    window = "window: {start: 2027-01-12 05:00, end: 2027-01-12 05:40, outage: none}\nreview_by: 2027-03-12"
    walk.edit({placeholder: f"{sentence}\n{window}", f"compliance:{MARK}\n": f"compliance:{MARK}\n  at: 2027-01-05\n"})
    assert "(not-read/rollback)" in walk.refused("ready", at="2027-01-08 09:00")
    decided = "go_no_go: {at: 2027-01-11 15:00, decision: pending, by: pharmacy-systems}\n"
    walk.write(walk.file.read_text("utf-8").replace(MARK, "") + decided)
    cases = ("wrong-mapping", "partial-data", "malformed-message")
    for number, case in enumerate(cases):
        proof = ("pass", "--evidence", f"RUN-24{number}", "--found-in", "40s")
        walk.do("ran", case, *proof, at=f"2027-01-07 1{number}:00")
    walk.do("ready", at="2027-01-08 09:00")
    walk.do("decide", "go", "All three test cases passed.", at="2027-01-11 15:00")
    walk.do("live", at="2027-01-12 05:05")
    for number, case in enumerate(cases):
        proof = ("pass", "--evidence", f"RUN-25{number}", "--found-in", "40s")
        walk.do("ran", case, *proof, at=f"2027-01-12 0{number + 6}:00")
    walk.do("stable", at="2027-01-20 09:00")
    walk.do("close", at="2027-02-01 09:00")
    assert walk.typed <= 12
    assert walk.closed("standard").repeats == "allergy-codes-refresh"
