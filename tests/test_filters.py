"""Long lists: filters that a keyboard works and an address keeps, and what is folded until somebody asks for it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accessibility import Kinds, violations
from browsing import SIZES, open_page, put_back, serve
from changebook.book import Book
from changebook.model import Change
from changebook.pages.blocks import change_list, first_responses, known_errors, question_list, release_notes, symptoms
from changebook.render import Block
from changebook.views.finding import folded, years
from conftest import tags
from golden_texts import html_of

# How long a reader pauses before the address and what is read out follow, in milliseconds.
PAUSE = 250
ROWS = "[data-cb-is]"
SHOWN = f"{ROWS}:visible"
LISTS = [
    *("changes/", "readiness/", "release-notes/", "responses/", "symptoms/", "systems/", "groups/"),
    *("known-errors/", "on-call/", "calendar/"),
]
# Those of the sample that have enough rows for a filter; the pages of single months are the calendar's.
FILTERED = [
    *("changes/", "readiness/", "release-notes/", "faq/", "responses/", "playbooks/", "symptoms/", "systems/"),
    *("groups/", "on-call/", "calendar/"),
]


def many(book: Book, count: int) -> Book:
    """Return a book with `count` copies of its complete change, live and closed in turn, one a week back in time."""
    one = book.changes["complete-change"]
    assert one.window
    found = {}
    for number in range(count):
        back = timedelta(weeks=number)
        window = one.window.model_copy(update={"start": one.window.start - back, "end": one.window.end - back})
        name = f"Copy {number:03}"
        status = "live" if number % 2 == 0 else "closed"
        update = {"id": f"copy-{number:03}", "name": name, "status": status, "window": window}
        found[update["id"]] = one.model_copy(update=update)
    return replace(book, changes=found)


def first_view(block: Block, book: Book) -> str:
    """Return a list without what is folded."""
    return re.sub(r"<details\b.*?</details>", "", html_of(block, book), flags=re.S)


def test_a_short_rest_is_not_folded_and_a_long_one_is() -> None:
    assert folded(range(9), shown=7).rest == []
    found = folded(range(10), shown=7)
    assert (len(found.shown), len(found.rest), found.total) == (7, 3, 10)


def test_what_is_over_is_folded_by_year_newest_first(book: Book) -> None:
    crowd = many(book, 120)
    found = years(crowd.changes.values())
    assert [year.name for year in found] == sorted({year.name for year in found}, reverse=True)
    html = html_of(change_list(crowd), crowd)
    over = html.partition('id="over"')[2]
    assert [name.strip() for name in re.findall(r"<summary>(\d{4})\s", over)] == [
        year.name for year in years(change for change in crowd.changes.values() if change.status == "closed")
    ]
    assert "closed" not in first_view(change_list(crowd), crowd).partition("</form>")[2]


@pytest.mark.slow
@pytest.mark.parametrize("macro", [change_list, release_notes, first_responses, question_list, symptoms])
def test_a_list_of_hundreds_shows_about_as_much_at_first_as_one_of_dozens(book: Book, macro: object) -> None:
    sizes = []
    for count in (60, 300):
        crowd = many(book, count)
        block = macro(crowd)  # type: ignore[operator]
        # Nothing is left out: what is not shown is folded.
        assert html_of(block, crowd).count("data-cb-is=") >= first_view(block, crowd).count("data-cb-is=")
        sizes.append(first_view(block, crowd).count("data-cb-is="))
    assert sizes[1] <= sizes[0] + 5


def test_every_change_is_on_the_list_however_many_there_are(book: Book) -> None:
    crowd = many(book, 300)
    for macro in (change_list, release_notes):
        html = html_of(macro(crowd), crowd)
        assert all(f">{change.name}</a>" in html for change in crowd.changes.values())


def test_symptoms_go_by_subject_and_not_by_the_callers_first_word(sample: Book) -> None:
    html = html_of(symptoms(sample), sample)
    subjects = re.findall(r'<h2 id="subject-[^"]*">([^<]+)</h2>', html)
    assert subjects == sorted(subjects)
    letters = re.findall(r'class="cb-chip" href="#([^"]+)">(\w)</a>', html)
    assert [letter for _, letter in letters] == sorted({name[0] for name in subjects})
    ids = {attributes.get("id") for _, attributes in tags(html)}
    assert all(anchor in ids for anchor, _ in letters)
    for scenario in sample.desk.scenarios.values():
        assert html.count(f">{scenario.title}</a></h3>") == 1


@pytest.fixture
def changes(chromium: Browser, address: str) -> Iterator[Page]:
    """The list of all changes."""
    page, complaints = open_page(chromium, f"{address}changes/")
    yield page
    assert complaints == []
    put_back(page)


def test_a_list_is_filtered_by_keyboard_alone_and_says_how_much_is_left(changes: Page, sample: Book) -> None:
    status = changes.locator(".cb-find [role=status]")
    total = len(sample.changes)
    assert status.inner_text() == f"{total} changes"
    changes.locator(".cb-find__field").first.focus()
    changes.keyboard.type("lookup")
    expect(status).to_have_text(f"Showing 2 of {total} changes")
    assert changes.locator(SHOWN).count() == 2
    changes.keyboard.press("Tab")
    changes.keyboard.press("L")  # the first status that begins so
    expect(status).to_have_text(f"Showing 1 of {total} changes")
    assert "FHIR Patient Lookup R4" in changes.locator(SHOWN).inner_text()
    assert changes.url.endswith("?text=lookup&status=live")
    changes.keyboard.press("Tab")
    changes.keyboard.press("Tab")
    changes.keyboard.press("Enter")  # Clear filter
    expect(status).to_have_text(f"{total} changes")
    assert changes.url.endswith("/changes/")
    assert changes.evaluate("document.activeElement.name") == "text"


@pytest.mark.parametrize("name", FILTERED)
def test_every_filter_is_worked_by_keyboard_alone(chromium: Browser, address: str, name: str) -> None:
    page, complaints = open_page(chromium, address + name, moment="2026-12-03T15:00+00:00")
    status, rows = page.locator(".cb-find [role=status]"), page.locator(f"{ROWS}:not([hidden])")
    total, every = status.inner_text(), rows.count()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    texts = [text.lower() for text in rows.all_text_contents()]
    words = re.findall(r"[a-z]{4,}", texts[-1])
    page.keyboard.type(next(word for word in words if not all(word in text for text in texts)))
    page.clock.run_for(PAUSE)
    expect(status).to_contain_text(" of ")
    assert 0 < rows.count() < every
    choices = page.locator(".cb-find select").all()
    for _ in range(len(choices) + 1):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Clear filter
    page.clock.run_for(PAUSE)
    expect(status).to_have_text(total)
    assert (rows.count(), page.evaluate("document.activeElement.name")) == (every, "text")
    for choice in choices:
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        value = choice.input_value()
        page.clock.run_for(PAUSE)
        expect(status).to_contain_text(re.compile("Showing|None"))
        assert value
        assert f"{choice.get_attribute('name')}={value}" in page.url
        assert rows.count() < every
        page.keyboard.press("ArrowUp")
        page.clock.run_for(PAUSE)
        expect(status).to_have_text(total)
    assert complaints == []
    put_back(page)


def test_every_page_with_a_filter_is_worked_by_keyboard(site: Path) -> None:
    found = {file for file in site.rglob("index.html") if "data-cb-find=" in file.read_text("utf-8")}
    names = {f"{file.parent.relative_to(site)}/" for file in found}
    assert {name for name in names if not re.match(r"calendar/\d", name)} == set(FILTERED)


def test_escape_clears_what_is_typed(changes: Page) -> None:
    field = changes.locator(".cb-find__field").first
    field.fill("no such change")
    expect(changes.locator(".cb-find [role=status]")).to_contain_text("None of")
    assert changes.locator("[data-cb-group]:visible").count() == 0
    field.press("Escape")
    assert field.input_value() == ""
    assert changes.locator("[data-cb-group]:visible").count() > 1


def test_an_address_opens_the_list_as_it_was_left(chromium: Browser, address: str, sample: Book) -> None:
    page, complaints = open_page(chromium, f"{address}release-notes/?for=ward-nurses")
    wanted = [change for change in noted(sample) if "ward-nurses" in change.affects.groups]
    assert page.locator("select[name=for]").input_value() == "ward-nurses"
    assert page.locator(f"{ROWS}:not([hidden])").count() == len(wanted)
    assert 0 < len(wanted) < len(noted(sample))
    page.goto(f"{address}release-notes/?for=nobody&text=%20")
    assert page.locator(f"{ROWS}:not([hidden])").count() == len(noted(sample))
    total = f"{len(noted(sample))} release notes"
    said = page.locator(".cb-find [role=status]")
    assert said.inner_text() == f"“nobody” is not a choice under For, so it is ignored. {total}"
    page.locator(".cb-find__field").first.fill("zzz")
    expect(said).to_have_text(f"None of {total} match")
    assert complaints == []
    put_back(page)


def test_known_errors_are_filtered_by_word_and_by_fix_owner_also_those_that_are_folded(
    chromium: Browser, site: Path, sample: Book, tmp_path: Path
) -> None:
    live = sample.changes["fhir-patient-lookup-r4"]
    error = next(item for item in live.known_errors if item.state == "open")
    owners = list(sample.desk.teams)[:2]
    many = tuple(
        error.model_copy(update={"number": f"KE-{number}", "owner": owners[number % 2]}) for number in range(30)
    )
    crowd = replace(sample, changes={live.id: live.model_copy(update={"known_errors": many})})
    shown = shutil.copytree(site, tmp_path / "site") / "known-errors" / "index.html"
    html = shown.read_text("utf-8")
    start, end = html.index("<article"), html.index("</article>")
    shown.write_text(f"{html[:start]}<article>{html_of(known_errors(crowd), crowd)}{html[end:]}", encoding="utf-8")
    with serve(tmp_path / "site") as address:
        page, complaints = open_page(chromium, f"{address}known-errors/")
        assert page.locator(SHOWN).count() == 20
        page.get_by_label("Fix owner").select_option(owners[1])
        expect(page.locator(".cb-find [role=status]")).to_have_text("Showing 15 of 30 known errors")
        assert page.locator(SHOWN).count() == 15
        page.locator(".cb-find__field").first.fill("KE-29")
        expect(page.locator(".cb-find [role=status]")).to_have_text("Showing 1 of 30 known errors")
        assert complaints == []
        put_back(page)


def test_a_team_is_found_by_what_it_does(chromium: Browser, address: str, sample: Book) -> None:
    page, complaints = open_page(chromium, f"{address}on-call/?text=claims")
    total = len(sample.desk.teams)
    found = [team for team in sample.desk.teams.values() if "claims" in f"{team.name} {team.does} {team.queue}".lower()]
    assert 0 < page.locator(SHOWN).count() < total
    assert {row.get_attribute("id") for row in page.locator(SHOWN).all()} >= {team.id for team in found}
    assert complaints == []
    put_back(page)


def test_the_filter_of_on_call_looks_into_what_other_desks_do(chromium: Browser, address: str, sample: Book) -> None:
    page, complaints = open_page(chromium, f"{address}on-call/?text=toner")
    assert page.locator(SHOWN).evaluate_all("rows => rows.map((row) => row.id)") == ["not-printers"]
    assert page.locator("#not-printers").is_visible()
    total = len(sample.desk.teams) + len(sample.desk.elsewhere)
    assert page.locator("[data-cb-shown]").inner_text() == f"Showing 1 of {total} numbers"
    page.goto(f"{address}on-call/?text=privacy+complaints")
    assert page.locator("#not-privacy .cb-duty__who:visible").first.inner_text().startswith("Now: ")
    assert complaints == []
    put_back(page)


def noted(book: Book) -> list[Change]:
    """Return the changes that have a release note on the list."""
    return [change for change in book.changes.values() if change.window and change.status not in ("draft", "cancelled")]


def test_a_folded_year_opens_for_what_is_found_in_it_and_closes_again(changes: Page) -> None:
    closed = changes.locator("[data-cb-is*='status=closed']").first
    assert not closed.is_visible()
    changes.goto(f"{changes.url}?status=closed")
    assert changes.locator(SHOWN).count() == changes.locator("[data-cb-is*='status=closed']").count() > 0
    changes.get_by_role("button", name="Clear filter").click()
    assert not closed.is_visible()


def test_a_former_name_finds_the_change(changes: Page, sample: Book) -> None:
    change = next(change for change in sample.changes.values() if change.former_names)
    changes.locator(".cb-find__field").first.fill(change.former_names[0].upper())
    assert change.name in "".join(changes.locator(SHOWN).all_inner_texts())


def test_show_all_is_worked_by_keyboard(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}symptoms/")
    more = page.locator(".cb-fold > summary").first
    assert more.inner_text().startswith("Show all")
    before = page.locator(".cb-said a:visible").count()
    more.focus()
    page.keyboard.press("Enter")
    assert page.locator(".cb-said a:visible").count() > before
    assert more.inner_text() == "Show fewer"
    put_back(page)


def test_without_script_everything_is_there_folded(chromium: Browser, address: str, sample: Book) -> None:
    page, _ = open_page(chromium, f"{address}changes/?text=nothing", script=False)
    assert page.locator(".cb-find:visible").count() == 0
    for fold in page.locator(".cb-fold > summary").all():
        fold.click()
    assert page.locator(SHOWN).count() == len(sample.changes)
    put_back(page)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("look", [("desktop", True), ("phone", False)])
def test_a_filtered_list_is_accessible_and_whole(
    chromium: Browser, address: str, kinds: Kinds, name: str, look: tuple[str, bool]
) -> None:
    size, dark = look
    page, complaints = open_page(chromium, f"{address}{name}?text=patient", size=size, dark=dark)
    assert violations(page, kinds) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert complaints == []
    put_back(page)


def test_each_list_of_the_sample_is_at_most_six_screens(chromium: Browser, address: str, site: Path) -> None:
    heights = {}
    page, _ = open_page(chromium, address)
    for name in [*LISTS, "partners/", "upkeep/"]:
        assert (site / name / "index.html").is_file()
        page.goto(address + name)
        page.evaluate("document.fonts.ready")
        heights[name] = page.evaluate("document.documentElement.scrollHeight")
    put_back(page)
    assert {name: height for name, height in heights.items() if height > 6 * SIZES["desktop"][1]} == {}
