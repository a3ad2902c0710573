"""`changebook move`: the window and what is certainly its own follow, the rest is listed, and no other byte changes."""

from __future__ import annotations

import difflib
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from changebook.errors import ChangebookError
from changebook.model.dates import as_written
from changebook.model.status import PLANNED
from changebook.readiness.notices import first_told
from changebook.recording.moving import moved
from conftest import HARBOR, SAMPLE, load, project, whole

TODAY = "2026-12-03 09:00"
RECORD = """# A record with every way to name a day.
name: Odd Feed   # its name
kind: quiet-change
status: draft
owner: interfaces
sentence: Nothing looks different from Wed 9 Dec on.
window: {start: 2026-12-09 21:00, end: 2026-12-09 23:30}  # agreed by phone
board: 2026-12-08 15:00
why: >-
  It was promised until Wednesday,
  December 9, and not for 9 Dec 2025, nor "Wed 2 Dec".
details: |
  Since 9 Dec; `Wed 9 Dec` is a code.

  ```
  Wed 9 Dec
  ```

  On 2026-12-09 (Wed) it
  was not postponed from Wed 9 Dec.
review_by: 2027-03-01

unchanged:
  - 'It''s the same at 21:00, and on December 9.'
  - "\\"Wed 9 Dec\\" is what the screen says"
"""
MOVED = """# A record with every way to name a day.
name: Odd Feed   # its name
kind: quiet-change
status: draft
owner: interfaces
sentence: Nothing looks different from Tue 16 Feb on.
window: {start: 2027-02-16 20:00, end: 2027-02-16 22:30}  # agreed by phone
postponed:
  - from: 2026-12-09 21:00
    at: 2026-12-03 09:00
    why: They asked for it.
board: 2026-12-08 15:00
why: >-
  It was promised until Tuesday,
  February 16, and not for 9 Dec 2025, nor "Wed 2 Dec".
details: |
  Since 9 Dec; `Wed 9 Dec` is a code.

  ```
  Wed 9 Dec
  ```

  On 2027-02-16 (Tue) it
  was not postponed from Wed 9 Dec.
review_by: 2027-03-01

unchanged:
  - 'It''s the same at 21:00, and on December 9.'
  - "\\"Tue 16 Feb\\" is what the screen says"
"""
LISTED = [
    "changes/odd-feed.yaml:17:9: details says '9 Dec'",
    "changes/odd-feed.yaml:28:38: unchanged[0] says 'December 9'",
    "changes/odd-feed.yaml:28:24: unchanged[0] says '21:00'",
    "changes/odd-feed.yaml:12:8: board is 2026-12-08 15:00",
    "changes/odd-feed.yaml:25:12: review_by is 2027-03-01",
]


def move(book: Path, name: str, to: str, *options: str, text: str = "", today: str = TODAY) -> Result:
    arguments = ["move", name, "--to", to, "--book", str(book), "--today", today, *options]
    return CliRunner().invoke(main, arguments, input=text)


def written(small: Path, text: str = RECORD) -> Path:
    file = small / "odd-feed.yaml"
    file.write_bytes(text.encode())
    return file


def differing(before: str, after: str) -> list[str]:
    """Return the lines that are not in both, with a sign."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line.rstrip("\r\n") for line in lines if line[0] in "+-"]


def test_the_window_its_days_and_the_former_start_are_written_and_no_other_byte(small: Path) -> None:
    file = written(small)
    done = move(small, "Odd Feed", "2027-02-16 20:00", "--why", "They asked for it.", "--yes")
    assert done.exit_code == 0, done.output
    assert file.read_text("utf-8") == MOVED
    assert not [problem for problem in load(small, today=TODAY).problems if not problem.gap]


def test_what_may_go_with_the_window_is_listed_where_it_is(small: Path) -> None:
    written(small)
    done = move(small, "odd-feed", "2027-02-16 20:00", "--why", "They asked for it.", "--yes")
    listed = [line.strip() for line in done.stderr.splitlines() if "odd-feed.yaml:" in line]
    found = [line[line.index("odd-feed.yaml") :] for line in listed]
    assert sorted(found) == sorted(line.removeprefix("changes/") for line in LISTED)
    assert f"Look at {len(LISTED)} places too" in done.stderr
    for line in found:
        _, number, column, _ = line.split(":", 3)
        said = line.rpartition("says ")[2].strip("'") if "says" in line else ""
        assert MOVED.split("\n")[int(number) - 1][int(column) - 1 :].startswith(said)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Red from Wednesday on; until Wednesday, the 9th.", ["Wednesday", "Wednesday"]),
        ("Down from 9 pm, 9:00 p.m. or 9pm until 11:30 PM on 12/9.", ["9 pm", "9:00 p.m", "9pm", "11:30 PM", "12/9"]),
        ("Down from Wed 9 Dec, 21:00.", ["21:00"]),
        ("Every Wednesday, on Wednesdays, Monday through Wednesday, and Wednesday to Friday.", []),
        ("It was postponed from Wednesday. Not 12/90, 1/12/9, 19 pm or 9 pmol.", []),
        ("Before Wednesday, December 2, it is Tuesday.", []),
    ],
)
def test_a_day_or_an_hour_said_in_other_words_is_listed(small: Path, text: str, listed: list[str]) -> None:
    written(small, RECORD + f'  - "{text}"\n')
    done = move(small, "odd-feed", "2027-02-16 20:00", "--yes")
    said = [line for line in done.stderr.splitlines() if "unchanged[2] says" in line]
    assert sorted(line.partition("says ")[2].strip("'") for line in said) == sorted(listed), done.stderr


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_an_editor_stay(small: Path, end: str, mark: str) -> None:
    file = written(small, mark + RECORD.replace("\n", end))
    done = move(small, "odd-feed", "2027-02-16 20:00", "--why", "They asked for it.", "--yes")
    assert done.exit_code == 0, done.output
    assert file.read_bytes().decode() == mark + MOVED.replace("\n", end)


def test_the_diff_comes_first_and_no_writes_nothing(small: Path) -> None:
    file = written(small)
    done = move(small, "odd-feed", "2027-02-16 20:00", text="n\n")
    assert done.exit_code == 1
    assert "+window: {start: 2027-02-16 20:00, end: 2027-02-16 22:30}  # agreed by phone\n" in done.stdout
    assert "Write this?" in done.stderr
    assert file.read_text("utf-8") == RECORD


def test_a_second_move_is_kept_below_the_first(small: Path) -> None:
    file = written(small)
    assert move(small, "odd-feed", "2027-02-16 20:00", "--yes").exit_code == 0
    assert move(small, "odd-feed", "2027-03-02 20:00", "--yes", today="2027-02-01").exit_code == 0
    text = file.read_text("utf-8")
    assert "  - from: 2026-12-09 21:00\n    at: 2026-12-03 09:00\n" in text
    assert "  - from: 2027-02-16 20:00\n    at: 2027-02-01 00:00\n" in text
    assert "Nothing looks different from Tue 2 Mar on." in text


def test_a_window_past_midnight_moves_both_of_its_days(small: Path) -> None:
    text = RECORD.replace("end: 2026-12-09 23:30", "end: 2026-12-10 02:00")
    file = written(small, text.replace("not for 9 Dec 2025", "over on Thu 10 Dec"))
    assert move(small, "odd-feed", "2026-12-10 21:00", "--yes").exit_code == 0
    after = file.read_text("utf-8")
    assert "window: {start: 2026-12-10 21:00, end: 2026-12-11 02:00}" in after
    assert "until Thursday,\n  December 10, and over on Fri 11 Dec" in after


def test_the_window_stays_as_long_where_the_clock_changes(small: Path) -> None:
    file = written(small, RECORD.replace("end: 2026-12-09 23:30", "end: 2026-12-10 01:00"))
    assert move(small, "odd-feed", "2027-03-13 23:30", "--yes").exit_code == 0
    # At 02:00 it is 03:00 in Chicago, and four hours have passed at 04:30.
    assert "end: 2027-03-14 04:30" in file.read_text("utf-8")


def test_phases_move_together_and_keep_their_distance(small: Path) -> None:
    phases = """phases:
  - {name: First, start: 2026-12-09 21:00, end: 2026-12-09 23:30, groups: [clerks]}
  - name: Second  # the nurses are last
    start: 2026-12-16 20:00
    end: 2026-12-17 01:00
    groups: [nurses]
"""
    text = RECORD.replace("window: {start: 2026-12-09 21:00, end: 2026-12-09 23:30}  # agreed by phone\n", phases)
    text = text.replace("not for 9 Dec 2025", "then Wed 16 Dec") + "affects: {groups: [clerks, nurses]}\n"
    file = written(small, text)
    done = move(small, "odd-feed", "2027-03-09 21:00", "--yes")
    assert done.exit_code == 0, done.output
    after = file.read_text("utf-8")
    assert "{name: First, start: 2027-03-09 21:00, end: 2027-03-09 23:30, groups: [clerks]}" in after
    assert "Second  # the nurses are last\n    start: 2027-03-16 20:00\n    end: 2027-03-17 01:00\n" in after
    assert "postponed:\n  - from: 2026-12-09 21:00\n" in after
    assert "until Tuesday,\n  March 9, and then Tue 16 Mar" in after


def test_an_hour_alone_moves_no_day(small: Path) -> None:
    file = written(small)
    done = move(small, "odd-feed", "2026-12-09 22:00", "--yes")
    assert done.exit_code == 0, done.output
    assert "Nothing looks different from Wed 9 Dec on." in file.read_text("utf-8")
    assert "says '21:00'" in done.stderr


def test_a_decision_of_the_former_window_is_listed(small: Path) -> None:
    written(small, f"{RECORD}go_no_go: {{at: 2026-12-03 08:00, decision: go, by: interfaces, reason: All is well.}}\n")
    done = move(small, "odd-feed", "2026-12-15 21:00", "--yes")
    assert "go_no_go.decision is 'go', for the former window" in done.stderr
    # It is no go for the new one.
    assert "go_no_go.at: of the time before go-live was postponed; decide again" in done.stderr


def test_a_partner_that_was_told_of_the_former_window_is_listed(small: Path) -> None:
    told = "told:\n  - {partner: far-labs, at: 2026-12-01 10:00, how: Mail to its desk}\n"
    written(small, f"{RECORD}affects: {{partners: [far-labs]}}\n{told}")
    done = move(small, "odd-feed", "2026-12-22 21:00", "--yes")
    assert "told[0] says that far-labs was told, of the former window" in done.stderr
    # It is no gap before its day.
    shown = CliRunner().invoke(main, ["gate", "odd-feed", "--book", str(small), "--today", TODAY])
    assert "partner-not-told/far-labs" not in shown.output
    still = done.stderr.partition("Still to come:\n")[2].partition("\nTell")[0]
    assert ("(partner-not-told/far-labs)" in still, "This opens" in done.stderr) == (True, False), done.stderr


def test_a_text_of_another_change_that_names_this_one_is_listed(small: Path) -> None:
    written(small)
    other = RECORD.replace("Odd Feed ", "Even Feed ").replace("from Wed 9 Dec on", "before Odd Feed, Wed 9 Dec")
    (small / "even-feed.yaml").write_text(other, "utf-8")
    done = move(small, "odd-feed", "2026-12-15 21:00", "--yes")
    assert done.exit_code == 0, done.output
    listed = [line for line in done.stderr.splitlines() if "even-feed.yaml" in line]
    assert [line.partition("even-feed.yaml")[2] for line in listed] == [":6:52: sentence says 'Wed 9 Dec'"]
    assert (small / "even-feed.yaml").read_text("utf-8") == other


@pytest.mark.parametrize(
    ("edit", "to", "said"),
    [
        (("", ""), "2026-12-09 21:00", "Odd Feed starts at 2026-12-09 21:00 already; name another time"),
        (("", ""), "2026-12-02 21:00", "--to: 2026-12-02 21:00 has passed; name a time to come"),
        (("", ""), "next Tuesday", "--to: 'next Tuesday' is not a time; write it like 2026-12-02 21:00"),
        (("", ""), "2027-03-14 02:30", "--to: '2027-03-14 02:30' does not exist: clocks in America/Chicago skip that"),
        (("status: draft", "status: cancelled"), "2027-01-05 21:00", "Odd Feed is cancelled; only the window of a"),
        (("window:", "# window:"), "2027-01-05 21:00", "Odd Feed has no window yet; add 'window: {start: ..., end:"),
    ],
)
def test_a_window_that_cannot_be_moved_there_is_told_so(small: Path, edit: tuple[str, str], to: str, said: str) -> None:
    file = written(small, RECORD.replace(*edit) if edit[0] else RECORD)
    before = file.read_bytes()
    done = move(small, "odd-feed", to, "--yes")
    assert done.exit_code != 0
    assert said in done.stderr
    assert file.read_bytes() == before


def test_of_a_phase_it_is_told_that_the_phase_starts_then_already() -> None:
    change = whole(HARBOR).change("pier-pages")
    phase = change.phases[-1]
    said = f"^Phase {phase.name} of {change.name} starts at .* already; name another"
    with pytest.raises(ChangebookError, match=said):
        moved(whole(HARBOR), change, f"{phase.start:%Y-%m-%d %H:%M}", phase.name)


def test_a_rule_that_would_end_before_the_window_is_told_first(small: Path) -> None:
    rule = "queue_rules:\n  - {do: suppress, what: Old alerts, ends: 2026-12-20 12:00, ends_when: They stop.}\n"
    file = written(small, RECORD + rule)
    done = move(small, "odd-feed", "2027-02-16 20:00", "--yes")
    assert done.exit_code == 1
    assert "queue_rules[0].ends: ends before the window starts; fix one of the two" in done.stdout
    assert file.read_text("utf-8") == RECORD + rule


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Tue 19 Jan", "Wed 3 Feb"),
        ("Tuesday, January 19", "Wednesday, February 3"),
        ("Tues Jan. 19th", "Wed Feb. 3rd"),
        ("19 January 2026 (Mon)", "3 February 2027 (Wed)"),
        ("2026-01-19 (Monday)", "2027-02-03 (Wednesday)"),
        ("Monday the 19th of January", "Wednesday the 3rd of February"),
        ("Tue 5 May", "Wed 3 Feb"),
        ("Tuesday,\n    May 5", "Wednesday,\n    February 3"),
        ("Tue 05 Jan", "Wed 03 Feb"),
        ("Jan 19, a Tuesday", "Feb 3, a Wednesday"),
        ("Mon 21 Sept", "Wed 3 Feb"),
    ],
)
def test_a_day_is_written_as_the_one_before_it_was(text: str, moved: str) -> None:
    assert as_written(text, date(2027, 2, 3)) == moved


@pytest.mark.slow
def test_a_window_of_the_sample_moves_and_only_its_lines_differ(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(SAMPLE, folder / "changes")
    name = "lookup-hyphen-fix"
    file = folder / "changes" / f"{name}.yaml"
    before = file.read_text("utf-8")
    done = move(folder / "changes", name, "2026-12-15 21:30", "--yes", today="2026-12-03 09:42")
    assert done.exit_code == 0, done.output
    changed = differing(before, file.read_text("utf-8"))
    added = [line for line in changed if line.startswith("+ ")]
    taken = [line for line in changed if line.startswith("- ")]
    assert added[:2] == ["+   start: 2026-12-15 21:30", "+   end: 2026-12-15 22:00"]
    assert added[2:5] == ["+ postponed:", "+   - from: 2026-12-08 21:30", "+     at: 2026-12-03 09:42"]
    restored = [line.replace("Tue 15 Dec", "Tue 8 Dec").replace("December 15", "December 8") for line in added[5:]]
    assert [line[2:] for line in restored] == [line[2:] for line in taken[2:]]
    assert len(taken) > 5
    others = [path for path in SAMPLE.rglob("*.yaml") if path.name != file.name]
    assert all((folder / "changes" / path.relative_to(SAMPLE)).read_bytes() == path.read_bytes() for path in others)


@pytest.mark.slow
def test_every_planned_change_of_the_sample_can_move_by_a_day_of_the_same_hour(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SAMPLE)
    book = load(SAMPLE).book
    assert book
    planned = [change for change in book.changes.values() if change.status in PLANNED and change.window]
    assert planned
    for change in planned:
        assert change.window
        file = folder / "changes" / f"{change.id}.yaml"
        before = file.read_text("utf-8")
        to = f"2026-12-16 {change.window.start:%H:%M}"
        done = move(folder / "changes", change.id, to, "--yes", today="2026-12-03 09:42")
        assert done.exit_code == 0, done.output
        changed = differing(before, file.read_text("utf-8"))
        kept = [line for line in before.splitlines() if f"- {line}" not in changed]
        assert [line for line in file.read_text("utf-8").splitlines() if f"+ {line}" not in changed] == kept


PHASED = """name: Odd Feed
kind: quiet-change
status: draft
owner: interfaces
sentence: Nothing looks different from Wed 9 Dec on, and after Fri 11 Dec nowhere.
phases:
  - {name: First hall, start: 2026-12-09 21:00, end: 2026-12-09 23:00}  # by phone
  - name: Second hall
    start: 2026-12-11 21:00
    end: 2026-12-12 01:00
"""


def test_the_phases_of_a_change_move_together_and_keep_their_hours(small: Path) -> None:
    file = small / "odd-feed.yaml"
    file.write_text(PHASED, encoding="utf-8")
    done = move(small, "odd-feed", "2026-12-16 21:00", "--yes", today=TODAY)
    assert done.exit_code == 0, done.output
    text = file.read_text("utf-8")
    assert "from Wed 16 Dec on, and after Fri 18 Dec nowhere." in text
    assert "{name: First hall, start: 2026-12-16 21:00, end: 2026-12-16 23:00}  # by phone" in text
    assert "    start: 2026-12-18 21:00\n    end: 2026-12-19 01:00\n" in text
    assert "from: 2026-12-09 21:00" in text


def test_a_phase_of_one_word_moves_without_a_gap_for_its_name(small: Path) -> None:
    (small / "odd-feed.yaml").write_text(PHASED.replace("Second hall", "Eastfield"), encoding="utf-8")
    done = move(small, "odd-feed", "2026-12-18 20:00", "--phase", "Eastfield", "--yes", today=TODAY)
    assert done.exit_code == 0, done.output
    assert "hollow/" not in done.output


def test_one_phase_moves_alone_and_an_unknown_one_is_named(small: Path) -> None:
    file = small / "odd-feed.yaml"
    file.write_text(PHASED, encoding="utf-8")
    done = move(small, "odd-feed", "2026-12-18 20:00", "--phase", "second hall", "--yes", today=TODAY)
    assert done.exit_code == 0, done.output
    text = file.read_text("utf-8")
    assert "from Wed 9 Dec on, and after Fri 18 Dec nowhere." in text
    assert "{name: First hall, start: 2026-12-09 21:00" in text
    assert "    start: 2026-12-18 20:00\n    end: 2026-12-19 00:00\n" in text
    shown = CliRunner().invoke(main, ["show", "odd-feed", "--book", str(small), "--today", TODAY]).output
    assert "Moved up" not in shown
    assert "First hall: Wed 9 Dec, 21:00\u201323:00 CST. " in shown
    assert "00:00 CST (postponed from Fri 11 Dec). " in shown
    wrong = move(small, "odd-feed", "2026-12-19 20:00", "--phase", "Third hall", "--yes", today=TODAY)
    assert wrong.exit_code == 1
    assert "--phase: Odd Feed has no phase 'Third hall'" in wrong.output
    assert file.read_text("utf-8") == text


def test_days_on_pages_that_people_wrote_are_listed_too(small: Path) -> None:
    written(small)
    docs = small.parent / "docs" / "notes"
    docs.mkdir(parents=True)
    (docs / "feed.md").write_text("# Notes\n\nOdd Feed starts Wed 9 Dec.\nIt was postponed from 9 Dec.\n", "utf-8")
    (docs / "other.md").write_text("# Other\n\nThe party is on Wed 9 Dec.\n", "utf-8")
    done = move(small, "odd-feed", "2027-02-16 20:00", "--yes")
    assert [line.strip() for line in done.stderr.splitlines() if ".md:" in line] == [
        "docs/notes/feed.md:3:17: says 'Wed 9 Dec'"
    ]


def test_evidence_of_the_former_window_is_listed_with_its_age(small: Path) -> None:
    evidence = """briefing: {at: 2026-12-01 10:00, attended: [records-team]}
rehearsals:
  - {scenario: patient-not-found, at: 2026-11-30 10:00, reported: R., filed_as: patients/search, next: N., clear: true}
compliance: {privacy: P., audit: A., in_tickets: I., reviewed_by: records-team, at: 2026-11-20}
waivers:
  - {gap: briefing-recording, reason: R., approver: front-desk, expires: 2026-12-20}
"""
    written(small, RECORD + evidence)
    done = move(small, "odd-feed", "2027-02-16 20:00", "--yes")
    said = done.stderr.partition("Done for the former window; repeat what does not hold for the new one:\n")[2]
    assert [line.partition(": ")[2] for line in said.splitlines()[:4]] == [
        "briefing.at is 77 days before the new window",
        "rehearsals end 78 days before the new window",
        "compliance.at is 88 days before the new window",
        "waivers[0].expires is before the new window",
    ], done.stderr


def test_a_partner_that_was_told_on_the_day_of_a_move_is_told_again_if_that_was_before_it(small: Path) -> None:
    told = "told:\n  - {partner: far-labs, at: 2026-12-03 08:00, how: Mail to its desk}\n"
    file = written(small, f"{RECORD}affects: {{partners: [far-labs]}}\n{told}")
    assert move(small, "odd-feed", "2026-12-22 21:00", "--yes").exit_code == 0
    for at, again in (("2026-12-03 09:00", True), ("2026-12-03 07:00", False), ("2026-12-03", False)):
        text = file.read_text("utf-8").replace("at: 2026-12-03 09:00", f"at: {at}")
        file.write_text(text, encoding="utf-8")
        book = load(small, today=TODAY).book
        assert book
        assert (first_told(book.changes["odd-feed"], book, "far-labs") is None) == again, at
        file.write_text(text.replace(f"    at: {at}\n", "    at: 2026-12-03 09:00\n"), encoding="utf-8")
