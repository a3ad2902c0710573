"""Old addresses are small pages that lead on, and that nothing lists."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import serve
from changebook.book import Book
from changebook.names import change_address, slug
from changebook.pages.redirects import former_ids, redirects_of
from conftest import ROOT, tags
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
    policy = (harbor_site / "content-security-policy.txt").read_text("utf-8").strip()
    rest = "?q=late#q-no-such-answer" if script else ""
    with serve(harbor_site, policy=policy) as address:
        page = chromium.new_context(java_script_enabled=script).new_page()
        page.goto(f"{address}{redirect.address}?q=late#q-no-such-answer")
        page.wait_for_url(f"{address}{redirect.page}{rest}")
        page.context.close()


def test_every_former_page_opens_the_right_place(harbor: Book, harbor_site: Path) -> None:
    assert wrong_places(harbor, harbor_site, "harbor.txt") == []


def test_every_former_page_of_the_sample_opens_the_right_place(sample: Book, site: Path) -> None:
    assert wrong_places(sample, site, "sample.txt") == []


def wrong_places(book: Book, site: Path, former: str) -> list[str]:
    """Return each former address that is no page now, with where it leads, if that is not where its page went."""
    files, wrong = pages_of(site), []
    ids, present = ids_of(files), former_ids(book)
    pages = {name.removesuffix("index.html") for name, html in files.items() if "This page has moved" not in html}
    for address in (FORMER / former).read_text("utf-8").split():
        now = place_now(address, present, pages)
        links = [tag[1]["href"] for tag in tags(files.get(f"{address}index.html", "")) if tag[0] == "a"]
        expected = f"{'../' * address.count('/')}{now}"
        if now != address and (links != [expected] or not leads(site, ids, f"{address}index.html", expected)):
            wrong.append(f"{address} leads to {links}, not to {now}")
    return wrong


def place_now(address: str, former: dict[str, str], pages: set[str]) -> str:
    """Return where the page went that a former address was, which may be a page still."""
    first, _, rest = address.partition("/")
    moved = {"questions": "faq", "scenarios": "playbooks"}.get(first, first)
    if first == "changes":
        change, _, part = rest.partition("/")
        hub = f"changes/{former.get(change, change)}/" if change else "changes/"
        address, name = f"{hub}{part}", f"{hub}{MOVED.get(part.rstrip('/'), part)}"
    else:
        name = f"{moved}/{rest}"
    return address if address in pages else name


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
    assert set(former_ids(odd)) - {"six-lines"} == {"old-one"}


def test_an_old_address_of_two_changes_leads_to_the_first(book: Book) -> None:
    first, second = list(book.changes)[:2]
    both = with_former(book, **{first.replace("-", "_"): ("Old one",), second.replace("-", "_"): ("Old-one",)})
    assert former_ids(both) == {"old-one": first}
    assert json.dumps(sorted(redirect.address for redirect in redirects_of(both))).count("old-one") >= 2
