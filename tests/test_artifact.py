"""The readiness artifact: whole from its kind's parts, and honest about what the record lacks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import material
import pytest

from changebook.book import Book
from changebook.model.kinds import Part
from changebook.names import change_address
from changebook.pages import blocks
from changebook.pages.blocks import artifact
from changebook.render import Block, Renderer
from changebook.render.icons import icons_in
from changebook.views.artifact import LACKING, artifact_page
from changebook.views.contacts import contacts
from changebook.views.contract import exchanges
from changebook.views.downtime import binder
from changebook.views.playbook import playbook_title
from conftest import ROOT

PARTS: tuple[Part, ...] = get_args(Part)
ALWAYS = {"names", "contacts"}


def with_parts(book: Book, *parts: Part, by_hand: tuple[str, ...] = ()) -> Book:
    """Return the book whose kinds all make their artifact of `parts`."""
    kinds = {}
    for name, kind in book.desk.kinds.items():
        headings = {part: f"Heading of {part}" for part in parts}
        made = kind.artifact.model_copy(update={"parts": headings, "by_hand": by_hand})
        kinds[name] = kind.model_copy(update={"artifact": made})
    return replace(book, desk=replace(book.desk, kinds=kinds))


def html(book: Book, change: str) -> str:
    """Return the artifact of a change as its page shows it."""
    return rendered(book, artifact(book, change))


def rendered(book: Book, block: Block) -> str:
    """Return a block as its page shows it."""
    icon = icons_in(Path(material.__file__).parent / "templates" / ".icons")
    return Renderer(book, icon).html(block, root="../")


def test_a_part_has_a_template_and_a_template_a_part() -> None:
    folder = ROOT / "macros" / "changebook" / "render" / "templates" / "parts"
    assert {file.name.partition(".")[0] for file in folder.iterdir()} == set(PARTS)
    assert set(LACKING) == set(PARTS) - ALWAYS


@pytest.mark.parametrize("by_hand", [(), ("We", "Partner")], ids=["to read", "to tick"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_made_from_a_full_record(book: Book, part: Part, by_hand: tuple[str, ...]) -> None:
    page = html(with_parts(book, part, by_hand=by_hand), "complete-change")
    assert f"Heading of {part}" in page
    assert "Not written yet" not in page
    section = page.partition(f'id="{part}"')[2]
    assert len(re.sub(r"<[^>]+>", "", section).split()) > 5


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ALWAYS])
def test_a_part_that_the_record_lacks_says_what_to_write_and_where(book: Book, part: Part) -> None:
    page = html(with_parts(book, part), "six-lines")
    assert "Not written yet: " in page
    assert f"<code>{LACKING[part][1]}</code>" in page


def test_the_parts_keep_the_kinds_order_and_headings(book: Book) -> None:
    other = with_parts(book, *reversed(PARTS))
    page = artifact_page(other, other.change("complete-change"))
    assert [part.name for part in page.parts] == list(reversed(PARTS))
    shown = re.findall(r"Heading of (\w+)", html(other, "complete-change"))
    assert shown == list(reversed(PARTS))


def test_the_whole_artifact_has_no_id_twice(book: Book) -> None:
    for by_hand in ((), ("We",)):
        ids = re.findall(r'\sid="([^"]+)"', html(with_parts(book, *PARTS, by_hand=by_hand), "complete-change"))
        assert len(ids) == len(set(ids))


def test_every_table_of_a_sheet_to_tick_has_its_empty_columns(book: Book) -> None:
    page = html(with_parts(book, *PARTS, by_hand=("Sent", "Confirmed")), "complete-change")
    tables = re.findall(r"<table.*?</table>", page, flags=re.S)
    assert len(tables) >= 12
    for table in tables:
        lines = table.count("<tr") - 1
        assert lines > 0
        assert table.count(">Sent</th>") == table.count(">Confirmed</th>") == 1
        assert table.count('<td class="cb-hand-cell"></td>') == 2 * lines
    assert "cb-hand-cell" not in html(with_parts(book, *PARTS), "complete-change")


def test_what_is_sent_word_for_word_can_be_copied(book: Book) -> None:
    page = html(with_parts(book, "names", "announcement", "first_responses", "questions"), "complete-change")
    copied = re.findall(r'data-cb-copy="([^"]+)"', page)
    assert {"the-name", "the-sentence", "mail-desk", "mail-staff", "mail-partners"} <= set(copied)
    assert len(copied) == 2 + 3 + 1 + 2
    assert all(f'id="{name}"' in page for name in copied)


def test_the_artifact_begins_with_its_use_and_name(book: Book) -> None:
    page = html(book, "complete-change")
    assert "FHIR support brief: Complete Change" in page
    assert "For: The analyst on the first shift." in page


def test_a_team_is_among_the_contacts_once_with_all_it_is_called_for(book: Book) -> None:
    found = contacts(book, book.change("complete-change"))
    teams = [contact.team.id for contact in found]
    assert len(teams) == len(set(teams))
    assert teams[0] == "interfaces"
    reasons = {contact.team.id: contact.reasons for contact in found}
    assert {"Makes the change", "Decides on a rollback", "Says go or no-go"} <= set(reasons["interfaces"])
    assert "Leads the bridge, Bridge 900" in reasons["front-desk"]
    page = html(with_parts(book, "contacts"), "complete-change")
    assert re.search('<th scope="row">Far Labs</th>\\s*<td data-h="For">The partner\'s own desk</td>', page)


def test_a_playbook_is_called_by_the_title_that_it_has_on_every_page(harbor: Book) -> None:
    change = harbor.change("score-search")
    titles = {playbook_title(playbook, harbor) for playbook in change.playbooks}
    said = {reason for contact in contacts(harbor, change) for reason in contact.reasons}
    assert {f"Takes calls: {title}" for title in titles} <= said


def test_hours_of_another_zone_say_so_in_the_binder_and_in_the_artifact(book: Book) -> None:
    change = book.change("complete-change").model_copy(update={"owner": "records-team"})
    records = next(contact for contact in binder(book).teams if contact.team.id == "records-team")
    assert records.zone == "America/New_York"
    assert records == replace(contacts(book, change)[0], reasons=())
    owned = replace(book, changes={change.id: change})
    assert "in America/New_York" in html(with_parts(owned, "contacts"), change.id)


def test_the_contract_and_the_artifact_say_the_same_of_an_exchange(book: Book) -> None:
    change = book.change("complete-change")
    (view,) = exchanges(book, change)
    assert view.version
    assert view.limits
    terms = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>")
    contract = terms.findall(rendered(book, blocks.contract(book, change.id)))
    limits = terms.findall(html(with_parts(book, "rules"), change.id))
    assert contract[: 1 + len(limits)] == [("Version", view.version), *limits]
    assert len(limits) == len(view.limits)


def test_only_a_sheet_to_tick_has_columns_for_the_hand(harbor_site: Path) -> None:
    for asset in ("", "contract", "release-note"):
        page = (harbor_site / change_address("score-search", asset) / "index.html").read_text("utf-8")
        assert "<table" in page
        assert "cb-hand-cell" not in page
    # Each page says itself what is filled in by hand; no part guesses.
    folder = ROOT / "macros" / "changebook" / "render" / "templates"
    assert not [file.name for file in folder.rglob("*.j2") if "hand | default" in file.read_text("utf-8")]
