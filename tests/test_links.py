"""Links of a change: its numbers elsewhere, the changes it needs or is part of, and its hazards on playbooks."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from changebook.pages import blocks
from changebook.render.dialing import with_numbers
from changebook.render.linking import with_links
from changebook.search.index import Index
from changebook.views.dialed import dialed
from changebook.views.harm import harm_of
from changebook.views.related import related_to
from conftest import GOOD, SMALL
from golden_texts import book as golden_book
from golden_texts import text_of

NAME = "complete-change"


def ways(book: Book, name: str) -> list[tuple[str, list[str]]]:
    return [(way.words, [change.id for change in way.changes]) for way in related_to(book, book.change(name))]


@pytest.fixture
def linked(book: Book) -> Book:
    """A book in which one change needs another, and both are parts of a third."""
    complete = book.change(NAME).model_copy(update={"depends_on": ("six-lines",), "part_of": "alert-names"})
    six = book.change("six-lines").model_copy(update={"part_of": "alert-names"})
    return replace(book, changes={**book.changes, NAME: complete, "six-lines": six})


def test_a_link_is_shown_at_both_ends(linked: Book) -> None:
    assert ways(linked, NAME) == [("Depends on", ["six-lines"]), ("Part of", ["alert-names"])]
    assert ways(linked, "six-lines") == [("Needed by", [NAME]), ("Part of", ["alert-names"])]
    assert ways(linked, "alert-names") == [("Includes", [NAME, "six-lines"])]
    # Once the whole is live, a part that is still planned comes after it.
    live = linked.change("alert-names").model_copy(update={"status": "live"})
    live_book = replace(linked, changes={**linked.changes, "alert-names": live})
    assert ways(live_book, "alert-names") == [("Includes", [NAME]), ("Follow-up", ["six-lines"])]


def test_a_hub_has_numbers_and_links_in_one_line(linked: Book) -> None:
    (line,) = [line for line in text_of(blocks.hub(linked, NAME), linked).splitlines() if "CHG0041" in line]
    assert "ITSM change [CHG0041](https://itsm.tealvalley.example/CHG0041)." in line
    assert "Depends on [Six Lines](/changes/six-lines/)." in line
    assert "Depends on" not in text_of(blocks.hub(linked, "alert-names"), linked)


def test_the_go_live_card_has_the_numbers(book: Book) -> None:
    assert "ITSM change [CHG0041]" in text_of(blocks.launch(book, NAME), book)


@pytest.mark.parametrize("typed", ["CHG0041", "chg 0041", "chg-0041"])
def test_a_number_that_is_typed_finds_its_hub_first(book: Book, typed: str) -> None:
    found = Index(book).ask(typed)
    assert found.good
    assert found.hits[0].document.address == f"changes/{NAME}/"


@pytest.mark.parametrize("written", ["six-lines", '"six-lines"'])
def test_a_renamed_change_keeps_its_links(tmp_path: Path, written: str) -> None:
    book = Path(shutil.copytree(SMALL, tmp_path / "changes"))
    (tmp_path / "docs").mkdir()
    shutil.copy(GOOD / "six-lines.yaml", book)
    text = (GOOD / f"{NAME}.yaml").read_text("utf-8") + f"depends_on: [{written}]\npart_of: {written}\n"
    (book / f"{NAME}.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["rename", "six-lines", "Few Lines", "--yes", "--book", str(book)])
    assert done.exit_code == 0, done.output
    record = yaml.load((book / f"{NAME}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert (record["depends_on"], record["part_of"]) == (["few-lines"], "few-lines")


def test_a_hazard_is_on_the_playbook_of_its_change_and_while_that_is_live_on_the_general_one(book: Book) -> None:
    harm = harm_of(book, "patient-not-found", change=book.change(NAME))
    assert harm
    assert [hazard.number for hazard in harm.hazards] == ["HZ-1"]
    assert harm_of(book, "late-result", change=book.change(NAME)) is None
    assert harm_of(book, "patient-not-found", change=None) == harm
    stable = book.change(NAME).model_copy(update={"status": "stable"})
    settled = replace(book, changes={**book.changes, NAME: stable})
    assert harm_of(settled, "patient-not-found", change=None) is None
    assert harm_of(settled, "patient-not-found", change=stable)


def test_a_playbook_says_of_harm_what_to_listen_for_whom_to_call_and_where_to_report(book: Book) -> None:
    page = text_of(blocks.playbook(book, NAME, "patient-not-found"), book)
    before, _, after = page.partition(
        "Possible harm if you hear \u201cwrong patient,\u201d \u201calready given\u201d: call at once."
    )
    assert "Is it this?" not in before
    said, _, rest = after.partition("Is it this?")
    assert "Report: The incident portal, form 4" in said
    assert "Records Team" in said
    assert "`HZ-1` A clerk picks the wrong one of two namesakes." in rest
    assert "Possible harm" not in text_of(blocks.scenario(book, "late-result"), book)


def test_a_book_without_words_for_harm_says_nothing_of_it(book: Book) -> None:
    quiet = book.desk.settings.model_copy(update={"harm": None})
    silent = replace(book, desk=replace(book.desk, settings=quiet))
    assert harm_of(silent, "patient-not-found", change=book.change(NAME)) is None


HUB = "../changes/"


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>After Six Lines, and Six Lines.</p>", "<p>After {six}, and Six Lines.</p>"),
        ("<p>Six Lines 2 and Six Lines.</p>", "<p>{two} and {six}.</p>"),
        ("<p><em>(Six Lines)</em></p>", "<p><em>({six})</em></p>"),
        ('<h2>Six Lines</h2><p title="Six Lines">Six Lines</p>', '<h2>Six Lines</h2><p title="Six Lines">{six}</p>'),
        (
            "<p><code>Six Lines</code> <a href='#'>Six Lines</a></p>",
            "<p><code>Six Lines</code> <a href='#'>Six Lines</a></p>",
        ),
        (
            "<summary><span>Six Lines</span></summary><p>Six Lines</p>",
            "<summary><span>Six Lines</span></summary><p>{six}</p>",
        ),
        (
            '<button data-cb-copy="said">Copy</button><p id="said">Say <b>Six Lines</b></p><p>Six Lines</p>',
            '<button data-cb-copy="said">Copy</button><p id="said">Say <b>Six Lines</b></p><p>{six}</p>',
        ),
        ("<p>Six Lines-x, a/Six Lines, Six Lines.5</p>", "<p>Six Lines-x, a/Six Lines, Six Lines.5</p>"),
        ("<h2>Six<br>Lines</h2><p>six lines</p>", "<h2>Six<br>Lines</h2><p>six lines</p>"),
    ],
)
def test_a_name_in_prose_leads_to_its_hub_once_a_page(html: str, linked: str) -> None:
    hubs = {"Six Lines": f"{HUB}six-lines/", "Six Lines 2": f"{HUB}six-lines-2/"}
    links = {"six": f'<a href="{HUB}six-lines/">Six Lines</a>', "two": f'<a href="{HUB}six-lines-2/">Six Lines 2</a>'}
    assert with_links(html, hubs) == linked.format(**links)


def test_a_page_of_the_site_links_the_changes_it_names(harbor_site: Path) -> None:
    note = (harbor_site / "changes/score-search/release-note/index.html").read_text("utf-8")
    assert 'It came after <a href="../../../changes/old-mapping/">Old Mapping</a>, and Old Mapping stays.' in note
    assert "<code>Old Mapping</code>" in note


TEN, OUT = '<a href="tel:4410">4410</a>', '<a href="tel:5550162">555-0162</a>'


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>Call 4410, then 4410 (at night 555-0162).</p>", f"<p>Call {TEN}, then {TEN} (at night {OUT}).</p>"),
        ("<ins>4410</ins><del>4410</del><b>4410</b>", f"<ins>4410</ins><del>4410</del><b>{TEN}</b>"),
        (
            "<p>Ask <a href='#'>4410</a>; the hub, 4410; not 14,410</p>",
            f"<p>Ask <a href='#'>4410</a>; the hub, {TEN}; not 14,410</p>",
        ),
        (
            "<p>4410-1, RTE-4410, 12:4410, 1 4410, 1, 4410 and 4410%</p>",
            f"<p>4410-1, RTE-4410, 12:4410, 1 4410, 1, {TEN} and 4410%</p>",
        ),
        (
            '<p title="call 4410 now">No</p><code>call 4410</code>',
            '<p title="call 4410 now">No</p><code>call 4410</code>',
        ),
        ("<h2>Call 4410</h2><svg><text>4410</text></svg>", "<h2>Call 4410</h2><svg><text>4410</text></svg>"),
        (
            '<button data-cb-copy="said">Copy</button><div id="said"><p>Call 4410</p></div><p>Call 4410</p>',
            f'<button data-cb-copy="said">Copy</button><div id="said"><p>Call 4410</p></div><p>Call {TEN}</p>',
        ),
    ],
)
def test_a_number_in_prose_is_dialed_each_time(html: str, linked: str) -> None:
    assert with_numbers(html, {"4410": "tel:4410", "555-0162": "tel:5550162"}) == linked
    assert with_numbers(html, {}) == html


def test_a_desk_knows_its_numbers_but_not_its_own_nor_what_may_be_a_year_or_an_amount() -> None:
    known = dialed(golden_book())
    assert known["3001"] == "tel:3001"
    assert {"+1 555 3001", "+1 312 555 2004", "3001", "7700"} <= known.keys()
    assert not {"2001", "900", "00", "1000", "555-0199"} & known.keys()  # the last two are its own


def test_a_page_of_the_site_dials_the_numbers_in_its_prose(harbor_site: Path) -> None:
    note = (harbor_site / "changes/lab-codes-r5/index.html").read_text("utf-8")
    assert 'Lab bridge, dial <a href="tel:7700">7700</a> and then' in note
