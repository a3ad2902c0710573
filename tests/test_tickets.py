"""Tickets: read as helpdesks export them, tied without a guess, and kept as counts."""

from __future__ import annotations

import codecs
import csv
import io
import json
import random
import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from changebook.book import Book
from changebook.cli import main
from changebook.errors import ChangebookError
from changebook.model.mapping import TicketMapping
from changebook.model.reading import read_record
from changebook.model.status import MADE
from changebook.tickets.exported import Export
from changebook.tickets.importing import count_export
from changebook.tickets.kept import KEPT_COLUMNS, kept_text, read_kept
from changebook.tickets.mappings import mapping_called, shipped
from changebook.tickets.reading import read_export
from changebook.tickets.times import TimeReader
from conftest import GOOD, ROOT, Repository, lines, load

CHICAGO = ZoneInfo("America/Chicago")
SIXTY = ROOT / "tests" / "tickets" / "sixty.csv"


def mapping_of(**values: object) -> TicketMapping:
    columns = values.pop("columns", {"number": "number", "opened": "opened"})
    found, faults = read_record(TicketMapping, {"id": "own", "title": "Own", "columns": columns, **values}, {})
    assert found, faults
    return found


def export_of(rows: list[dict[str, str]], mapping: TicketMapping) -> Export:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return read_export(out.getvalue().encode(), mapping, CHICAGO)


def import_into(folder: Path, file: Path, *arguments: str, mapping: str = "csv") -> Result:
    command = ["tickets", "import", str(file), "--mapping", mapping, "--book", str(folder), "--yes", *arguments]
    return CliRunner().invoke(main, command)


@pytest.fixture
def complete(small: Path) -> Path:
    """The small desk with the complete change."""
    shutil.copy(GOOD / "complete-change.yaml", small)
    return small


@pytest.mark.parametrize(
    ("text", "day_first", "utc"),
    [
        ("2026-12-02 21:00", False, "2026-12-03 03:00"),
        ("2026-12-02T21:00:59.123-0600", False, "2026-12-03 03:00"),
        ("2026-12-03T03:00:00Z", False, "2026-12-03 03:00"),
        ("2/12/2026 21:00", True, "2026-12-03 03:00"),
        ("12/2/2026 9:00 PM", False, "2026-12-03 03:00"),
        ("12/2/2026, 12:05 AM", False, "2026-12-02 06:05"),
        ("2/12/26 21:00", True, "2026-12-03 03:00"),
        ("02.12.2026 21:00:07", True, "2026-12-03 03:00"),
        ("Wed Dec 2 21:00:00 2026", False, "2026-12-03 03:00"),
        ("02/Dec/26 9:00 PM", False, "2026-12-03 03:00"),
        # The hour that clocks show twice is the first, the one that they skip is as far behind the change.
        ("2026-11-01 01:30", False, "2026-11-01 06:30"),
        ("2026-03-08 02:30", False, "2026-03-08 08:30"),
    ],
)
def test_times_are_read_as_helpdesks_write_them(text: str, day_first: bool, utc: str) -> None:
    found = TimeReader(CHICAGO, day_first=day_first).read(text)
    assert found
    assert f"{found.astimezone(UTC):%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(
    "text",
    ["29/2/2016 01:16", "yesterday", "12", "2026-12", "21:00", "29/2/16", "2/2/2026 9:00 XX", "2 Dec 2026 21:00 CST"],
)
def test_what_is_no_time_is_not_guessed_at(text: str) -> None:
    with pytest.raises(ValueError, match=f"month|{text[:2]}"):
        TimeReader(CHICAGO, day_first=False).read(text)


def test_1970_means_never() -> None:
    assert TimeReader(CHICAGO, day_first=False).read("1970-01-01T00:00:00Z") is None


def test_missing_values_are_unknown_and_what_is_odd_is_counted() -> None:
    columns = {"number": "n", "opened": "o", "resolved": "r", "escalated": "e", "sla_met": "s", "reopened": "x"}
    rows = [
        {"n": "1", "o": "2026-12-01 08:00", "r": "1970-01-01", "e": "?", "s": "true", "x": "2"},
        {"n": "2", "o": "?", "r": "", "e": "yes", "s": "no", "x": ""},
        {"n": "", "o": "2026-12-01 08:00", "r": "", "e": "", "s": "", "x": ""},
        {"n": "3", "o": "2026-12-01 08:00", "r": "2026-11-30 08:00", "e": "maybe", "s": "", "x": "0"},
    ]
    found = export_of(rows, mapping_of(columns=columns))
    one, three = found.tickets
    assert (one.resolved, one.escalated, one.sla_missed, one.reopened) == (None, None, False, True)
    assert (three.resolved, three.closes, three.reopened) == (None, False, False)
    assert found.odd == {
        "rows without a number, left out": 1,
        "tickets without a time of opening, left out": 1,
        "cells in the column 'e' that say neither yes nor no, left out": 1,
        "tickets resolved before they were opened, which is left out": 1,
    }
    assert found.where == {
        "rows without a number, left out": ["row 4"],
        "tickets without a time of opening, left out": ["2"],
    }


def test_what_is_no_count_in_a_column_of_counts_is_told_and_not_counted() -> None:
    columns = {"number": "n", "opened": "o", "reassigned": "a", "reopened": "b"}
    said = ("2", "0", "yes", "x", "Night team")
    rows = [{"n": str(number), "o": "2026-12-01 08:00", "a": text, "b": "x"} for number, text in enumerate(said)]
    found = export_of(rows, mapping_of(columns=columns))
    assert [ticket.escalated for ticket in found.tickets] == [True, False, True, None, None]
    assert found.odd == {"cells in the column 'a' that say neither yes nor no, left out": 2}
    # A tick is a yes where yes or no is asked.
    assert all(ticket.reopened for ticket in found.tickets)


def test_a_day_that_fits_only_the_other_order_refuses_the_export() -> None:
    rows = [{"number": "1", "opened": "3/12/2026 08:00"}, {"number": "2", "opened": "27/11/2026 08:00"}]
    with pytest.raises(ChangebookError) as caught:
        export_of(rows, mapping_of())
    said = "'27/11/2026 08:00' has its day first, so others would be misread; write 'day_first: true' in the mapping"
    assert str(caught.value) == f"{said} 'own'"
    assert len(export_of(rows, mapping_of().model_copy(update={"day_first": True})).tickets) == 2
    us = [{"number": "1", "opened": "11/27/2026 08:00"}]
    with pytest.raises(ChangebookError, match=r"has its month first.*'day_first: false'"):
        export_of(us, mapping_of().model_copy(update={"day_first": True}))
    for day_first in (True, False):
        with pytest.raises(ChangebookError, match="have day and month in different orders; export it again"):
            export_of([*rows, *us], mapping_of().model_copy(update={"day_first": day_first}))


def test_what_is_left_out_is_named_and_one_is_one(complete: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    left = "".join(f"L{number},soon\n" for number in range(7))
    file.write_text(f"number,opened\n1,2026-12-03 08:00\n,2026-12-03 09:00\n{left}", encoding="utf-8")
    done = import_into(complete, file)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("1 ticket in 9 rows.\n")
    assert "\n1 row without a number, left out: row 3\n" in done.output
    assert "\n7 tickets without a time of opening, left out: L0, L1, L2, L3, L4 and 2 more\n" in done.output


def test_tickets_of_a_time_to_come_are_named(complete: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("number,opened\nINC1,2026-12-03 10:00\nINC2,2026-12-04 10:00\n", encoding="utf-8")
    result = import_into(complete, file, "--today", "2026-12-04")
    assert "1 ticket opened after now: INC2; see the mapping's zone and day_first" in result.output.splitlines()


def test_a_ticket_of_two_playbooks_says_so(sample: Book) -> None:
    mapping = mapping_of(columns={"number": "n", "opened": "o", "text": ["t"]})
    found = count_export(
        export_of([{"n": "1", "o": "2026-12-01 08:00", "t": "PB-001, then PB-002"}], mapping), mapping, sample
    )
    assert [(item.tie.why, item.tie.playbook) for item in found.not_tied] == [("names 2 playbooks", "")]


def test_a_cell_may_be_as_long_as_the_export() -> None:
    long = {"number": "1", "opened": "2026-12-01 08:00", "notes": "x" * 500_000}
    (ticket,) = export_of([long], mapping_of()).tickets
    assert ticket.number == "1"


def test_events_of_a_ticket_are_one_ticket() -> None:
    columns = {"number": "n", "opened": "o", "changed": "c", "state": "s", "reassigned": "a", "category": "k"}
    mapping = mapping_of(
        columns=columns, rows="event", states={"classified": ["Assigned"], "resolved": ["Resolved", "Closed"]}
    )
    opened = {"n": "1", "o": "2026-12-01 08:00"}
    rows = [
        {**opened, "c": "2026-12-01 09:00", "s": "Resolved", "a": "1", "k": "late"},
        {**opened, "c": "2026-12-01 08:00", "s": "New", "a": "0", "k": "?"},
        {**opened, "c": "2026-12-01 08:20", "s": "Assigned", "a": "0", "k": "search"},
        {**opened, "c": "2026-12-01 08:50", "s": "Assigned", "a": "1", "k": "?"},
        {**opened, "c": "2026-12-04 08:00", "s": "Closed", "a": "1", "k": "?"},
    ]
    (ticket,) = export_of(rows, mapping).tickets
    assert ticket.classified == datetime(2026, 12, 1, 14, 20, tzinfo=UTC)
    assert ticket.resolved == datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    assert (ticket.escalated, ticket.first_contact, ticket.category) == (True, False, "late")


def test_json_is_read_by_the_keys_down_to_a_value() -> None:
    columns = {"number": "key", "opened": "fields.created", "text": ["fields.labels", "fields.note"]}
    issues = [{"key": "A-1", "fields": {"created": "2026-12-01T08:00:00Z", "labels": ["PB-002", "x"], "note": None}}]
    (ticket,) = read_export(
        json.dumps({"total": 1, "issues": issues}).encode(), mapping_of(columns=columns), CHICAGO
    ).tickets
    assert (ticket.number, ticket.text) == ("A-1", "PB-002 x")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"num,opened\n1,2\n", "no column 'number', which the mapping 'own' has for number; "),
        (b"", "no column 'number'"),
        (b"[1, 2]", "no list of tickets in this JSON"),
        (b'{"a": [], "b": []}', "which list of this JSON holds the tickets? write its key as 'records'"),
        (b"{", "not JSON: "),
    ],
)
def test_an_export_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(ChangebookError) as caught:
        read_export(data, mapping_of(), CHICAGO)
    assert str(caught.value).startswith(message)


def test_a_table_of_windows_or_with_semicolons_is_read() -> None:
    columns = {"number": "number", "opened": "opened", "category": "category"}
    for data in (
        "number;opened;category\n1;2026-12-01 08:00;Übersicht, groß\n".encode("cp1252"),
        "number\topened\tcategory\n1\t2026-12-01 08:00\tÜbersicht, groß\n".encode("utf-16"),
    ):
        (ticket,) = read_export(data, mapping_of(columns=columns), CHICAGO).tickets
        assert ticket.category == "Übersicht, groß"


def test_what_stands_above_the_headings_of_a_table_is_passed_over() -> None:
    data = b"\nsep=;\nnumber;opened\nA, 1;2026-11-02 09:00\n;2026-11-02 10:00\n"
    found = read_export(data, mapping_of(), CHICAGO)
    assert [ticket.number for ticket in found.tickets] == ["A, 1"]
    assert found.where == {"rows without a number, left out": ["row 5"]}


def test_every_shipped_mapping_is_a_mapping() -> None:
    names = ["csv", "django-helpdesk", "jira-service-management", "request-tracker", "servicenow", "zendesk"]
    assert list(shipped()) == names


def test_the_same_caller_on_three_channels_is_one_ticket_and_two_repeats(book: Book) -> None:
    columns = {"number": "n", "opened": "o", "caller": "c", "channel": "h", "category": "k"}
    mapping = mapping_of(columns=columns)
    same = {"c": "Ann", "k": "Patients - search"}
    rows = [
        {"n": "1", "o": "2026-12-01 08:00", "h": "phone", **same},
        {"n": "2", "o": "2026-12-01 08:10", "h": "mail", **same},
        {"n": "3", "o": "2026-12-02 08:00", "h": "portal", **same},
        {"n": "4", "o": "2026-12-20 08:00", "h": "phone", **same},
        {"n": "5", "o": "2026-12-01 09:00", "h": "phone", "c": "Bo", "k": "Patients - search"},
        {"n": "6", "o": "2026-12-01 09:00", "h": "phone", "c": "?", "k": "Patients - search"},
    ]
    found = count_export(export_of(rows, mapping), mapping, book)
    assert [ticket.repeat for ticket in found.tickets] == [False, True, True, False, False, None]
    assert found.odd["tickets of a caller who had come through another channel, counted as repeats"] == 2


def test_two_hundred_tickets_are_tied_and_none_wrongly(sample: Book) -> None:
    """Texts that name a change, a playbook, both, two of them, or look as if they did."""
    chance = random.Random(20)
    made = [change for change in sample.changes.values() if change.status in MADE and change.window]
    codes = {item.id: item.code for item in sample.desk.scenarios.values()}
    numbered = [(change, item.number) for change in sample.changes.values() for item in change.references]
    rows, wanted = [], []
    for number in range(200):
        change = chance.choice(made)
        assert change.window
        opened, category = change.window.start + timedelta(hours=chance.randrange(1, 200)), ""
        what = number % 10
        if what < 4:
            change, said = chance.choice(numbered)
            text = chance.choice((f"caused by {said}", f"{said.lower()}: still nothing", f"See ({said})."))
        elif what < 6:
            text = chance.choice((change.name.upper(), f"PB-001 {change.name}", *change.former_names))
        elif what < 9:
            change = next(one for one in chance.sample(made, len(made)) if one.playbooks and one.affects.categories)
            assert change.window
            opened = change.window.start + timedelta(hours=chance.randrange(1, 200))
            text = f"used {codes[chance.choice(change.playbooks).scenario]}"
            category = chance.choice(change.affects.categories)
        else:
            text = chance.choice(
                ("Claims API 2.4.1 is slow", "CHG00305140", "room 404", "R4", "Claims API 2.4 or CHG0030514")
            )
            change = None  # type: ignore[assignment]
        rows.append({"n": str(number), "o": f"{opened:%Y-%m-%d %H:%M}", "t": text, "k": category})
        wanted.append(change.id if change else "")
    mapping = mapping_of(columns={"number": "n", "opened": "o", "category": "k", "text": ["t"]})
    found = count_export(export_of(rows, mapping), mapping, sample).tickets
    pairs = [(ticket.change, right) for ticket, right in zip(found, wanted, strict=True)]
    assert [pair for pair in pairs if pair[0] and pair[0] != pair[1]] == []
    meant = [pair for pair in pairs if pair[1]]
    assert len(meant) == 180
    assert sum(change == right for change, right in meant) >= 0.9 * len(meant)


def test_where_two_changes_fit_neither_is_taken(sample: Book) -> None:
    mapping = mapping_of(columns={"number": "n", "opened": "o", "text": ["t"]})
    rows = [{"n": "1", "o": "2026-12-01 08:00", "t": "Claims API 2.4 or CHG0030514"}]
    found = count_export(export_of(rows, mapping), mapping, sample, change="claims-api-2-4")
    assert [(item.tie.why, item.tie.between) for item in found.not_tied] == [("names 2 changes", 2)]


def test_an_import_says_what_it_tied_and_shows_twenty_that_it_did_not(complete: Path) -> None:
    done = import_into(complete, SIXTY)
    assert done.exit_code == 0, done.output
    assert done.output.startswith(
        "60 tickets in 60 rows.\n"
        "25 tied to a change: 20 by its number, 3 by playbook, category and time, 2 by its name.\n"
        "35 not tied to a change; 0 of them name a playbook.\n"
        "  B01, Thu 5 Nov, 10:00 CST: names no change and no playbook\n"
    )
    assert len(re.findall(r"^  [BLA]\d\d, ", done.output, re.M)) == 20
    assert "  and 15 more\n" in done.output
    assert "11 tickets of a caller who had come through another channel, counted as repeats\n" in done.output
    assert "tickets/2026-11.csv: 20 new, 0 changed\ntickets/2026-12.csv: 40 new, 0 changed\n" in done.output
    loaded = load(complete)
    assert [line for line in lines(loaded) if "gap:" not in line] == []
    assert loaded.book
    assert len(loaded.book.tickets) == 60


def test_the_same_import_twice_changes_nothing(complete: Path) -> None:
    import_into(complete, SIXTY)
    before = {file.name: file.read_bytes() for file in (complete / "tickets").iterdir()}
    again = import_into(complete, SIXTY)
    assert "Everything is counted already; there is nothing to write." in again.output
    assert {file.name: file.read_bytes() for file in (complete / "tickets").iterdir()} == before


def test_what_a_spreadsheet_saved_again_is_kept(complete: Path, tmp_path: Path) -> None:
    import_into(complete, SIXTY)
    file, one = complete / "tickets" / "2026-12.csv", tmp_path / "one.csv"
    before = file.read_bytes()
    file.write_bytes(codecs.BOM_UTF8 + before.replace(b"\n", b"\r\n"))
    one.write_text("".join(SIXTY.read_text("utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    assert import_into(complete, one).exit_code == 0
    assert file.read_bytes() == before


def test_a_later_export_brings_a_ticket_up_to_date(complete: Path, tmp_path: Path) -> None:
    import_into(complete, SIXTY)
    later = tmp_path / "later.csv"
    # Resolved in the meantime; and opened a month earlier than was thought, which moves it to another file.
    text = SIXTY.read_text("utf-8").replace(
        "A15,2026-12-31 09:00,2026-12-31 09:05,,", "A15,2026-11-30 09:00,,2027-01-02 09:00,"
    )
    later.write_text(text, encoding="utf-8")
    done = import_into(complete, later, "--diff")
    assert (
        "tickets/2026-11.csv: 1 new, 0 changed\ntickets/2026-12.csv: 0 new, 0 changed, 1 opened in another month\n"
        in done.output
    )
    assert re.search(r"^\+[0-9a-f]{12},2026-11-30T15:00Z,,2027-01-02T15:00Z,", done.output, re.M)
    loaded = load(complete).book
    assert loaded
    assert len(loaded.tickets) == 60


def test_nothing_of_a_text_or_a_person_is_kept(complete: Path, tmp_path: Path) -> None:
    hostile = (
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "Ann Miller",
        "MRN 4471902",
        "\x1b[31m",
        "a\nb,c",
    )
    rows = [
        {"number": f"N{at}{word}", "opened": "2026-12-03 08:00", "category": word, "group": word, "caller": word,
         "channel": word, "escalated": word, "sla_missed": word, "change": f"{word} CHG0041", "notes": word}
        for at, word in enumerate(hostile)
    ]  # fmt: skip
    file = tmp_path / "hostile.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = import_into(complete, file)
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.output
    kept = (complete / "tickets" / "2026-12.csv").read_text("utf-8").splitlines()
    assert len(kept) == len(hostile) + 1
    assert all(re.fullmatch(r"[0-9a-f]{12},2026-12-03T14:00Z,,,complete-change,,,,,,no,,", line) for line in kept[1:])


def test_what_is_kept_is_read_as_it_was_written(book: Book) -> None:
    mapping = mapping_called("csv", book.desk)
    found = count_export(read_export(SIXTY.read_bytes(), mapping, CHICAGO), mapping, book).tickets
    text = kept_text(found)
    again, wrong = read_kept(text.encode())
    assert wrong == []
    assert kept_text(again) == text
    assert sorted(ticket.mark for ticket in again) == sorted(ticket.mark for ticket in found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("number,opened\n", "2026-12.csv:1:1: not a file of counted tickets, its first line is not ticket,opened,"),
        ("0123456789ab,2026-12-03T14:00Z,,,,,,,,,,\n", "2026-12.csv:2:1: not a counted ticket; put the line back"),
        ("0123456789ab,2026-12-03T14:00Z,,,,,,,maybe,,,,\n", "2026-12.csv:2:1: not a counted ticket"),
        ("Ann Miller,2026-12-03T14:00Z,,,,,,,,,,,\n", "2026-12.csv:2:1: not a counted ticket"),
        ("0123456789ab,2026-12-03T14:00Z,,,=1+1,,,,,,,,\n", "2026-12.csv:2:1: not a counted ticket"),
        ("number" * 50_000, "2026-12.csv:1:1: not a file of counted tickets, its first line is not ticket,opened,"),
        ("0123456789ab,2026-12-03T14:00Z,,,,,,,,,,,\n" * 2, "2026-12.csv:3:1: the ticket 0123456789ab is kept twice"),
    ],
)
def test_a_kept_file_that_was_edited_is_refused_at_its_line(complete: Path, text: str, problem: str) -> None:
    (complete / "tickets").mkdir()
    head = "" if text.startswith("number") else ",".join(KEPT_COLUMNS) + "\n"
    (complete / "tickets" / "2026-12.csv").write_text(head + text, encoding="utf-8")
    assert any(line.startswith(f"changes/tickets/{problem}") for line in lines(load(complete)))


def test_a_kept_file_that_is_huge_or_something_else_costs_little(complete: Path) -> None:
    (complete / "tickets").mkdir()
    (complete / "tickets" / "2026-11.csv").write_bytes(b"x" * (12 * 1024 * 1024 + 1))
    (complete / "tickets" / "2026-12.csv").write_text(",".join(KEPT_COLUMNS) + "\nx" * 300_000, encoding="utf-8")
    began = time.process_time()
    said = [line.partition("tickets/")[2] for line in lines(load(complete)) if "tickets/" in line]
    assert time.process_time() - began < 1
    assert len(said) == 22
    assert said[0].startswith("2026-11.csv:1:1: not read: larger than 12 MiB; ")
    assert said[-1].startswith("2026-12.csv:22:1: not read from here on; ")


def test_other_files_among_the_counted_tickets_are_named(complete: Path) -> None:
    (complete / "tickets").mkdir()
    (complete / "tickets" / "export.csv").write_text("x", encoding="utf-8")
    assert any(
        "tickets/export.csv:1:1: not read: counted tickets are in files" in line for line in lines(load(complete))
    )


def test_a_ticket_of_a_renamed_change_is_still_its_own(complete: Path) -> None:
    import_into(complete, SIXTY)
    text = (complete / "complete-change.yaml").read_text("utf-8")
    (complete / "complete-change.yaml").unlink()
    text = text.replace("name: Complete Change", "name: Match Scores").replace(
        "former_names:\n", "former_names:\n  - Complete Change\n"
    )
    (complete / "match-scores.yaml").write_text(
        text.replace("repeats: complete-change", "repeats: match-scores"), "utf-8"
    )
    loaded = load(complete).book
    assert loaded
    assert sum(ticket.change == "match-scores" for ticket in loaded.tickets) == 25


def test_a_ticket_is_preventable_if_git_had_its_playbook_before_it_was_opened(
    repository: Repository, complete: Path
) -> None:
    folder = repository.folder / "changes"
    shutil.copytree(complete, folder)
    scenario = folder / "desk" / "scenarios" / "patient-not-found.yaml"
    whole, record = scenario.read_text("utf-8"), folder / "complete-change.yaml"
    text = record.read_text("utf-8")
    record.unlink()
    repository.commit(at="2026-11-01T08:00:00-06:00")
    record.write_text(text, encoding="utf-8")
    scenario.write_text(f"{whole}\n", encoding="utf-8")
    repository.commit(at="2026-12-04T08:00:00-06:00")
    rows = ["number,opened,playbook"]
    rows += ["1,2026-10-31 08:00,PB-002", "2,2026-12-03 08:00,PB-002", "3,2026-12-03 08:00,CHG0041 PB-002"]
    rows += ["4,2026-12-04 09:00,CHG0041 PB-002", "5,2026-12-04 09:00,CHG0041"]
    file = repository.folder / "export.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    done = import_into(folder, file)
    assert done.exit_code == 0, done.output
    loaded = load(folder).book
    assert loaded
    own = "changes/complete-change/playbooks/patient-not-found/"
    general = "playbooks/patient-not-found/"
    answers = [ticket.answered_by for ticket in sorted(loaded.tickets, key=lambda item: item.opened)]
    assert answers[0] == ""
    assert answers[1:3] == [general, general]
    assert sorted(answers[3:]) == ["", own]


def test_a_wrong_mapping_or_change_offers_the_nearest(complete: Path) -> None:
    assert "did you mean 'servicenow'?" in import_into(complete, SIXTY, mapping="service-now").output
    assert "did you mean" in import_into(complete, SIXTY, "--change", "complete-chang").output
