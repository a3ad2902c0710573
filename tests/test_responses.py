"""First responses in a helpdesk: six forms out and back, and every drift named."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from changebook.book import Book
from changebook.cli import main
from changebook.errors import ChangebookError
from changebook.exports.drift import drifted
from changebook.exports.given_out import HeldReply, held_in
from changebook.exports.helpdesks import HELPDESKS, table
from changebook.exports.responses import Reply, replies
from changebook.model.status import Status
from conftest import HARBOR, load
from sixty import book_of_sixty


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book_of_sixty(tmp_path_factory.mktemp("sixty"))


@pytest.fixture(scope="module")
def sixty_book(sixty: Path) -> Book:
    book = load(sixty).book
    assert book
    return book


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def as_held(reply: Reply) -> HeldReply:
    return HeldReply(reply.name, reply.text, reply.offered)


def with_status(book: Book, name: str, status: Status) -> Book:
    return replace(book, changes={**book.changes, name: book.changes[name].model_copy(update={"status": status})})


@pytest.mark.slow
@pytest.mark.parametrize("helpdesk", sorted(HELPDESKS))
def test_what_is_exported_is_read_back_and_has_not_drifted(sixty: Path, tmp_path: Path, helpdesk: str) -> None:
    file = tmp_path / "export"
    done = run("export", "responses", "--book", str(sixty), "--for", helpdesk, "--to", str(file))
    assert done.output == f"{file.as_posix()} holds 60 responses.\n"
    same = run("responses", "diff", "--book", str(sixty), str(file))
    assert same.output == "0 drifted, 60 the same; 0 without a code, not drifted.\n"
    assert same.exit_code == 0


def test_placeholders_of_helpdesks_pass_untouched(sixty_book: Book) -> None:
    marks = ("{{ticket.requester.name}}", "#{ticket.customer.firstname}", "${caller_id.first_name}")
    for write in HELPDESKS.values():
        text = write(replies(sixty_book))
        assert [text.count(mark) for mark in marks] == [10, 9, 9]


# What the makers of each helpdesk document, read without our own reader.
def _zendesk(text: str) -> dict[str, tuple[str, bool]]:
    found = json.loads(text)["macros"]
    assert {action["field"] for macro in found for action in macro["actions"]} == {"comment_value"}
    return {macro["title"]: (macro["actions"][0]["value"], macro["active"]) for macro in found}


def _freshdesk(text: str) -> dict[str, tuple[str, bool]]:
    found = json.loads(text)["canned_responses"]
    assert {one["visibility"] for one in found} == {0}
    return {one["title"]: (_plain(one["content_html"]), True) for one in found}


def _zammad(text: str) -> dict[str, tuple[str, bool]]:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == ["name", "keywords", "content", "note", "active"]
    return {row["name"]: (_plain(row["content"]), row["active"] == "true") for row in rows}


def _rt(text: str) -> dict[str, tuple[str, bool]]:
    made, given = json.loads(text)["Articles"][::2], json.loads(text)["Articles"][1::2]
    assert [one["Name"] for one in made] == [one["_Original"]["Name"] for one in given]
    return {one["Name"]: (one["CustomFields"][0]["Content"], not one["Disabled"]) for one in given}


def _servicenow(text: str) -> dict[str, tuple[str, bool]]:
    found = list(ElementTree.fromstring(text))
    assert {one.get("action") for one in found} == {"INSERT_OR_UPDATE"}
    assert len({one.findtext("sys_id") for one in found}) == len({one.findtext("short_name") for one in found})
    said = [(one.findtext("name") or "", one.findtext("body") or "", one.findtext("active")) for one in found]
    return {name: (_plain(body), active == "true") for name, body, active in said}


def _csv(text: str) -> dict[str, tuple[str, bool]]:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row.values())
    return {row["name"]: (row["text"].removeprefix("'"), row["active"] == "true") for row in rows}


def _plain(text: str) -> str:
    return html.unescape(text.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n\n"))


READERS: dict[str, Callable[[str], dict[str, tuple[str, bool]]]] = {
    "zendesk": _zendesk,
    "freshdesk": _freshdesk,
    "zammad": _zammad,
    "rt": _rt,
    "servicenow": _servicenow,
    "csv": _csv,
}


@pytest.mark.parametrize("helpdesk", sorted(HELPDESKS))
def test_an_export_has_every_text_as_it_is_sent(sixty_book: Book, harbor: Book, helpdesk: str) -> None:
    for book in (sixty_book, with_status(harbor, "night-patch", "closed")):
        wanted = [one for one in replies(book) if one.offered or helpdesk != "freshdesk"]
        found = READERS[helpdesk](HELPDESKS[helpdesk](replies(book)))
        assert found == {one.name: (one.text, one.offered) for one in wanted}


def test_a_response_is_withdrawn_when_its_change_is_over(harbor: Book) -> None:
    named = "PB-001 Night Patch"
    for status, offered in (("live", True), ("stable", True), ("closed", False), ("rolled-back", False)):
        found = {one.reference: one for one in replies(with_status(harbor, "night-patch", status))}
        assert found[named].offered is offered
    for status in ("draft", "ready", "cancelled"):
        assert named not in {one.reference for one in replies(with_status(harbor, "night-patch", status))}


def test_twenty_planted_drifts_are_all_found(sixty_book: Book) -> None:
    mine = replies(sixty_book)
    held = [as_held(reply) for reply in mine]
    number = {reply.code: at for at, reply in enumerate(mine)}
    wanted: set[tuple[str, str]] = set()

    def plant(kind: str, code: str, change: Callable[[HeldReply], HeldReply | None]) -> None:
        at = number[code]
        held[at] = change(held[at])  # type: ignore[call-overload]
        wanted.add((kind, code))

    words: list[tuple[str, Callable[[str], str]]] = [
        ("PB-003", lambda text: text.replace("3 < 4", "3 < 5").replace("response 3", "response 33")),
        ("PB-004", lambda text: text + "\n\nKind regards"),
        ("PB-005", lambda text: text.replace("\n\nThis is response 5.", "")),
        ("PB-006", lambda text: text.replace("{{ticket.requester.name}}", "Sir or Madam")),
        ("PB-007", lambda text: text.replace("ticket", "Ticket", 1)),
        ("PB-008", lambda text: text.replace(".", "", 1)),
        ("PB-009", lambda text: text.replace("\u201c", '"')),
        ("PB-010", lambda text: text.replace("Reference: PB-010", "")),
        ("PB-011", lambda text: text.replace("[time + 30 min]", "noon")),
        ("PB-012", lambda text: text.replace("\n\n", " ")),
    ]
    for code, change in words:
        plant("changed", code, lambda item, change=change: replace(item, text=change(item.text)))  # type: ignore[misc]
    plant("changed", "PB-020", lambda item: replace(item, name="PB-020: Late, and later"))
    plant("changed", "PB-021", lambda item: replace(item, name="Late result", text=item.text.upper()))
    plant("changed", "PB-022", lambda item: replace(item, offered=False))
    for code in ("PB-030", "PB-031", "PB-032"):
        plant("missing", code, lambda item: None)
    held += [
        replace(held[number["PB-040"]], name="PB-040: copy of mine", text="Old words. Reference: PB-040"),
        HeldReply("PB-077: Fax is slow", "Please resend it.", True),
        HeldReply("Printer", "It prints.\nReference: pb78", True),
        HeldReply("PB-5000: From another book", "It is late.", True),
        HeldReply("Thanks", "Thank you for your patience.", True),
    ]
    wanted |= {("unknown", code) for code in ("PB-040", "PB-077", "PB-078", "PB-5000")}
    assert len(wanted) == 20
    found = drifted(sixty_book, [item for item in held if item])
    assert {(drift.kind, drift.reference) for drift in found.drifts} == wanted
    assert len(found.drifts) == 20
    assert (found.same, found.others) == (44, 1)


def test_a_response_of_a_change_that_is_over_is_withdrawn_and_still_there(harbor: Book) -> None:
    held = [as_held(reply) for reply in replies(harbor)]
    assert drifted(harbor, held).drifts == []
    found = drifted(with_status(harbor, "night-patch", "closed"), held)
    assert [(one.kind, one.reference) for one in found.drifts] == [("withdrawn", "PB-001 Night Patch")]
    assert found.drifts[0].what == "still offered, and its change is closed"
    found = drifted(with_status(harbor, "night-patch", "draft"), held)
    assert [one.what for one in found.drifts] == ["still offered, and the change, draft, has no such response now"]
    closed = with_status(harbor, "night-patch", "closed")
    assert drifted(closed, [replace(one, offered="Night Patch" not in one.name) for one in held]).drifts == []


def test_a_former_name_leads_to_the_change_of_today(harbor: Book) -> None:
    change = next(one for one in harbor.changes.values() if one.former_names and one.status == "live")
    held = [as_held(reply) for reply in replies(harbor)]
    old = [replace(one, name=one.name.replace(change.name, change.former_names[0])) for one in held]
    assert old != held
    kinds = {(one.kind, one.what.partition(" now ")[0]) for one in drifted(harbor, old).drifts}
    assert kinds == {("changed", "its name is")}


HTML = '<div dir="ltr">Thank you.<br>I call you<br></div><p>&nbsp;</p><div>Reference: PB-001</div>'
GIVEN_OUT = {
    "Zendesk's API": {
        "macros": [{"title": "A", "actions": [{"field": "comment_value", "value": ["channel:all", "T"]}]}]
    },
    "Zendesk's rich text": {
        "macros": [{"title": "A", "actions": [{"field": "comment_value_html", "value": "<p>T</p>"}]}]
    },
    "Freshdesk's folder": [{"id": 1, "title": "A", "content": "T", "content_html": "<div>T</div>"}],
    "Zammad's API": [{"id": 1, "name": "A", "content": "<div>T</div>", "active": True}],
    "ServiceNow's table API": {"result": [{"name": "A", "body": "<p>T</p>", "active": "true"}]},
    "Request Tracker's dump": {
        "Articles": [
            {
                "Name": "A",
                "CustomFields": [
                    {"CustomField": "Content", "LargeContent": "Old", "Disabled": 1},
                    {"CustomField": "Content", "LargeContent": "T", "Disabled": 0},
                ],
            }
        ]
    },
}


@pytest.mark.parametrize("given", GIVEN_OUT.values(), ids=GIVEN_OUT)
def test_what_a_helpdesk_gives_out_is_read(given: Any) -> None:
    assert [(one.name, one.text.strip(), one.offered) for one in held_in(json.dumps(given))] == [("A", "T", True)]


def test_paragraphs_that_a_helpdesk_made_its_own_are_no_drift(sixty_book: Book) -> None:
    reply = replies(sixty_book)[2]
    said = "<br><br>".join(html.escape(part) for part in reply.text.split("\n\n"))
    kept = [{"name": reply.name, "content": f'<div dir="ltr">\n {said}\n</div>', "active": "true"}]
    assert drifted(sixty_book, held_in(json.dumps(kept))).same == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the export is empty"),
        ("{", "the export cannot be read"),
        ("<unload>", "the export cannot be read"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><unload/>', "declarations of its own"),
        ("[" * 100_000, "the export cannot be read"),
        ("a,b\r\n1,2\r\n", "no reply with a name and a text"),
        ('{"macros": 5}', "no reply with a name and a text"),
        ('[{"name": "A", "text": 5}, {"name": "A", "text": ["T"]}]', "no reply with a name and a text"),
        pytest.param(f'[{{"name": "A", "text": {"1" * 5000}}}]', "the export cannot be read", id="a long number"),
        ('name,text\r\n"a,b', "the export cannot be read"),
    ],
)
def test_what_is_no_export_is_refused_with_a_remedy(text: str, said: str) -> None:
    with pytest.raises(ChangebookError, match=said) as caught:
        held_in(text)
    assert "give the file as the helpdesk exported it" in str(caught.value)


def test_the_command_says_what_drifted_and_exits_with_1(tmp_path: Path) -> None:
    file = tmp_path / "macros.json"
    run("export", "responses", "--book", str(HARBOR), "--for", "zendesk", "--to", str(file))
    file.write_text(file.read_text("utf-8").replace("Sign-in response", "Sign-in answer"), encoding="utf-8")
    done = run("responses", "diff", "--book", str(HARBOR), str(file))
    assert done.exit_code == 1
    assert "changed: PB-002: Sign-in fails\n  helpdesk: 'Sign-in answer, it works again by noon.'" in done.output
    plain = run("responses", "diff", "--book", str(HARBOR), str(file), "--format", "json")
    assert [one["reference"] for one in json.loads(plain.stdout)["drifts"]] == ["PB-002"]
    for what in (b"\xff\xfe", b"", b"<records", b'{"macros": []}'):
        file.write_bytes(what)
        assert run("responses", "diff", "--book", str(HARBOR), str(file)).exit_code == 2


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "＠A1", "﹢1", " =1"])
def test_no_cell_of_the_table_is_a_formula_and_each_comes_back(begin: str) -> None:
    exported = table([Reply("PB-900", "PB-900", "PB-900: Formula", begin)])
    assert f",'{begin}," in exported.replace('"', "")
    assert [held.text for held in held_in(exported)] == [begin]
