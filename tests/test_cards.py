"""What the desk holds in its hands: the briefing, the go-live card and the downtime binder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup
from playwright.sync_api import Browser
from pypdf import PageObject

from accessibility import Kinds, violations
from browsing import SIZES, open_page, put_back, serve
from building import build
from changebook.book import Book
from changebook.model import Change
from changebook.names import change_address, page_anchor, slug
from changebook.readiness import gap_names
from changebook.readiness.card import CARD_CHARACTERS, CARD_LINES, gap_card
from changebook.render import Block, Renderer
from changebook.render.icons import icon
from changebook.site.downtime import BinderFile
from changebook.views.assets import assets, is_briefed
from changebook.views.briefing import launch_page
from changebook.views.card import CONTACTS, SAY_WORDS, card_page
from changebook.views.downtime import CHANGES, binder, near
from changebook.views.fitting import fitted, opening
from changebook.views.launch import first_minutes, guides, normal, signs
from conftest import SAMPLE, THOUSAND, project, tags
from paper import printed, text_of

LAUNCH = "launch"
BRIEFING = [
    *("What changed", "How users notice", "More for the first 15 minutes"),
    *("More that is normal", "More signs of an incident"),
]
CARD = [
    *("Normal (not an incident)", "Signs of an incident", "First 15 minutes", "Say", "Contacts"),
    *("Roll back when", "What stays the same"),
]
# Names of 60 characters, each with the characters of a line in its record: the most, and what the gate lets pass.
LONGEST = {
    "The Longest Name That Any Change of This Book May Ever Carry": 200,
    "Another Name That Is as Long as the Name of a Change May Be.": 90,
}


class Plain(yaml.CSafeDumper):
    """Write every value out: records have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Return that no value is written as an alias."""
        return True


def long(length: int) -> str:
    """Return words that fill `length` characters to the last."""
    words = "Registration clerks at every site who search for a surname see another message and call the desk "
    return (words * (length // len(words) + 1))[: length - 1].rstrip().ljust(length - 1, "s") + "."


def longest(record: Path, name: str, length: int) -> dict[str, Any]:
    """Return a record whose lists have six lines of `length` characters, its other texts as long as any may be."""
    made: dict[str, Any] = yaml.load(record.read_text("utf-8"), Loader=yaml.CBaseLoader)
    lines = [f"{number} {long(length - 2)}" for number in range(6)]
    made["name"] = name
    made |= {"former_names": [], "unchanged": lines, "questions": [], "references": []}
    made["sentence"] = f"{' '.join(['registration'] * 19)}."
    made["rollback"] |= {"criteria": lines, "steps": lines}
    made["briefing"]["first_15_minutes"] = lines
    made["bridge"]["channel"] = long(length)
    made["announcement"]["desk"] = {"do": lines, "do_not": lines, "expect": lines}
    made["watch"] = [
        {"what": long(length // 4), "alert": f"{made['name']} {number}", "normal": "1", "incident_when": lines[number]}
        for number in range(4)
    ]
    for exchange in made["contract"]:
        exchange["normal_failure"] = long(6 * length)
        for answer in exchange["answers"]:
            answer |= {"means": long(1200), "user_sees": long(3 * length)}
            answer.setdefault("desk", {"action": "Wait."})["defect_when"] = long(6 * length)
    for number, playbook in enumerate(made["playbooks"]):
        playbook |= {"title": f"{number} {long(78)}", "callers_say": lines, "first_response": long(1200)}
        for item in (*playbook.get("severity", []), *playbook.get("escalate", [])):
            item["when"] = long(length)
        # Few words, however long: a check says what to do in 14.
        playbook["checks"][0]["do"] = " ".join(["registration"] * 14)[:length].rstrip()
    return made


@pytest.fixture(scope="module")
def stuffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the sample's desk and the changes whose texts are the longest alone."""
    folder = project(tmp_path_factory.mktemp("longest") / "project", SAMPLE, handbook=False)
    for file in (folder / "changes").glob("*.yaml"):
        file.unlink()
    shutil.rmtree(folder / "changes" / "tickets")
    for name, length in LONGEST.items():
        record = longest(SAMPLE / "fhir-patient-lookup-r4.yaml", name, length)
        text = yaml.dump(record, Dumper=Plain, sort_keys=False, allow_unicode=True, width=110)
        (folder / "changes" / f"{slug(name)}.yaml").write_text(text, encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    with serve(folder / "site") as address:
        yield address


def sides(chromium: Browser, addresses: list[str]) -> dict[str, list[list[str]]]:
    """Return, for `A4` and for `Letter`, what each page prints on each side."""
    page, _ = open_page(chromium, addresses[0])
    found: dict[str, list[list[str]]] = {"A4": [], "Letter": []}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        for paper, pages in found.items():
            page.add_style_tag(content=f"@page {{ size: {paper}; }}")
            pages.append([text_of(side) for side in printed(page)])
    put_back(page)
    return found


@pytest.fixture(scope="module")
def sheets(chromium: Browser, sample: Book, address: str) -> dict[str, list[list[str]]]:
    """What each launch page of the sample prints, by paper."""
    return sides(chromium, [address + change_address(change.id, LAUNCH) for change in briefed(sample)])


@pytest.fixture(scope="module")
def stuffed_sheets(chromium: Browser, stuffed: str) -> dict[str, list[list[str]]]:
    """What the launch pages with the longest texts print, by paper."""
    return sides(chromium, [stuffed + change_address(slug(name), LAUNCH) for name in LONGEST])


@dataclass(frozen=True)
class Printed:
    """The whole binder on paper: the millimeters of its first side, the texts of its core, and how each side begins."""

    size: tuple[int, ...]
    core: list[str]
    beginnings: list[str]


@pytest.fixture(scope="module")
def paper_binder(chromium: Browser, site: Path) -> Printed:
    """The binder of the sample as it is printed from disk, once for all tests of this file."""
    return on_paper(chromium, site)


@pytest.fixture(scope="module")
def thin_binder(chromium: Browser, harbor_site: Path) -> Printed:
    """The binder of the tests' own book, of a third as many sides."""
    return on_paper(chromium, harbor_site)


def on_paper(chromium: Browser, site: Path) -> Printed:
    page = chromium.new_page()
    page.goto((site / "downtime" / "index.html").as_uri())
    found = printed(page)
    page.close()
    size = tuple(round(float(side) / 72 * 25.4) for side in found[0].mediabox[2:])
    return Printed(size, core_of(found), [text_of(side, first=8).strip() for side in found])


# What the first side says of the others.
THE_CORE = (
    "the core is every page before \N{LEFT DOUBLE QUOTATION MARK}Everything in full\N{RIGHT DOUBLE QUOTATION MARK}."
)


def core_of(found: list[PageObject]) -> list[str]:
    """Return the texts of the sides before the part that has everything in full; no other side is read."""
    texts = (" ".join(text_of(side).split()) for side in found)
    return list(takewhile(lambda text: "Everything in full" not in text.replace(THE_CORE, ""), texts))


def is_card_then_briefing(printed: list[str]) -> bool:
    """Return whether the card is the first of two sides and the briefing the second."""
    return len(printed) == 2 and "Contacts" in printed[0] and "How users notice" in printed[1]


def briefed(book: Book) -> list[Change]:
    return [change for change in book.changes.values() if is_briefed(change)]


def headings(site: Path, change: str, level: int) -> list[str]:
    """Return the headings of a level on a built launch page, without the small print beside them."""
    html = (site / change_address(change, LAUNCH) / "index.html").read_text("utf-8")
    found = re.findall(rf'<h{level} class="cb-sheet__head"[^>]*>(.*?)</h{level}>', html)
    return [re.sub(r" <span.*", "", text) for text in found]


def test_only_a_planned_change_that_somebody_will_call_about_has_sheets(sample: Book, book: Book) -> None:
    assert not is_briefed(sample.change("formulary-sync"))
    whole = book.change("complete-change")
    assert is_briefed(whole)
    assert is_briefed(whole.model_copy(update={"playbooks": ()}))
    assert is_briefed(whole.model_copy(update={"briefing": None}))
    for without in ({"window": None}, {"playbooks": (), "briefing": None}, {"status": "cancelled"}):
        assert not is_briefed(whole.model_copy(update=without))


def test_the_hub_lists_the_launch_with_the_date_of_its_briefing(book: Book) -> None:
    def note(change: Change, at: Book = book) -> str:
        return next(asset.note for asset in assets(at, change) if asset.name == "Launch")

    whole = book.change("complete-change")
    assert note(whole) == "Briefed Wed 25 Nov"
    assert note(whole, replace(book, now=book.now - timedelta(days=20))) == "Briefing Wed 25 Nov"
    assert note(whole.model_copy(update={"briefing": None, "status": "ready"})) == "No briefing date yet"
    assert note(whole.model_copy(update={"briefing": None})) == "Card and briefing"


def test_the_card_and_the_briefing_keep_their_order(harbor: Book, harbor_site: Path) -> None:
    for change in briefed(harbor):
        for level, order in ((2, CARD), (3, BRIEFING)):
            found = headings(harbor_site, change.id, level)
            assert found == [heading for heading in order if heading in found], change.name
            assert found, change.name
    assert headings(harbor_site, "score-search", 2) == CARD


def test_the_launch_page_says_nothing_twice(harbor: Book, harbor_site: Path) -> None:
    for change in briefed(harbor):
        html = html_of(harbor_site, change_address(change.id, LAUNCH))
        lines = [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>.*?</li>", html, re.S)]
        assert sorted(lines) == sorted(set(lines)), change.name


def test_the_briefing_has_what_the_card_leaves_out(sample: Book) -> None:
    page = launch_page(sample, sample.change("fhir-patient-lookup-r4"))
    assert page.card.signs.more
    assert page.briefing.signs.shown == page.card.signs.left[: len(page.briefing.signs.shown)]
    # The card leads to the pages that have each sign in full: on a screen the briefing has none.
    assert [place.title for place in page.card.signs.places] == ["playbooks", "monitoring", "data contract"]
    # On paper, what is in neither is counted by the briefing, which says where it is.
    assert len(page.briefing.signs.shown) == 6
    assert page.card.signs.more == len(page.briefing.signs.shown) + page.briefing.signs.more
    assert page.card.signs == card_page(sample, sample.change("fhir-patient-lookup-r4")).signs


def test_what_is_normal_begins_with_what_the_desk_is_told_to_expect(book: Book) -> None:
    assert [point.text for point in normal(book.change("complete-change"))] == [
        "A first search that takes longer.",
        "One in 200 searches is slow.",
        "1 in 200",
    ]


def test_no_code_of_the_contract_is_called_normal(harbor: Book) -> None:
    for change in harbor.changes.values():
        seen = {answer.user_sees for exchange in change.contract for answer in exchange.answers}
        assert not seen & {point.text for point in normal(change)}, change.name


def test_a_first_response_on_a_card_keeps_when_callers_hear_again(sample: Book) -> None:
    change = sample.change("fhir-patient-lookup-r4")
    card = card_page(sample, change)
    assert card.say
    assert not card.say.words.more
    assert "fill out the downtime form" in card.say.words.text
    first, *others = change.playbooks
    assert first.first_response
    longer = first.first_response.replace("Meanwhile,", f"We keep {'on ' * 30}looking. Meanwhile,")
    several = (first.model_copy(update={"first_response": longer}), *others)
    card = card_page(sample, change.model_copy(update={"playbooks": several}))
    assert card.say
    assert card.say.words.more
    assert card.say.words.text.endswith("I'll call you by [time + 30 min].")
    assert len(card.say.words.text.split()) <= SAY_WORDS


def test_a_card_says_what_is_not_written_yet(sample: Book, site: Path) -> None:
    assert card_page(sample, sample.change("status-page-names")).lacking == ["rollback"]
    html = (site / "changes" / "status-page-names" / LAUNCH / "index.html").read_text("utf-8")
    assert "Not written yet: rollback." in html


def test_the_binder_holds_known_errors_the_ticket_and_what_is_new(sample: Book, site: Path) -> None:
    html = (site / "downtime" / "index.html").read_text("utf-8")
    known = [error.number for error in sample.change("fhir-patient-lookup-r4").known_errors if error.state == "open"]
    assert known
    assert all(f"{number}: " in html for number in known)
    assert "queue <code>" in html
    assert {near.card.change.status for near in binder(sample).near} >= {"live", "ready", "draft", "stable"}


def test_signs_of_an_incident_stand_worst_first_and_the_changes_own_before_the_standing_ones(book: Book) -> None:
    change = book.change("complete-change")
    found = [(point.label, point.text) for point in signs(change, guides(book, change))]
    assert found[0] == ("Sev 1:", "No site finds anyone for 5 minutes")
    labels = [label for label, _ in found]
    # No list of thresholds keeps a severity 1 of a general playbook off the card.
    rest = labels[labels.count("Sev 1:") :]
    assert labels[: labels.count("Sev 1:")] == ["Sev 1:"] * labels.count("Sev 1:")
    assert rest[:2] == ["Searches that take over 3 s:", "SRC-404:"]
    assert set(rest[2:]) <= {"Sev 2:"}
    assert len(found) > 3


def test_a_card_leaves_out_no_severity_1_for_anything_less(sample: Book) -> None:
    for change in briefed(sample):
        card = card_page(sample, change)
        left = [point for point in card.signs.left if point.label == "Sev 1:"]
        assert not left or {point.label for point in card.signs.shown} == {"Sev 1:"}, change.name


def test_how_often_a_code_is_normal_is_said_once(sample: Book) -> None:
    found = [point.text for point in normal(sample.change("fhir-patient-lookup-r4"))]
    assert [text for text in found if "200" in text] == [
        "Up to 1 search in 200 ends with LKP-504. LKP-404 is correct for anyone who has never been a patient here."
    ]
    # A code that the contract's rate does not name keeps its own.
    assert "Up to 10 an hour" in found


def test_the_first_15_minutes_follow_from_the_playbooks_where_no_briefing_says_them(book: Book) -> None:
    change = book.change("complete-change")
    assert not first_minutes(book, change, guides=guides(book, change)).derived
    silent = change.model_copy(update={"briefing": None})
    minutes = first_minutes(book, silent, guides=guides(book, silent))
    assert minutes.derived
    # Numbers with their hours, until one answers 24/7.
    records = "200, Mon\u2013Fri 08:00\u201317:00 in America/New_York"
    assert [(point.label, point.text) for point in minutes.points] == [
        ("No score beside the name:", "Ask for the code."),
        ("Call", f"Interfaces, 300, Mon\u2013Fri 07:00\u201319:00, Sat 08:00\u201312:00; else {records}; else 100."),
        ("Join the bridge", "with Front Desk."),
    ]


def test_whom_to_call_and_the_bridge_stay_however_long_the_first_checks_are(book: Book) -> None:
    change = book.change("complete-change")
    (playbook,) = change.playbooks
    check = playbook.checks[0].model_copy(update={"do": long(380)})
    wordy = playbook.model_copy(update={"checks": (check,)})
    five = tuple(wordy.model_copy(update={"title": f"Form {number}"}) for number in range(5))
    card = card_page(book, change.model_copy(update={"briefing": None, "playbooks": five}))
    minutes = card.first_minutes
    assert card.derived
    assert [point.label for point in minutes.shown[-2:]] == ["Call", "Join the bridge"]
    assert len(minutes.shown) + minutes.more == 5 + 2
    assert minutes.more
    assert [place.title for place in minutes.places] == ["playbooks"]


def test_the_last_lines_keep_their_rows() -> None:
    found = fitted(["a" * 90, "b", "c" * 60, "d"], width=50, rows=4, keep=2)
    assert (found.shown, found.more) == (["b", "c" * 60, "d"], 1)


def test_what_is_left_out_leads_to_where_it_stands(sample: Book, site: Path) -> None:
    seen = set[str]()
    for change in briefed(sample):
        html = (site / change_address(change.id, LAUNCH) / "index.html").read_text("utf-8")
        for note in re.findall(
            r'class="cb-sheet__(?:note|more)">((?:\d+ more: |From the playbooks, ).*?)</(?:span|p)>', html
        ):
            links = re.findall(r'href="(?:\.\./)*([^"#]+)(?:#([^"]+))?">([^<]+)', note)
            assert links, (change.name, note)
            for address, anchor, title in links:
                page = (site / address / "index.html").read_text("utf-8")
                assert not anchor or f'id="{anchor}"' in page, (change.name, note)
                seen.add(title)
    assert {"playbooks", "briefing", "release note"} <= seen


def test_the_note_names_the_pages_of_the_lines_that_are_left_out(book: Book) -> None:
    change = book.change("complete-change")
    item = change.watch[0].model_copy(update={"incident_when": "1 in 20"})
    many = tuple(item.model_copy(update={"what": f"Count {number}"}) for number in range(9))
    places = card_page(book, change.model_copy(update={"watch": many, "playbooks": ()})).signs.places
    assert [place.address for place in places] == [
        "changes/complete-change/#watch",
        "changes/complete-change/contract/",
    ]


def test_a_briefing_does_not_lead_to_itself_for_what_it_leaves_out(book: Book) -> None:
    change = book.change("complete-change")
    assert change.briefing
    many = change.briefing.model_copy(update={"first_15_minutes": ("One line",) * 9})
    longer = change.model_copy(update={"briefing": many})
    page = launch_page(book, longer)
    assert (page.card.first_minutes.more, page.briefing.minutes.more) == (5, 0)
    assert [place.title for place in page.card.first_minutes.places] == ["briefing"]
    endless = longer.model_copy(
        update={"briefing": change.briefing.model_copy(update={"first_15_minutes": ("A",) * 30})}
    )
    assert [place.title for place in launch_page(book, endless).briefing.minutes.places] == ["record"]


def test_the_binder_is_as_old_as_itself_says_and_a_sheet_as_its_foot_says(sample: Book, site: Path) -> None:
    binder_page = (site / "downtime" / "index.html").read_text("utf-8")
    assert "print it again" not in binder_page
    assert binder_page.count("Go-live card, made <time") == len(near(sample))
    html = html_of(site, change_address("fhir-patient-lookup-r4", LAUNCH))
    # On each of the two sides of paper.
    assert html.count("More than a day old? Print it again") == 2


@pytest.mark.parametrize("asset", [LAUNCH, "readiness"])
def test_what_is_made_for_paper_has_a_button_that_prints(site: Path, asset: str) -> None:
    html = html_of(site, change_address("fhir-patient-lookup-r4", asset))
    buttons = re.findall(r"<button[^>]* data-cb-print[^>]*>(.*?)</button>", html)
    assert buttons
    assert all(re.sub(r"<.*>", "", button).startswith("Print") for button in buttons)


def test_a_briefing_that_nobody_attended_was_not_held(book: Book) -> None:
    change = book.change("complete-change")
    assert launch_page(book, change).briefing.held
    assert change.briefing
    empty = change.briefing.model_copy(update={"attended": ()})
    assert not launch_page(book, change.model_copy(update={"briefing": empty})).briefing.held
    assert not launch_page(replace(book, now=book.now - timedelta(days=20)), change).briefing.held


def test_a_card_holds_its_limits_and_says_what_it_leaves_out(harbor: Book) -> None:
    for change in briefed(harbor):
        card = card_page(harbor, change)
        lists = (card.normal, card.signs, card.first_minutes, card.rollback, card.unchanged)
        assert all(len(found.shown) <= CARD_LINES for found in lists), change.name
        assert len(card.contacts.shown) <= CONTACTS
        assert card.contacts.shown
        assert card.say is None or len(card.say.words.text.split()) <= SAY_WORDS
        assert len(card.unchanged.shown) + card.unchanged.more == len(change.unchanged)


def test_whom_the_change_adds_is_called_first_and_each_team_once(book: Book) -> None:
    contacts = card_page(book, book.change("complete-change")).contacts.shown
    assert [(contact.team.name, *contact.reasons) for contact in contacts] == [
        ("Interfaces", "Two sites report it"),
        ("Front Desk", "Bridge questions"),
        ("Records Team", book.scenario("patient-not-found").escalate[0].when),
    ]
    assert contacts[0].rota.posts[1].team == book.desk.teams["records-team"]


def test_lines_are_taken_whole_or_not_at_all() -> None:
    lines = ["a" * 30, "b" * 200, "c" * 40, "d" * 90, "e"]
    found = fitted(lines, width=50, rows=3)
    assert (found.shown, found.more) == (["a" * 30, "c" * 40], 3)
    assert fitted(lines, width=50, rows=40, most=2).more == 3


@pytest.mark.parametrize(
    ("words", "text", "more"),
    [
        (20, "Thank you. I look now. You hear by [time, or 9].", False),
        (5, "Thank you. I look now.", True),
        (4, "Thank you.", True),
        (1, "Thank", True),
    ],
)
def test_a_text_is_shortened_at_a_sentence(words: int, text: str, more: bool) -> None:
    found = opening("Thank you. I look now. You hear by [time, or 9].", words)
    assert (found.text, found.more) == (text, more)


def lines_of(change: Change, lines: tuple[str, ...], where: str) -> Change:
    """Return a change with `lines` as its criteria of a rollback, or as its first 15 minutes."""
    section, _, key = where.partition(".")
    part = getattr(change, section).model_copy(update={key: lines})
    return change.model_copy(update={section: part})


@pytest.mark.parametrize("where", ["rollback.criteria", "briefing.first_15_minutes"])
def test_what_must_stand_on_the_card_whole_is_a_gap_when_it_does_not_fit(book: Book, where: str) -> None:
    change = book.change("complete-change")
    assert list(gap_card(change, book)) == []
    for lines in (("One line",) * (CARD_LINES + 1), ("x" * (CARD_CHARACTERS + 1),)):
        gaps = list(gap_card(lines_of(change, lines, where), book))
        assert [found.name for found in gaps] == [f"card-too-long/{where}"]
        assert gaps[0].message.startswith(where)
    assert "card-too-long" in gap_names()


def test_what_the_gate_lets_pass_stands_on_the_card_whole(book: Book) -> None:
    change = book.change("complete-change")
    for where in ("rollback.criteria", "briefing.first_15_minutes"):
        change = lines_of(change, (long(CARD_CHARACTERS),) * CARD_LINES, where)
    card = card_page(book, change)
    assert list(gap_card(change, book)) == []
    assert (card.rollback.more, card.first_minutes.more) == (0, 0)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_the_card_is_page_1_and_the_briefing_page_2(
    sample: Book, sheets: dict[str, list[list[str]]], paper: str
) -> None:
    names = [change.id for change in briefed(sample)]
    assert len(names) >= 6
    assert [name for name, found in zip(names, sheets[paper], strict=True) if not is_card_then_briefing(found)] == []
    card = " ".join(sheets[paper][names.index("fhir-patient-lookup-r4")][0].split())
    assert "EHR Applications, 4440, Mon\u2013Fri 06:00\u201320:00. Then: Desk Lead, 4401, 24/7" in card


def test_on_paper_one_space_is_between_two_who_are_called(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + change_address("fhir-patient-lookup-r4", LAUNCH))
    page.emulate_media(media="print")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll('.cb-sheet .cb-duty__who + .cb-duty__who')].map((who) => {
          const before = [...who.previousElementSibling.getClientRects()].at(-1), here = who.getClientRects()[0];
          return here && before.top === here.top ? here.left - before.right : 0;
        })"""
    )
    put_back(page)
    # The sentence before ends in a full stop and a space.
    assert [gap for gap in gaps if gap > 0.5] == []
    assert gaps


@pytest.mark.parametrize("name", LONGEST)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_longest_texts_print_on_two_sides(
    stuffed_sheets: dict[str, list[list[str]]], name: str, paper: str
) -> None:
    assert is_card_then_briefing(dict(zip(LONGEST, stuffed_sheets[paper], strict=True))[name])


@pytest.mark.parametrize(("size", "dark"), [("desktop", False), ("desktop", True), ("small phone", False)])
def test_a_sheet_is_quiet_whole_and_accessible(
    chromium: Browser, address: str, kinds: Kinds, size: str, dark: bool
) -> None:
    where = address + change_address("fhir-patient-lookup-r4", LAUNCH)
    page, complaints = open_page(chromium, where, size=size, dark=dark)
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    # What a sheet has besides its colors is the same in dark and light.
    assert violations(page, kinds, colors=dark) == []
    put_back(page)


def test_the_binder_opens_from_disk_without_a_network(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(offline=True)
    page, asked, said = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    where = (site / "downtime" / "index.html").as_uri()
    page.goto(where)
    for width, height in (SIZES["desktop"], SIZES["small phone"]):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.fonts.check('16px \\'Atkinson Hyperlegible Next\\'')")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        page.locator("#contents-near + ul a", has_text=re.compile("^FHIR Patient Lookup R4$")).click()
        assert page.url == f"{where}#changes--fhir-patient-lookup-r4"
        page.go_back()
    assert [url for url in asked if not url.startswith("data:font/")] == [where]
    assert said == []
    context.close()


def test_the_binder_is_accessible(chromium: Browser, address: str, kinds: Kinds) -> None:
    page, complaints = open_page(chromium, f"{address}downtime/")
    assert complaints == []
    assert violations(page, kinds) == []
    put_back(page)


def test_the_binder_holds_one_script_and_leads_nowhere_but_to_a_mail_about_it(site: Path) -> None:
    html = (site / "downtime" / "index.html").read_text("utf-8")
    seen = tags(html)
    assert [attributes for tag, attributes in seen if tag == "script"] == [{}]
    assert not [tag for tag, attributes in seen if tag in ("link", "img") or "style" in attributes]
    assert not [name for _, attributes in seen for name in attributes if name.startswith("on")]
    ids = [attributes["id"] for _, attributes in seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for tag, attributes in seen if tag == "a"]
    assert len(links) > 100
    (mail,) = [link for link in links if not link.startswith("tel:") and link.removeprefix("#") not in ids]
    assert mail.startswith("mailto:knowledge@northmere.example?subject=Something%20wrong%3A%20Downtime%20binder&")
    assert "url(" not in html.replace("url(data:font/woff2;base64,", "")


def test_a_binder_without_a_playbook_has_no_side_for_cards(book: Book) -> None:
    bare = replace(binder(book), subjects=[], live=[], cards=[], near=[], standing=[])
    file = BinderFile(bare, book.desk.settings, None, "", Markup(""), Markup(""), Markup(""))
    html = Renderer(book, icon).html(Block("downtime", file), root="../")
    assert html.count("cb-binder__part") == 2
    assert "#cards" not in html


def test_hours_of_another_zone_say_so_in_the_binder(book: Book) -> None:
    records = next(contact for contact in binder(book).teams if contact.team.id == "records-team")
    assert records.zone == "America/New_York"


def test_the_binder_names_every_team_and_every_playbook(sample: Book, site: Path) -> None:
    html = (site / "downtime" / "index.html").read_text("utf-8")
    desk = sample.desk
    for text in (*(team.phone for team in desk.teams.values()), *(item.title for item in desk.scenarios.values())):
        assert text in html
    assert "Made <time" in html
    for change in near(sample):
        assert f'id="{page_anchor(change_address(change.id))}"' in html
        for playbook in change.playbooks:
            assert f'id="{page_anchor(change_address(change.id, "playbooks", playbook.scenario))}"' in html


def test_each_card_and_playbook_of_the_binder_begins_on_a_new_side(sample: Book, paper_binder: Printed) -> None:
    texts = paper_binder.beginnings
    assert all(f"Downtime binder, page {number}" in text for number, text in enumerate(texts, 1))
    first = [re.sub(r"Downtime binder, page \d+\s*", "", text).strip().partition("\n")[0] for text in texts]
    found = binder(sample)
    assert len([line for line in first if line.startswith("Go-live card")]) == len(found.near)
    guided = len([line for line in first if re.match(r"Playbook \d+", line)])
    assert guided == len(found.standing) + sum(len(item.playbooks) for item in found.near)


def test_the_binder_says_which_of_its_sides_are_the_core(paper_binder: Printed, thin_binder: Printed) -> None:
    for found in (paper_binder, thin_binder):
        assert f"it prints: {THE_CORE}" in found.core[0]
        # A side of its own begins there.
        assert "Everything in full" in found.beginnings[len(found.core)]


def test_the_core_of_the_binder_is_eight_sides_of_letter_and_its_cards_are_where_the_index_says(
    sample: Book, paper_binder: Printed
) -> None:
    assert paper_binder.size == (216, 279)
    assert len(paper_binder.core) <= 8
    numbers, index, *cards = paper_binder.core
    found = binder(sample)
    assert all(team.phone in numbers for team in sample.desk.teams.values())
    # Who covers, until one answers 24/7.
    assert "First: EHR Applications, 4440, Mon\u2013Fri 06:00\u201320:00. Then: Desk Lead, 4401, 24/7" in numbers
    assert all(outage.name in numbers for outage in found.outages)
    assert all(f"{code} {', '.join(f'Card {number}' for number in where)}" in index for code, where in found.codes)
    # Live changes come first, then the playbooks by number, four to a side: a card is never cut in two.
    titles = [item.card.change.name for item in found.live]
    titles += [f"Card {card.number} {card.page.title}" for card in found.cards]
    assert len(cards) == -(-len(titles) // 4)
    for number, title in enumerate(titles):
        assert title in cards[number // 4], title
    assert all(f"Card {card.number} {card.page.title}" in index for card in found.cards)


@pytest.mark.parametrize(("paper", "size"), [("letter", (216, 279)), ("a4", (210, 297))])
def test_pages_and_binder_print_on_the_books_paper(
    chromium: Browser, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    folder = project(tmp_path / "project", Path(__file__).parent / "book", handbook=False)
    settings = folder / "changes" / "desk" / "book.yaml"
    settings.write_text(f"{settings.read_text('utf-8').rstrip()}\npaper: {paper}\n", encoding="utf-8")
    assert build(folder).returncode == 0
    with serve(folder / "site") as address:
        for name in ("", "downtime/"):
            page, _ = open_page(chromium, address + name)
            (sheet, *_) = printed(page)
            assert tuple(round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]) == size, name
            put_back(page)


def test_the_binder_is_filtered_from_disk_and_prints_whole_all_the_same(
    chromium: Browser, harbor_site: Path, thin_binder: Printed
) -> None:
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    page.goto((harbor_site / "downtime" / "index.html").as_uri())
    field = page.get_by_role("searchbox")
    field.press_sequentially("SRC-409")
    assert re.fullmatch(r"Showing \d+ of \d+ entries", page.get_by_role("status").inner_text())
    assert page.get_by_role("heading", name="No score beside the name").first.is_visible()
    assert not page.locator("#card-1").is_visible()
    assert len(printed(page)) == len(thin_binder.beginnings)
    field.press("Escape")
    assert page.locator("#card-1").is_visible()
    field.fill("xyzzy")
    assert page.get_by_role("status").inner_text() == "Nothing matches"
    page.close()


def test_the_binder_stays_of_one_size_however_many_changes_are_near(book: Book) -> None:
    change = book.change("complete-change")
    many = {f"copy-{number}": change.model_copy(update={"id": f"copy-{number}"}) for number in range(THOUSAND)}
    crowd = replace(book, changes=many)
    assert len(binder(crowd).near) == CHANGES
    assert binder(crowd).more == THOUSAND - CHANGES


def test_a_change_stays_in_the_binder_from_two_weeks_before_until_somebody_says_that_it_is_live(book: Book) -> None:
    ready = book.change("complete-change").model_copy(update={"status": "ready"})
    assert ready.window
    start = ready.window.start
    for days, held in ((-15, False), (-13, True), (0.02, True), (1, True), (15, False)):
        at = replace(book, changes={ready.id: ready}, now=start + timedelta(days=days))
        assert bool(near(at)) == held, days


def test_the_foot_of_every_page_and_the_handbook_lead_to_the_binder(site: Path) -> None:
    for name in ("", "handbook/analysts/", "changes/fhir-patient-lookup-r4/launch/"):
        html = (site / name / "index.html").read_text("utf-8")
        foot = html.partition("<footer")[2]
        assert f'href="{"../" * name.count("/")}downtime/"' in foot, name
    assert 'href="../../downtime/"' in html_of(site, "handbook/analysts/")


def html_of(site: Path, name: str) -> str:
    """Return the article of a page."""
    return (site / name / "index.html").read_text("utf-8").partition("<article")[2].partition("</article>")[0]
