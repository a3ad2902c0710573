"""Old addresses lead on: by a table that servers and 404.html read, or by small pages; nothing lists them."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import headers_of, open_page, put_back, serve
from building import build
from changebook.book import Book
from changebook.model.status import NEW
from changebook.names import change_address, slug
from changebook.pages import pages_of as made
from changebook.pages.filling import block_of
from changebook.pages.moved import moved_files, part_of
from changebook.pages.redirects import former_ids, redirects_of
from changebook.site.sitemap import sitemap_files
from changebook.tickets.phases import life_of
from changebook.views.metrics import tickets_place
from conftest import HARBOR, ROOT, project, tags
from golden_texts import html_of
from linking import ids_of, leads, pages_of, targets_in

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


@pytest.fixture(scope="module")
def stubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Harbor Point's site with a page for each old address."""
    folder = project(tmp_path_factory.mktemp("stubs"), HARBOR, handbook=False)
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}extra: {{redirect_pages: true}}\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_every_page_of_a_change_has_an_old_address_for_each_former_name(harbor: Book, harbor_site: Path) -> None:
    found = targets_in(harbor_site)
    for change in harbor.changes.values():
        hub = change_address(change.id)
        pages = {page.address for page in made(harbor) if page.change == change.id}
        pages |= {address for address in found if address.startswith(hub)}
        for name in change.former_names:
            assert {f"changes/{slug(name)}/{page.removeprefix(hub)}" for page in pages} <= found.keys()


def test_an_old_address_is_no_file(harbor: Book, harbor_site: Path) -> None:
    found = {redirect.address: redirect.target for redirect in redirects_of(harbor)}
    assert {address: target for address, target in targets_in(harbor_site).items() if address in found} == found
    assert [address for address in found if (harbor_site / address).joinpath("index.html").exists()] == []


def test_an_old_address_that_is_a_page_leads_on_with_and_without_script(harbor: Book, stubs: Path) -> None:
    found = list(redirects_of(harbor))
    files = [stubs / redirect.address / "index.html" for redirect in found]
    assert not (stubs / "_redirects").exists()
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
def test_a_page_at_an_old_address_keeps_what_follows_it(
    chromium: Browser, harbor: Book, stubs: Path, script: bool
) -> None:
    redirect = next(found for found in redirects_of(harbor) if not found.place)
    rest = "?q=late#q-no-such-answer" if script else ""
    with serve(stubs, headers=headers_of(stubs)) as address:
        page, _ = open_page(chromium, "about:blank", script=script)
        page.goto(f"{address}{redirect.address}?q=late#q-no-such-answer")
        page.wait_for_url(f"{address}{redirect.page}{rest}")
        put_back(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_page_that_is_a_part_now_opens_that_part_whatever_anchor_follows(
    chromium: Browser, harbor: Book, stubs: Path, script: bool
) -> None:
    redirect = next(found for found in redirects_of(harbor) if found.place == "briefing")
    with serve(stubs) as address:
        page, _ = open_page(chromium, "about:blank", script=script)
        page.goto(f"{address}{redirect.address}#no-such-heading")
        page.wait_for_url(f"{address}{redirect.target}")
        put_back(page)


@pytest.mark.parametrize("script", [True, False])
def test_the_missing_page_leads_an_old_address_on_with_what_follows_it(
    chromium: Browser, harbor: Book, harbor_site: Path, script: bool
) -> None:
    found = list(redirects_of(harbor))
    part, plain = (next(one for one in found if one.place == place) for place in ("briefing", ""))
    with serve(harbor_site, headers=headers_of(harbor_site), missing=harbor_site / "404.html") as address:
        page, _ = open_page(chromium, "about:blank", script=script)
        for asked, opens in [
            (f"{plain.address}?q=late#q-no-such-answer", f"{plain.page}?q=late#q-no-such-answer"),
            (plain.address.rstrip("/"), plain.page),
            (f"{plain.address}index.html", plain.page),
            (f"{part.address}?q=late#no-such-heading", f"{part.page}?q=late#briefing"),
        ]:
            page.goto(f"{address}{asked}")
            if script:
                page.wait_for_url(f"{address}{opens}")
            else:
                assert page.get_by_role("heading", name="Page not found").is_visible()
        page.goto(f"{address}changes/never-there/")
        if script:
            # What the address says is searched for.
            page.wait_for_url(f"{address}changes/never-there/?q=never+there")
            assert page.locator(".cb-search__field").first.input_value() == "never there"
            page.goto(f"{address}changes/nothing%20f%C3%BCr_it.html?x=1")
            page.wait_for_url("**/changes/nothing%20f%C3%BCr_it.html?x=1&q=nothing+f%C3%BCr+it")
        assert page.get_by_role("heading", name="Page not found").is_visible()
        put_back(page)


def test_in_a_folder_of_a_host_the_missing_page_leads_on_too(
    chromium: Browser, harbor: Book, harbor_site: Path, tmp_path: Path
) -> None:
    redirect = next(found for found in redirects_of(harbor) if not found.place)
    shutil.copytree(harbor_site, tmp_path / "kb")
    missing = tmp_path / "kb" / "404.html"
    text = missing.read_text("utf-8").replace('data-base="/"', 'data-base="/kb/"')
    missing.write_text(re.sub(r'(href|src)="/', r'\1="/kb/', text), encoding="utf-8")
    with serve(tmp_path, missing=missing) as address:
        page, _ = open_page(chromium, "about:blank")
        page.goto(f"{address}kb/{redirect.address}")
        page.wait_for_url(f"{address}kb/{redirect.page}")
        put_back(page)


def test_the_tables_of_servers_name_the_folder_and_the_place(harbor: Book) -> None:
    found = list(redirects_of(harbor))
    part = next(one for one in found if one.place == "briefing")
    tables = moved_files(found, "/kb/")
    assert f"/kb/{part.address} /kb/{part.page}#briefing 301" in tables["_redirects"].splitlines()
    assert tables["_redirects"].count("\n") == len(found)
    assert f"  /kb/{part.address} /kb/{part.page};" in tables["redirects.nginx"].splitlines()
    assert f'  /kb/{part.address} "#briefing";' in tables["redirects.nginx"].splitlines()


@pytest.mark.slow
def test_a_table_of_many_addresses_is_in_parts_of_which_one_is_read(harbor: Book) -> None:
    redirect = next(iter(redirects_of(harbor)))
    many = [dataclasses.replace(redirect, address=f"changes/change-{number}/questions/") for number in range(20_000)]
    tables = moved_files(many, "/")
    parts = {name: json.loads(text) for name, text in tables.items() if name.startswith("moved/")}
    assert len(parts) == 40
    assert max(map(len, tables.values())) < 3_000_000
    assert max(len(text) for name, text in tables.items() if name in parts) < 100_000
    assert sum(map(len, parts.values())) == len(many)
    assert all(part_of(address, 40) == int(name[6:-5]) for name, part in parts.items() for address in part)


def test_a_sitemap_of_more_addresses_than_a_file_may_hold_is_an_index() -> None:
    urls = "".join(f"<url><loc>https://kb.example/{number}/</loc></url>" for number in range(5))
    assert sitemap_files(f"<urlset>{urls}</urlset>", "https://kb.example/", 5).keys() == {"sitemap.xml"}
    files = sitemap_files(f"<urlset>{urls}</urlset>", "https://kb.example/", 2)
    assert re.findall(r"<loc>(.*?)</loc>", files["sitemap.xml"]) == [
        f"https://kb.example/sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    parts = [files[f"sitemap-{number}.xml"] for number in (1, 2, 3)]
    assert [part.count("<url>") for part in parts] == [2, 2, 1]
    assert re.findall(r"<loc>(.*?)</loc>", "".join(parts)) == re.findall(r"<loc>(.*?)</loc>", urls)


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


@cache
def read(site: Path) -> tuple[set[str], dict[str, list[str]]]:
    """Return each page of a site, and its ids; they are read once."""
    files = pages_of(site)
    return set(files), ids_of(files)


def lead_to_the_hub(book: Book, site: Path) -> None:
    found = {redirect.address: redirect.target for redirect in redirects_of(book)}
    files, ids = read(site)
    for change in book.changes.values():
        hub = change_address(change.id)
        assert found.get(f"{hub}playbooks/", "") == (f"{hub}#calls" if change.playbooks else "")
        if change.status in ("closed", "rolled-back", "cancelled"):
            pages = {name.removesuffix("index.html") for name in files} | found.keys()
            assert {f"{hub}{part}/" for part in ("launch", "readiness")} <= pages
    assert found.items() <= targets_in(site).items()
    for address, target in found.items():
        assert leads(site, ids, "", target), address


def test_every_former_page_opens_the_right_place(harbor: Book, harbor_site: Path) -> None:
    assert wrong_places(harbor, harbor_site, "harbor.txt") == []


def test_every_former_page_of_the_sample_opens_the_right_place(sample: Book, site: Path) -> None:
    assert wrong_places(sample, site, "sample.txt") == []


def wrong_places(book: Book, site: Path, former: str) -> list[str]:
    """Return each former address that neither is a page still nor leads, alone, to where its page went."""
    (files, ids), found, wrong = read(site), targets_in(site), list[str]()
    for address in (FORMER / former).read_text("utf-8").split():
        now = place_now(address, book)
        if now == address:
            wrong += [] if f"{address}index.html" in files and address not in found else [address]
        elif found.get(address) != now or not leads(site, ids, "", now):
            wrong.append(f"{address} leads to {found.get(address)}, not to {now}")
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
    files = [file for file in harbor_site.rglob("*.json") if file.parent.name != "moved"]
    lists = [harbor_site / "sitemap.xml", harbor_site / "changes" / "index.html", *files]
    for file in lists:
        text = file.read_text("utf-8")
        assert not [address for address in old if address in text], file


def test_a_former_name_without_a_slug_or_with_a_present_id_has_no_old_address(book: Book) -> None:
    odd = with_former(book, complete_change=("???", "名前", "x" * 80, "Six-Lines", "Old one", "old one"))
    assert "six-lines" in odd.changes
    assert set(former_ids(odd)) == {"mingqian", "old-one"}


def test_an_old_address_of_two_changes_leads_to_the_first(book: Book) -> None:
    first, second = list(book.changes)[:2]
    both = with_former(book, **{first.replace("-", "_"): ("Old one",), second.replace("-", "_"): ("Old-one",)})
    assert former_ids(both) == {"old-one": first}
    assert json.dumps(sorted(redirect.address for redirect in redirects_of(both))).count("old-one") >= 2
