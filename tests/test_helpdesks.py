"""Exports as each helpdesk makes them: what they say is counted, and what they do not say is unknown, never "no"."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from changebook.model.ticket import Ticket
from changebook.tickets.exported import Export
from changebook.tickets.figures import lot_of, time_to_resolve
from changebook.tickets.importing import count_export
from changebook.tickets.kept import kept_text, read_kept
from changebook.tickets.mappings import shipped
from changebook.tickets.reading import read_export
from changebook.tickets.unsaid import unsaid
from conftest import load

HEADS = {
    "jira-service-management": (
        "Summary,Issue key,Status,Created,Resolved,Reporter,Labels,Labels,Custom field (Request Type),"
        "Custom field (Request Type),Outward issue link (Causes),Outward issue link (Causes)\n"
        "Slow,SD-1,Resolved,27/Nov/26 5:43 PM,27/Nov/26 6:43 PM,ann,new,PB-002,,Patients - search,OPS-1,CHG0041\n"
        "Odd,SD-2,Escalated,27/Nov/26 5:44 PM,,bo,,,,,,\n"
    ),
    "request-tracker": (
        "id\tSubject\tStatus\tCreated\tStarted\tResolved\tRequestors\tCustomField.{Category}\n"
        "1\tCHG0041 is slow\tresolved\tFri Nov 27 17:43:08 2026\tFri Nov 27 17:50:00 2026\tFri Nov 27 18:43:08 2026"
        "\tann\tPatients - search\n"
        "2\tOdd\topen\tFri Nov 27 17:44:08 2026\tNot set\tNot set\tbo\t\n"
    ),
    "servicenow": (
        "number,opened_at,resolved_at,incident_state,category,caller_id,caller_id.department,contact_type,"
        "reassignment_count,reopen_count,made_sla,rfc,short_description\n"
        "INC1,2026-11-27 17:43:08,2026-11-27 18:43:08,Resolved,Patients - search,ann,Clerks,Phone,0,0,true,CHG0041,\n"
        "INC2,2026-11-27 17:44:08,,New,,bo,Clerks,Email,1,0,false,,Odd\n"
    ),
    "zendesk": json.dumps(
        {
            "tickets": [
                {
                    "id": 1,
                    "created_at": "2026-11-27T23:43:08Z",
                    "status": "solved",
                    "subject": "CHG0041 is slow",
                    "requester_id": 7,
                    "via": {"channel": "email"},
                    "custom_fields": [{"id": 360001, "value": "Patients - search"}, {"id": 360002, "value": None}],
                    "metric_set": {"group_stations": 1, "reopens": 0, "solved_at": "2026-11-28T00:43:08Z"},
                },
                {
                    "id": 2,
                    "created_at": "2026-11-27T23:44:08Z",
                    "status": "open",
                    "subject": "Odd",
                    "requester_id": 8,
                    "via": {"channel": "voice"},
                    "custom_fields": [],
                    "metric_set": {"group_stations": 3, "reopens": 1, "solved_at": None},
                },
            ],
            "next_page": None,
            "count": 2,
        }
    ),
}
# What is known of the two tickets: their escalation, repeat and missed SLA; and what the import says of the rest.
KNOWN: dict[str, tuple[list[tuple[bool | None, ...]], list[str]]] = {
    "jira-service-management": (
        [(None, False, None), (None, None, None)],
        [
            "1 of 2 tickets without a category",
            "user group ('Custom field (Organizations)')",
        ],
    ),
    "request-tracker": (
        [(None, False, None), (None, None, None)],
        ["1 of 2 tickets without a category", "user group ('CustomField.{User group}'), escalation ('CustomField.{Esc"],
    ),
    "servicenow": (
        [(False, False, False), (True, False, True)],
        ["1 of 2 tickets without a category", "missing or empty: time of classification (no column in the mapping)"],
    ),
    "zendesk": (
        [(False, False, None), (True, True, None)],
        ["missing or empty: category (no column in the mapping), user group (no column in the mapping), time of"],
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_an_export_does_not_say_is_unknown_and_named(book: Book, name: str) -> None:
    mapping = shipped()[name]
    export = read_export(HEADS[name].encode(), mapping, book.desk.settings.zone)
    tickets = count_export(export, mapping, book).tickets
    known, lines = KNOWN[name]
    assert [(item.escalated, item.repeat, item.sla_missed) for item in tickets] == known
    said = list(unsaid(export.tickets, mapping))
    assert len(said) == len(lines)
    assert all(part in line for part, line in zip(lines, said, strict=True)), said
    one, two = tickets
    assert (one.change, two.change) == ("complete-change", "")
    assert one.resolved
    assert (one.resolved - one.opened).total_seconds() == 3600
    assert (two.resolved, two.closes) == (None, True)
    assert export.odd == {}


def test_a_field_of_many_columns_is_read_from_all_of_them(book: Book) -> None:
    mapping = shipped()["jira-service-management"]
    export = read_export(HEADS[mapping.id].encode(), mapping, book.desk.settings.zone)
    assert export.tickets[0].text.splitlines() == ["Slow", "new PB-002", "OPS-1 CHG0041"]
    assert count_export(export, mapping, book).tickets[0].category == "patients/search"


def test_a_field_of_the_desks_own_is_read_by_its_id(book: Book) -> None:
    mapping = shipped()["zendesk"]
    columns = mapping.columns.model_copy(update={"category": "custom_fields.360001"})
    own = mapping.model_copy(update={"columns": columns})
    found = read_export(HEADS["zendesk"].encode(), own, book.desk.settings.zone)
    assert [ticket.category for ticket in found.tickets] == ["Patients - search", ""]


def test_the_state_of_today_says_nothing_of_an_escalation_before(book: Book) -> None:
    mapping = shipped()["csv"]
    states = mapping.states.model_copy(update={"escalated": ("Escalated",), "resolved": ("Done",)})
    columns = mapping.columns.model_copy(update={"state": "state"})
    own = mapping.model_copy(update={"states": states, "columns": columns})
    rows = b"number,opened,state\n1,2026-11-27 08:00,Escalated\n2,2026-11-27 08:00,Done\n"
    assert [item.escalated for item in read_export(rows, own, book.desk.settings.zone).tickets] == [None, None]


def test_an_import_says_what_is_unknown(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(HEADS["jira-service-management"], encoding="utf-8")
    command = ["tickets", "import", str(file), "--mapping", "jira-service-management", "--book", str(small), "--yes"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert (
        "\n1 of 2 tickets without a category\nUnknown for every ticket, its column is missing or empty: " in done.output
    )
    assert load(small).book


def test_an_import_says_that_it_read_no_words_and_where_it_looked(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("number,opened,description\n1,2026-11-27 08:00,Complete Change fails\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["tickets", "import", str(file), "--mapping", "csv", "--book", str(small), "--yes"])
    said = "name of a change or code of a playbook ('change' and 'playbook' and 'subject' and 'notes'), "
    assert f"its column is missing or empty: {said}" in done.output


def opened_and_resolved(book: Book, opened: str, resolved: str) -> tuple[Export, list[Ticket]]:
    mapping = shipped()["csv"]
    export = read_export(f"number,opened,resolved\n1,{opened},{resolved}\n".encode(), mapping, book.desk.settings.zone)
    return export, count_export(export, mapping, book).tickets


@pytest.mark.parametrize(
    ("opened", "resolved", "kept", "minutes"),
    [
        ("2026-11-01 01:30", "2026-11-01 02:30", "2026-11-01T06:30Z~,,2026-11-01T08:30Z,", None),
        ("2026-11-01 00:30", "2026-11-01 01:10", "2026-11-01T05:30Z,,2026-11-01T06:10Z~,", None),
        # The first hour and then the second, or a mistake: nobody can tell.
        ("2026-11-01 01:50", "2026-11-01 01:10", "2026-11-01T06:50Z~,,2026-11-01T06:10Z~,", None),
        ("2026-03-08 02:30", "2026-03-08 04:00", "2026-03-08T08:30Z~,,2026-03-08T09:00Z,", None),
        ("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00", "2026-11-01T06:30Z,,2026-11-01T07:30Z,", 60),
        ("2026-11-01 00:30", "2026-11-01 02:30", "2026-11-01T05:30Z,,2026-11-01T08:30Z,", 180),
    ],
)
def test_how_long_a_ticket_took_is_unknown_in_an_hour_that_clocks_show_twice_or_skip(
    book: Book, opened: str, resolved: str, kept: str, minutes: int | None
) -> None:
    export, tickets = opened_and_resolved(book, opened, resolved)
    text = kept_text(tickets)
    assert kept in text
    said = "tickets with a time that the clocks show twice or skip; how long these took is unknown"
    assert export.odd == ({} if minutes else {said: 1})
    again, wrong = read_kept(text.encode())
    assert (again, wrong) == (tickets, [])
    figure = time_to_resolve(lot_of(again, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)))
    assert (figure.value, figure.unknown) == (minutes, 0 if minutes else 1)
