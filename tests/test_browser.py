"""Every kind of page in a real browser: nothing fetched from elsewhere, nothing on the console, nothing cut off."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHANGE = "changes/fhir-patient-lookup-r4/"
PAGES = [
    "",
    "404.html",
    "symptoms/",
    "changes/",
    "scenarios/",
    "scenarios/failed-patient-lookup/",
    "systems/",
    "systems/patient-index/",
    "questions/",
    "release-notes/",
    CHANGE,
    f"{CHANGE}release-note/",
    f"{CHANGE}playbooks/failed-patient-lookup/",
    f"{CHANGE}questions/",
    f"{CHANGE}contract/",
    "handbook/",
    "handbook/fields/",
    "handbook/first-record/",
]
SIZES = {"desktop": (1366, 768), "phone": (390, 844), "small phone": (360, 740)}


class Quiet(SimpleHTTPRequestHandler):
    """Serve files, and say nothing."""

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the sample's site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; a missing one fails the run with the command that installs it."""
    path = shutil.which("chromium")
    assert path, "no Chromium here: sudo apt-get install chromium"
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*flags, "--no-first-run"])
        yield browser
        browser.close()


def open_page(chromium: Browser, address: str, *, size: str = "desktop", dark: bool = False) -> tuple[Page, list[str]]:
    """Open a page; the list gathers what it fetches from elsewhere and what it complains of."""
    width, height = SIZES[size]
    scheme = "dark" if dark else "light"
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page, complaints = context.new_page(), []
    base = "/".join(address.split("/")[:3])
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if _ours(asked.url, base) else complaints.append(asked.url))
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    return page, complaints


def _ours(url: str, base: str) -> bool:
    return url.startswith((base, "data:", "blob:"))


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
@pytest.mark.parametrize("size", SIZES)
def test_a_page_is_whole_and_quiet(chromium: Browser, address: str, name: str, size: str) -> None:
    page, complaints = open_page(chromium, address + name, size=size, dark=size == "phone")
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert page.locator("h1").count() == 1
    page.context.close()


def test_a_copied_first_response_is_what_the_page_shows(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}{CHANGE}playbooks/failed-patient-lookup/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy response").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#first-response").inner_text().strip()
    assert page.locator("#cb-status").inner_text() == "Copied"
    assert complaints == []
    page.context.close()


def test_the_address_of_an_answer_opens_it(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}{CHANGE}questions/")
    last = page.locator(".cb-qa details").last
    assert last.get_attribute("open") is None
    page.goto(f"{address}{CHANGE}questions/#{last.get_attribute('id')}")
    assert page.locator(".cb-qa details").last.get_attribute("open") is not None
    page.context.close()


def test_a_name_typed_into_search_finds_its_hub(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, address)
    field = page.locator("[data-md-component=search-query]")
    field.click()
    field.type("FHIR Patient Lookup R4", delay=10)
    result = page.locator(".md-search-result__item a").first
    result.wait_for()
    assert "fhir-patient-lookup-r4" in (result.get_attribute("href") or "")
    assert complaints == []
    page.context.close()
