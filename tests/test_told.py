"""The sentence of a change, told to its reader: the record's words, then whom this reader calls."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from changebook.book import Book
from changebook.book.told import SENTENCE_WORDS, own_words, room_for_words, sentence_for, whom_to_call
from changebook.checks.changes import check_sentence
from changebook.cli import main
from changebook.model import Change, Record
from changebook.model.scalar import WorkingHours
from changebook.model.settings import Holiday
from changebook.naming.fields import texts
from changebook.render.prose import plain_prose
from changebook.search.documents import documents_of
from changebook.views.announcement import announced
from conftest import ROOT, SAMPLE
from plain_text import plain_text

READERS = ("desk", "staff", "partners")
HOURS = TypeAdapter(WorkingHours)


def with_team(book: Book, **values: object) -> Book:
    """Return the small book, in which the owner of its changes has other `values`."""
    teams = {**book.desk.teams, "interfaces": book.desk.teams["interfaces"].model_copy(update=values)}
    return dataclasses.replace(book, desk=dataclasses.replace(book.desk, teams=teams))


def test_staff_and_partners_call_the_desk_and_the_desk_escalates(sample: Book) -> None:
    change = sample.change("fhir-patient-lookup-r4")
    for reader, number in (("staff", "4400"), ("partners", "555-0100")):
        assert sentence_for(change, sample, reader) == f"{change.sentence} Questions: Northmere Service Desk, {number}."
    called = "Escalate to Interoperability Platform, 4410; after hours and holidays, Integration Operations, 6620."
    assert sentence_for(change, sample, "desk") == f"{change.sentence} {called}"


@pytest.mark.parametrize(
    ("hours", "away"),
    [
        ("mon-fri 07:00-18:00", "; after hours, "),
        ("mon-fri 06:00-20:00, sat 08:00-16:00", "; after hours, "),
        ("mon-sun 06:00-22:00", "; nights, "),
        ("mon-fri 00:00-24:00", "; weekends, "),
        ("sun-fri 00:00-24:00", "; Saturdays, "),
        ("mon-sun 19:00-07:00", "; other hours, "),
        ("mon-sun 00:00-23:00", "; other hours, "),
        ("mon-thu 07:00-18:00", "; other hours, "),
        ("always", "."),
    ],
)
def test_the_desk_reads_in_which_hours_somebody_else_answers(book: Book, hours: str, away: str) -> None:
    changed = with_team(book, hours=HOURS.validate_python(hours))
    said = whom_to_call(changed.change("complete-change"), changed, "desk")
    assert said.startswith(f"Escalate to Interfaces, 300{away}")


def test_holidays_are_named_where_the_desk_has_some_and_nobody_with_hours_covers(book: Book) -> None:
    team = book.desk.teams["interfaces"].model_copy(update={"hours": HOURS.validate_python("mon-fri 07:00-18:00")})
    for closed, cover, away in (
        (("2026-12-25",), "always", "after hours and holidays, Records Team, 200."),
        ((), "always", "after hours, Records Team, 200."),
        (("2026-12-25",), "mon-sun 18:00-07:00, sat-sun 07:00-18:00", "after hours, Records Team, 200."),
    ):
        backup = book.desk.teams["records-team"].model_copy(
            update={"hours": HOURS.validate_python(cover), "zone": None}
        )
        teams = {**book.desk.teams, "interfaces": team.model_copy(update={"backup": backup.id}), backup.id: backup}
        settings = book.desk.settings.model_copy(
            update={"holidays": tuple(Holiday(day=day, name="Day off") for day in closed)}
        )
        changed = dataclasses.replace(book, desk=dataclasses.replace(book.desk, teams=teams, settings=settings))
        said = whom_to_call(changed.change("complete-change"), changed, "desk")
        assert said == f"Escalate to Interfaces, 300; {away}"


def test_whoever_covers_answers_all_the_hours_that_the_team_does_not(sample: Book) -> None:
    # The backup of Portal Services goes home at 20:00 and has a backup too.
    said = whom_to_call(sample.change("portal-sign-in-text"), sample, "desk")
    assert said == "Escalate to Portal Services, 4490; after hours and holidays, Desk Lead, 4401."


def test_the_desk_is_never_told_to_call_itself(book: Book) -> None:
    front = book.desk.settings.desk.model_copy(update={"phone": book.desk.teams["front-desk"].phone})
    settings = book.desk.settings.model_copy(update={"desk": front})
    book = dataclasses.replace(book, desk=dataclasses.replace(book.desk, settings=settings))
    change = book.change("complete-change")
    # The only backup is the desk.
    assert whom_to_call(change, book, "desk") == "Escalate to Interfaces, 300; after hours, use queue IFACE."
    own = change.model_copy(update={"owner": "front-desk"})
    assert whom_to_call(own, book, "desk") == "Keep it in queue FRONT."


def test_a_sentence_without_a_full_stop_gets_one(book: Book) -> None:
    change = book.change("complete-change").model_copy(update={"sentence": "Search shows\n a score"})
    assert sentence_for(change, book, "staff").startswith("Search shows a score. Questions: ")


def test_a_sentence_of_as_many_words_as_fit_is_told_in_30(sample: Book) -> None:
    change = sample.change("fhir-patient-lookup-r4")
    rooms = {room_for_words(change.model_copy(update={"owner": team}), sample) for team in sample.desk.teams}
    handbook = (ROOT / "docs" / "handbook" / "first-record.md").read_text("utf-8")
    assert f"{min(rooms)} to {max(rooms)} words in the sample book" in handbook
    for change in sample.changes.values():
        longest = change.model_copy(update={"sentence": " ".join(["word"] * room_for_words(change, sample)) + "."})
        told_in = [len(sentence_for(longest, sample, reader).split()) for reader in READERS]
        assert max(told_in) == SENTENCE_WORDS
        assert all(len(sentence_for(change, sample, reader).split()) <= SENTENCE_WORDS for reader in READERS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Search is new; call 100.",
        "Search is new; call the front desk on 100.",
        "Search is new; call the Records Team.",
        "Search is new, which is escalated to Interfaces.",
        "Search is new; 100 escalates it.",
        "Search is new; the desk at 100 helps.",
        "Search is new; names go through 100.",
    ],
)
def test_a_sentence_that_says_whom_to_call_is_a_problem(book: Book, sentence: str) -> None:
    assert len(list(check_sentence(saying(book, sentence)))) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Patient search shows a score from 0 to 100.",
        "The interfaces of the chart change on 8 December.",
        "Interfaces are called by their names.",
        "Callers reach the desk as before; 100 wards see it first.",
    ],
)
def test_a_number_or_a_word_by_chance_is_nobody_to_call(book: Book, sentence: str) -> None:
    assert list(check_sentence(saying(book, sentence))) == []


def saying(book: Book, sentence: str) -> Book:
    change: Change = book.change("complete-change").model_copy(update={"sentence": sentence})
    return dataclasses.replace(book, changes={change.id: change})


# What staff and partners read, or what is sent to them: there the desk's number belongs.
FOR_STAFF = re.compile(r"changes/[^/]+/(?:release-note|questions|announcement)|release-notes|questions")
# Texts of a record that callers are told, or read on their screens.
FOR_CALLERS = {"answer", "workaround", "user_sees", "first_response", "before", "after", "says"}


def to_callers(record: Record) -> set[str]:
    """Return the texts of a record that are for callers, as plain text has them."""
    found = {text for steps, text in texts(record, old_words=True) if FOR_CALLERS & {*steps}}
    return {" ".join(plain_prose(text).split()) for text in found}


def test_no_page_of_the_desk_tells_the_desk_to_call_itself(site: Path, sample: Book) -> None:
    number = re.escape(sample.desk.settings.desk.phone)
    records = (*sample.changes.values(), *sample.desk.scenarios.values())
    said = {text for record in records for text in to_callers(record) if sample.desk.settings.desk.phone in text}
    wrong = []
    seen = 0
    for file in sorted(site.rglob("index.html")):
        address = file.parent.relative_to(site).as_posix()
        if FOR_STAFF.fullmatch(address) or address.startswith("handbook/"):
            continue
        seen += 1
        for line in plain_text(file.read_text("utf-8")).splitlines():
            own = line
            for text in said:
                own = own.replace(text, "")
            # The foot of every page says whose site it is; the list of teams, what their numbers are.
            its_own = re.match(r"Northmere Health\. |(\{is=team\} \| )?Service Desk", own)
            # The end of the mail to copy, below an outage.
            its_own = its_own or (address == "outages" and own.startswith("Northmere Service Desk, 4400. Say “"))
            if re.search(rf"(?<![\w-]){number}(?!\w)", own) and not its_own:
                wrong.append(f"{address}: {own[:200]}")
    assert seen > 100
    assert wrong == []


@pytest.mark.parametrize("page", ["release-notes/", "changes/fhir-patient-lookup-r4/release-note/"])
def test_pages_for_staff_say_to_call_the_desk(site: Path, page: str) -> None:
    said = plain_text((site / page / "index.html").read_text("utf-8"))
    assert "the best match first. Questions: Northmere Service Desk, 4400." in said
    # The note holds the announcements, and the desk's own is for the desk.
    before, _, after = said.partition("\n### For the service desk")
    assert "Escalate to" not in before + after.partition("\n### For staff")[2]


def test_each_version_of_an_announcement_says_whom_its_reader_calls(sample: Book) -> None:
    change = sample.change("fhir-patient-lookup-r4")
    versions = announced(sample, change).versions
    called = [whom_to_call(change, sample, version.audience) for version in versions]
    assert [words.split()[0] for words in called] == ["Escalate", "Questions:", "Questions:"]
    assert called[0] in versions[0].mail
    numbers = [[number for number in ("4400", "555-0100") if number in version.mail] for version in versions]
    assert numbers == [[], ["4400"], ["555-0100"]]
    # Said once, at the end.
    assert [version.mail.count("Service Desk") for version in versions] == [0, 1, 1]


def test_lists_search_and_terminal_say_the_same_to_the_desk(site: Path, sample: Book) -> None:
    change = sample.change("claims-api-2-4")
    own, called = own_words(change), whom_to_call(change, sample, "desk")
    for page in ("changes/", "changes/claims-api-2-4/", "partners/meridian-clearing/"):
        # Between the two is what a script needs to say who answers now.
        said = rf"{re.escape(own)} \{{[^}}]*\}} {re.escape(called)}"
        text = plain_text((site / page / "index.html").read_text("utf-8"))
        assert re.search(said, re.sub(r"\[([^\]]*)\]\(tel:[^)]*\)", r"\1", text)), page
    # Search and the terminal say who answers at that hour under Call.
    hub = next(item for item in documents_of(sample).symptoms if item.change == change.id and item.kind == "change")
    assert hub.card["line"] == own
    assert hub.card["duty"]["line"].split()[0] == change.owner
    # What is found does not depend on who is called.
    assert not any("Escalate" in text for field in hub.fields.values() for text in field)
    done = CliRunner().invoke(main, ["show", "claims-api-2-4", "--book", str(SAMPLE)])
    assert own in done.stdout.splitlines()
    assert "\nCall      Now: " in done.stdout
    said = sentence_for(change, sample, "desk")
    listed = json.loads(CliRunner().invoke(main, ["list", "--book", str(SAMPLE), "--format", "json"]).stdout)
    card = next(item for item in listed if item["id"] == "claims-api-2-4")
    assert card["told"]["desk"] == said
    asked = f"{card['sentence']} Questions: Northmere Service Desk,"
    assert (card["told"]["staff"], card["told"]["partners"]) == (f"{asked} 4400.", f"{asked} 555-0100.")
