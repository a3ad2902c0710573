"""A served site and the system's Chromium, for every test that looks at pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, Page, Request, sync_playwright

SIZES = {"desktop": (1366, 768), "phone": (390, 844), "small phone": (360, 740)}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Letters are then as wide as in a window: without one they are rounded to whole pixels, and lines break elsewhere.
FLAGS += ["--font-render-hinting=none"]
# Chromium gives each new window two pages for its address bar, which nobody sees, and a process in reserve: half of
# what opening a page costs. The rest is what Playwright turns off that matters here: a later list replaces its own.
UNUSED = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding", "LensOverlay"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "ThirdPartyStoragePartitioning"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    # A page of the same site is then shown where the one before was, and not in a frame made for it.
    *("RenderDocument", "ProactivelySwapBrowsingInstance"),
]

TWO_FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
})"""


class Quiet(SimpleHTTPRequestHandler):
    """Serve files as a web server does, with headers and a page for what is missing; say nothing."""

    protocol_version = "HTTP/1.1"  # one connection for all that a page asks for

    def __init__(self, *arguments: Any, headers: Mapping[str, str], missing: Path | None = None, **named: Any) -> None:
        self.sent, self.missing = headers, missing
        super().__init__(*arguments, **named)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def end_headers(self) -> None:
        """Send the headers with every answer."""
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where it has one."""
        if code != 404 or not self.missing:
            super().send_error(code, message, explain)
            return
        page = self.missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


def headers_of(site: Path) -> dict[str, str]:
    """Return the headers that a site's own file tells hosts to send with every page."""
    first, *lines = (site / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    return dict(line.strip().split(": ", 1) for line in lines)


@contextmanager
def serve(site: Path, *, headers: Mapping[str, str] | None = None, missing: Path | None = None) -> Iterator[str]:
    """Serve a folder, and give its address; `headers` go with every answer, `missing` is what 404 shows."""
    handler = partial(Quiet, directory=str(site), headers=headers or {}, missing=missing)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """Start the system's Chromium; a missing one fails the run with the command that installs it.

    The one without a window of its own goes first, where it is installed: a page takes a third less of it.
    """
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "no Chromium here: sudo apt-get install chromium-headless-shell, or chromium"
    flags = [*FLAGS, "--no-first-run", f"--disable-features={','.join(UNUSED)}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@contextmanager
def written_by_scripts(page: Page) -> Iterator[None]:
    """Do what opens a page, then wait until its scripts have what they fetch, and have written it into the page.

    Playwright's "networkidle" waits for half a second more.
    """
    under_way: set[Request] = set()

    def begins(request: Request) -> None:
        under_way.add(request)

    def ends(request: Request) -> None:
        under_way.discard(request)

    listeners: list[tuple[Any, Callable[[Request], None]]] = [
        ("request", begins),
        ("requestfinished", ends),
        ("requestfailed", ends),
    ]
    for event, listener in listeners:
        page.on(event, listener)
    yield
    waiting = True
    while waiting:
        waiting = bool(under_way)
        page.evaluate(TWO_FRAMES)  # what came is written meanwhile, or asks for more
        waiting = waiting or bool(under_way)
    for event, listener in listeners:
        page.remove_listener(event, listener)


class Tab:
    """A page that is kept when a test is done with it: to open one takes two thirds of what a test looks at."""

    waiting: ClassVar[dict[tuple[Browser, str, bool, bool], list[Tab]]] = {}
    of: ClassVar[dict[Page, Tab]] = {}

    def __init__(self, chromium: Browser, zone: str, script: bool, clock: bool) -> None:
        self.kind = (chromium, zone, script, clock)
        self.page = chromium.new_context(timezone_id=zone, java_script_enabled=script).new_page()
        self.base = ""
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self._hear(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._hear(str(error)))
        self.page.on("request", lambda asked: None if self._is_ours(asked.url) else self._hear(asked.url))
        Tab.of[self.page] = self

    def _hear(self, complaint: str) -> None:
        self.complaints.append(complaint)

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.base, "data:", "blob:"))


def open_page(
    chromium: Browser,
    address: str,
    *,
    size: str | tuple[int, int] = "desktop",
    dark: bool = False,
    forced: bool = False,
    zone: str = "America/Chicago",
    script: bool = True,
    moment: str = "",
    prepare: Callable[[Page], object] = lambda page: None,
) -> tuple[Page, list[str]]:
    """Open a page; the list gathers what it fetches from elsewhere and what it complains of.

    `forced`: in the colors of the system. `moment`: when it is by the reader's clock, which the test moves from then
    on. `prepare`: what is done with the tab before it opens the page, such as to serve another file in place of one.
    A test that is done gives the page back with `put_back`, or closes its context, where it changed more than what
    `put_back` undoes.
    """
    waiting = Tab.waiting.get((chromium, zone, script, bool(moment)))
    tab = waiting.pop() if waiting else Tab(chromium, zone, script, bool(moment))
    tab.base, tab.complaints = "/".join(address.split("/")[:3]), []
    width, height = SIZES[size] if isinstance(size, str) else size
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.page.emulate_media(color_scheme="dark" if dark else "light", forced_colors="active" if forced else "none")
    if moment:
        tab.page.clock.install(time=datetime.fromisoformat(moment))
    prepare(tab.page)
    tab.page.goto(address, wait_until="load")
    tab.page.evaluate("document.fonts.ready")
    return tab.page, tab.complaints


def put_back(page: Page) -> None:
    """Keep a page for the next test: what it stored, was allowed and got in place of files is gone, and so are where it
    is and the look and pointer that it had.
    """
    page.unroute_all()
    page.context.clear_permissions()
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.mouse.move(-1, -1)
    page.emulate_media(media="null", forced_colors="null", reduced_motion="null")
    page.goto("about:blank")
    tab = Tab.of[page]
    Tab.waiting.setdefault(tab.kind, []).append(tab)
