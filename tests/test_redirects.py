"""Old addresses are small pages that lead on, and that nothing lists."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import headers_of, serve
from changebook.book import Book
from changebook.model.status import NEW
from changebook.names import change_address, slug
from changebook.pages import pages_of as made
from changebook.pages.filling import block_of
from changebook.pages.redirects import former_ids, redirects_of
from changebook.tickets.phases import life_of
from changebook.views.metrics import tickets_place
from conftest import ROOT, tags
from golden_texts import html_of
from linking import ids_of, leads, pages_of

# Every address that the sites of these books had before pages were put together, a line each.
FORMER = ROOT / "tests" / "records" / "addresses"
# Where a page went that is a page no more, from the address of its change.
MOVED = {
    "questions": "faq/",
    "announcement": "release-note/#announcement",
    "briefing": "launch/#briefing",
    "go-live-card": "launch/#card",
    "tests": "readiness/#tests",
    "rehearsals": "readiness/#rehearsals",
    "artifact": "#brief",
}
# Of a change whose launch is over, these lead to its hub.
OF_LAUNCH = ("launch", "briefing", "go-live-card")


def with_former(book: Book, **former: tuple[str, ...]) -> Book:
    changes = {
        name: change.model_copy(update={"former_names": former.get(name.replace("-", "_"), ())})
        for name, change in book.changes.items()
    }
    return dataclasses.replace(book, changes=changes)


def test_every_page_of_a_change_has_an_old_address_for_each_former_name(harbor: Book, harbor_site: Path) -> None:
    for change in harbor.changes.values():
        pages = {
            file.relative_to(harbor_site / "changes" / change.id)
            for file in (harbor_site / "changes" / change.id).rglob("*.html")
        }
        for name in change.former_names:
            old = harbor_site / "changes" / slug(name)
            assert {file.relative_to(old) for file in old.rglob("*.html")} == pages


def test_an_old_address_leads_on_with_and_without_script(harbor: Book, harbor_site: Path) -> None:
    found = list(redirects_of(harbor))
    files = [harbor_site / redirect.address / "index.html" for redirect in found]
    print(f"{len(files)} old addresses, {sum(file.stat().st_size for file in files)} bytes")
    for redirect, file in zip(found, files, strict=True):
        target = f"{'../' * redirect.address.count('/')}{redirect.target}"
        seen = tags(file.read_text("utf-8"))
        assert ("meta", {"http-equiv": "refresh", "content": f"0; url={target}"}) in seen
        assert seen[seen.index(("noscript", {})) + 1][1].get("http-equiv") == "refresh"
        assert ("meta", {"name": "robots", "content": "noindex"}) in seen
        canonical = f"https://changebook.northmere.example/{redirect.page}"
        assert ("link", {"rel": "canonical", "href": canonical}) in seen
        assert ("a", {"href": target}) in seen
        assert [tag for tag, attributes in seen if tag in ("script", "style") or "style" in attributes] == ["script"]
        assert file.stat().st_size < 1000


@pytest.mark.parametrize("script", [True, False])
def test_an_old_address_keeps_what_follows_it(chromium: Browser, harbor: Book, harbor_site: Path, script: bool) -> None:
    redirect = next(found for found in redirects_of(harbor) if not found.place)
    rest = "?q=late#q-no-such-answer" if script else ""
    with serve(harbor_site, headers=headers_of(harbor_site)) as address:
        page = chromium.new_context(java_script_enabled=script).new_page()
        page.goto(f"{address}{redirect.address}?q=late#q-no-such-answer")
        page.wait_for_url(f"{address}{redirect.page}{rest}")
        page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_page_that_is_a_part_now_opens_that_part_whatever_anchor_follows(
    chromium: Browser, harbor: Book, harbor_site: Path, script: bool
) -> None:
    redirect = next(found for found in redirects_of(harbor) if found.place == "briefing")
    with serve(harbor_site) as address:
        page = chromium.new_context(java_script_enabled=script).new_page()
        page.goto(f"{address}{redirect.address}#no-such-heading")
        page.wait_for_url(f"{address}{redirect.target}")
        page.context.close()


def test_the_folder_of_playbooks_and_a_page_that_is_over_lead_to_the_hub(harbor: Book, harbor_site: Path) -> None:
    lead_to_the_hub(harbor, harbor_site)


def test_they_lead_there_in_the_sample_too(sample: Book, site: Path) -> None:
    lead_to_the_hub(sample, site)


@pytest.mark.parametrize(
    ("urgency", "status", "opens"),
    [
        ("planned", "live", "launch/#cost"),
        ("emergency", "live", "#cost"),
        ("planned", "stable", "retrospective/#cost"),
    ],
)
def test_the_page_of_metrics_opens_the_page_that_shows_them_now(
    harbor: Book, urgency: str, status: str, opens: str
) -> None:
    change = harbor.change("pager-names")
    assert life_of(harbor, change)
    change = change.model_copy(update={"urgency": urgency, "status": status, "briefing": None})
    book = dataclasses.replace(harbor, changes=harbor.changes | {change.id: change})
    found = {redirect.address: redirect.target for redirect in redirects_of(book)}
    assert found["changes/pager-names/metrics/"] == f"changes/pager-names/{opens}"
    page = opens.partition("#")[0]
    shown = next(page_of for page_of in made(book) if page_of.address == f"changes/pager-names/{page}")
    assert 'id="cost"' in html_of(block_of(shown, book))


def lead_to_the_hub(book: Book, site: Path) -> None:
    found = {redirect.address: redirect.target for redirect in redirects_of(book)}
    files = pages_of(site)
    ids = ids_of(files)
    for change in book.changes.values():
        hub = change_address(change.id)
        assert found.get(f"{hub}playbooks/", "") == (f"{hub}#calls" if change.playbooks else "")
        if change.status in ("closed", "rolled-back", "cancelled"):
            assert {f"{hub}{part}/index.html" for part in ("launch", "readiness")} <= files.keys()
    for address in found:
        links = [attributes["href"] for tag, attributes in tags(files[f"{address}index.html"]) if tag == "a"]
        assert [leads(site, ids, f"{address}index.html", link) for link in links] == [True], address


def test_every_former_page_opens_the_right_place(harbor: Book, harbor_site: Path) -> None:
    assert wrong_places(harbor, harbor_site, "harbor.txt") == []


def test_every_former_page_of_the_sample_opens_the_right_place(sample: Book, site: Path) -> None:
    assert wrong_places(sample, site, "sample.txt") == []


def wrong_places(book: Book, site: Path, former: str) -> list[str]:
    """Return each former address that neither is a page still nor leads, alone, to where its page went."""
    files, wrong = pages_of(site), []
    ids = ids_of(files)
    for address in (FORMER / former).read_text("utf-8").split():
        file, now = f"{address}index.html", place_now(address, book)
        if now == address:
            wrong += [] if "This page has moved" not in files.get(file, "This page has moved") else [address]
            continue
        links = [attributes["href"] for tag, attributes in tags(files.get(file, "")) if tag == "a"]
        expected = f"{'../' * address.count('/')}{now}"
        if links != [expected] or not leads(site, ids, file, expected):
            wrong.append(f"{address} leads to {links}, not to {now}")
    return wrong


def place_now(address: str, book: Book) -> str:
    """Return where the page is now that a former address was."""
    first, _, rest = address.partition("/")
    if first == "changes" and rest:
        change, _, part = rest.partition("/")
        name = former_ids(book).get(change, change)
        if part.rstrip("/") in OF_LAUNCH and name in book.changes and book.changes[name].status not in NEW:
            return f"changes/{name}/"
        if part == "metrics/":
            return tickets_place(book.changes[name]).address
        return f"changes/{name}/{MOVED.get(part.rstrip('/'), part)}"
    return f"{ {'questions': 'faq', 'scenarios': 'playbooks'}.get(first, first) }/{rest}"


def test_a_playbook_whose_file_was_renamed_keeps_its_addresses_also_under_its_changes(book: Book) -> None:
    names = list(book.desk.scenarios)
    scenarios = {
        name: scenario.model_copy(update={"former_files": ("old-file", *names)})
        for name, scenario in book.desk.scenarios.items()
    }
    renamed = dataclasses.replace(book, desk=dataclasses.replace(book.desk, scenarios=scenarios))
    found = list(redirects_of(renamed))
    targets = {redirect.address: redirect.page for redirect in found}
    # Two that had the same file, and files that others have now: neither is an address twice.
    assert len(targets) == len(found)
    assert targets["playbooks/old-file/"] == targets["scenarios/old-file/"] == f"playbooks/{names[0]}/"
    (playbook,) = book.changes["complete-change"].playbooks
    hub = "changes/complete-change/playbooks"
    assert targets[f"{hub}/old-file/"] == f"{hub}/{playbook.scenario}/"
    assert not [name for name in names if f"playbooks/{name}/" in targets]


def test_old_addresses_are_in_no_list(harbor: Book, harbor_site: Path) -> None:
    old = {change_address(name) for name in former_ids(harbor)}
    assert old
    lists = [harbor_site / "sitemap.xml", harbor_site / "changes" / "index.html", *harbor_site.rglob("*.json")]
    for file in lists:
        text = file.read_text("utf-8")
        assert not [address for address in old if address in text], file


def test_a_former_name_without_a_slug_or_with_a_present_id_has_no_old_address(book: Book) -> None:
    odd = with_former(book, complete_change=("???", "名前", "x" * 80, "Six-Lines", "Old one", "old one"))
    assert "six-lines" not in odd.changes or "six-lines" not in former_ids(odd)
    assert set(former_ids(odd)) - {"six-lines"} == {"mingqian", "old-one"}


def test_an_old_address_of_two_changes_leads_to_the_first(book: Book) -> None:
    first, second = list(book.changes)[:2]
    both = with_former(book, **{first.replace("-", "_"): ("Old one",), second.replace("-", "_"): ("Old-one",)})
    assert former_ids(both) == {"old-one": first}
    assert json.dumps(sorted(redirect.address for redirect in redirects_of(both))).count("old-one") >= 2
