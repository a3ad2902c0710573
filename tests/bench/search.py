"""Measure search: what the labeled queries find, and what a query costs a browser in a large book.

    python tests/bench/search.py                 the labeled queries, beside Material's own search on the same pages
    python tests/bench/search.py --size 2000     index, bytes, requests and times of a book of 2,000 changes
    python tests/bench/search.py --size 2000 --index   its index alone: processor time, and a digest of what is in it

Finding is printed per class: R@1 and R@3 are the shares of queries with a right page first, or among the first three.
Times are of headless Chromium with its processor slowed down six times.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from books import ROOT, write_book
from browsing import start_chromium
from build import as_markdown, copy_site
from build import build as build_site
from changebook.book import Book
from changebook.checking.problems import check_book
from changebook.checking.searching import index_of
from changebook.search.index import Index, SearchResults

SLOWER = 6
VOICES = (
    *("night", "partner", "error", "speech", "misspelled", "pasted"),
    *("british", "american", "nonnative", "oneword", "none"),
)


@dataclass(frozen=True)
class Query:
    """A labeled query: its class or voice, its words, the right pages, and whether it was kept from all tuning.

    A page that begins with an asterisk is a playbook, the general one or a change's.
    """

    kind: str
    ask: str
    pages: tuple[str, ...]
    held: bool


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, help="changes of a generated book")
    parser.add_argument("--index", action="store_true", help="only build the index of the generated book")
    arguments = parser.parse_args()
    if arguments.index and not arguments.size:
        parser.error("--index goes with --size; name the size of the book")
    if arguments.index:
        with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch:
            indexed(Path(scratch), arguments.size)
        return
    with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch, start_chromium() as browser:
        if arguments.size:
            measure_cost(Path(scratch), browser, arguments.size)
        else:
            measure_finding(Path(scratch), browser)


def labeled() -> list[Query]:
    """Return the labeled queries of all classes, then those of all voices.

    Those at odd places of their class, and those in `held-out.yaml`, are kept from all tuning.
    """
    classes = [
        Query(kind, item["ask"], tuple(item["pages"]), held=number % 2 == 1)
        for kind, items in _read("queries").items()
        for number, item in enumerate(items)
    ]
    voices = [
        Query(kind, item["ask"], tuple(f"*/playbooks/{name}/" for name in item["ids"]), held=name == "held-out")
        for name in ("voices", "held-out")
        for kind, items in _read(name).items()
        for item in items
    ]
    return [*classes, *voices]


def _read(name: str) -> dict[str, list[dict[str, Any]]]:
    text = (ROOT / "tests" / "search" / f"{name}.yaml").read_text("utf-8")
    found: dict[str, list[dict[str, Any]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def is_right(address: str, pages: tuple[str, ...]) -> bool:
    """Return whether a result is a right page, or a part of one."""
    page = address.partition("#")[0]
    either = tuple(one[1:] for one in pages if one.startswith("*"))
    return address in pages or page in pages or bool(either and f"/{page}".endswith(either))


def measure_finding(scratch: Path, browser: Browser) -> None:
    """Print what the labeled queries find here and in Material's search of the same pages."""
    loaded = check_book(ROOT / "changes", clock=lambda: datetime.now(UTC))
    assert loaded.book
    index, queries = index_of(loaded.book, ROOT / "changes"), labeled()
    found = {query.ask: judged(index.ask(query.ask)) for query in queries}
    print(f"{len(queries)} labeled queries, changebook / Material's search on the same pages", flush=True)
    theirs = material(scratch, browser, queries)
    for half, held in (("may be tuned on", False), ("held back", True)):
        print(f"\n{half:18}{'n':>4}{'R@1':>15}{'R@3':>15}{'in three':>10}{'nothing':>9}{'good match':>12}")
        mine = [query for query in queries if query.held == held]
        groups = [(kind, [query for query in mine if query.kind == kind]) for kind in kinds(mine)]
        groups.append(("all answerable", [query for query in mine if query.pages]))
        for name, group in groups:
            sure = sum(found[query.ask].sure for query in group)
            if not group[0].pages:
                print(f"{name:18}{len(group):4}{'':49}{sure:12}")
                continue
            ours = {query.ask: found[query.ask].listed for query in group}
            three = shares(group, {query.ask: found[query.ask].shown for query in group}, 3)
            shown = "".join(f"{shares(group, ours, most):8.2f} / {shares(group, theirs, most):.2f}" for most in (1, 3))
            nothing = sum(not found[query.ask].shown for query in group)
            print(f"{name:18}{len(group):4}{shown}{three:10.2f}{nothing:9}{sure:12}")


@dataclass(frozen=True)
class Found:
    """What is listed for a query where a match is good, what is shown either way, and whether a page of ours is said
    to answer it.
    """

    listed: list[str]
    shown: list[str]
    sure: bool


def judged(results: SearchResults) -> Found:
    """Return what a query finds. What is another desk's is a right answer to what no page here answers."""
    listed = [hit.document.address for hit in results.hits] if results.good else []
    shown = listed or [hit.document.address for hit in results.near]
    return Found(listed, shown, bool(listed) and results.hits[0].document.kind != "elsewhere")


def kinds(queries: list[Query]) -> list[str]:
    """Return the classes in the order of the file."""
    return list(dict.fromkeys(query.kind for query in queries))


def shares(group: list[Query], found: dict[str, list[str]], most: int) -> float:
    """Return the share of queries with a right page among the first `most` results."""
    return sum(any(is_right(one, query.pages) for one in found[query.ask][:most]) for query in group) / len(group)


# All queries to the worker that Material's page would ask, loaded once, as that page does: what it lists, in order.
MATERIALS = """async queries => {
    const { base, search } = JSON.parse(document.getElementById("__config").textContent);
    const { config, docs } = await (await fetch(`${base}/search/search_index.json`)).json();
    const worker = new Worker(new URL(search, new URL(`${base}/`, location)));
    const told = (type, data) => new Promise((resolve, reject) => {
        worker.onmessage = event => resolve(event.data.data);
        worker.onerror = reject;
        worker.postMessage({ type, data });
    });
    await told(0, { config, docs, options: { suggest: false } });
    const found = [];
    for (const query of queries) found.push((await told(2, query)).items.flat().map(one => one.location));
    return found;
}"""


def material(scratch: Path, browser: Browser, queries: list[Query]) -> dict[str, list[str]]:
    """Return what Material's own search lists for each query, on plain pages with the words of ours."""
    project = sample_site(scratch / "sample")
    plain = scratch / "plain"
    (plain / "docs").mkdir(parents=True)
    for page in sorted((project / "site").rglob("index.html")):
        target = plain / "docs" / page.relative_to(project / "site").with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_markdown(page.read_text("utf-8")), encoding="utf-8")
    (plain / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme: {name: material, font: false}\nplugins: [search]\n", encoding="utf-8"
    )
    build_site(plain)
    with served(plain / "site") as address:
        page = browser.new_page()
        page.goto(address)
        locations: list[list[str]] = page.evaluate(MATERIALS, [query.ask for query in queries])
        page.close()
    found = {
        query.ask: list(dict.fromkeys(one.partition("#")[0] for one in listed))
        for query, listed in zip(queries, locations, strict=True)
    }
    # Material knows pages, not single answers: a page that holds the answer counts as right.
    return {ask: [page for one in pages for page in _with_parts(one, queries, ask)] for ask, pages in found.items()}


def _with_parts(page: str, queries: list[Query], ask: str) -> list[str]:
    wanted = next(query.pages for query in queries if query.ask == ask)
    return [next((one for one in wanted if one.partition("#")[0] == page), page)]


def measure_cost(scratch: Path, browser: Browser, size: int) -> None:
    """Print what search costs in a book of `size` changes: building it, the first result, a warm query."""
    book, index = indexed(scratch, size)
    project = sample_site(scratch / "site")
    shutil.rmtree(project / "site" / "search")
    for path, text in index.published().items():
        target = project / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    spoken = [query.ask for query in labeled() if query.kind in VOICES and query.pages]
    asked = {"of the book": sampled(book, 60), "of the voices": random.Random(7).sample(spoken, 60)}
    with served(project / "site") as address:
        for whose, queries in asked.items():
            firsts = [first_result(browser, address, query) for query in queries]
            for number, what in enumerate(("KB", "requests", "ms")):
                values = [first[number] for first in firsts]
                middle, high = statistics.median(values), quantile(values, 0.95)
                print(
                    f"first result, words {whose}, {what}: median {middle:.0f}, p95 {high:.0f}, most {max(values):.0f}"
                )
            warm = warm_times(browser, address, queries)
            middle, high = statistics.median(warm), quantile(warm, 0.95)
            print(f"warm query, words {whose}, processor {SLOWER}x slower: median {middle:.0f} ms, p95 {high:.0f} ms")


def indexed(scratch: Path, size: int) -> tuple[Book, Index]:
    """Return a book of `size` changes and its index; print what that costs the processor, and what is in it."""
    # A pinned day: two runs make the same files.
    book = check_book(write_book(scratch / "book", size), clock=lambda: datetime(2026, 11, 27, 8, tzinfo=UTC)).book
    assert book
    start = time.process_time()
    index = Index(book)
    seconds = time.process_time() - start
    total = sum(len(gzip.compress(text.encode(), 6)) for text in index.files.values())
    print(f"{size} changes: index in {seconds:.1f} CPU s, {len(index.files)} files, {total / 1e6:.1f} MB compressed")
    # The folder is called after the bytes; here only what they say counts.
    said = {name: json.loads(text) for name, text in index.files.items()}
    said["start.json"].pop("folder")
    print(f"digest {hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]}")
    return book, index


def sample_site(folder: Path) -> Path:
    """Build the sample's site below `folder`, which is returned."""
    copy_site(folder)
    shutil.copytree(ROOT / "changes", folder / "changes")
    build_site(folder)
    return folder


def sampled(book: Book, count: int) -> list[str]:
    """Return queries as people type them: sayings, parts of sayings, titles, names and codes of the book."""
    chance = random.Random(7)
    found = []
    for change in chance.sample(sorted(book.changes.values(), key=lambda change: change.id), count):
        playbook = chance.choice(change.playbooks)
        saying = chance.choice(playbook.callers_say)
        choices = (saying, " ".join(saying.split()[:3]), playbook.title or saying, change.name, change.former_names[0])
        found.append(chance.choice((*choices, chance.choice(change.contract).answers[0].code)))
    return found


def first_result(browser: Browser, address: str, query: str) -> tuple[float, float, float]:
    """Return what a first result costs a browser that has nothing yet: the kilobytes and requests of all that search
    fetches, early or late, and the milliseconds from focus to it.
    """
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    found = page.evaluate(
        """query => new Promise(resolve => {
            const field = document.querySelector(".cb-search--big .cb-search__field");
            const panel = document.querySelector(".cb-search--big .cb-results");
            const start = performance.now();
            new MutationObserver((_, watcher) => {
                if (!panel.querySelector(".cb-result")) return;
                watcher.disconnect();
                const end = performance.now();
                const files = performance.getEntriesByType("resource");
                const ours = files.filter(one => one.name.includes("/search/"));
                const needed = ours.filter(one => one.responseEnd && one.responseEnd <= end);
                resolve([needed.reduce((sum, one) => sum + one.transferSize, 0) / 1000, needed.length, end - start]);
            }).observe(panel, { childList: true, subtree: true });
            field.focus();
            field.value = query;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        })""",
        query,
    )
    context.close()
    return found[0], found[1], found[2]


def warm_times(browser: Browser, address: str, queries: list[str]) -> list[float]:
    """Return the milliseconds from a keystroke to the list, all files being there."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.locator(".cb-search--big .cb-search__field").focus()
    for query in queries:
        typed(page, query)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = [typed(page, query) for query in queries for _ in range(3)]
    context.close()
    return times


def typed(page: Page, query: str) -> float:
    """Type a query at once and return the milliseconds until its list stands."""
    return float(
        page.evaluate(
            """query => new Promise(resolve => {
                const field = document.querySelector(".cb-search--big .cb-search__field");
                const panel = document.querySelector(".cb-search--big .cb-results");
                delete panel.dataset.ready;
                const start = performance.now();
                new MutationObserver((_, watcher) => {
                    if (panel.dataset.ready === undefined) return;
                    watcher.disconnect();
                    resolve(performance.now() - start);
                }).observe(panel, { attributes: true, attributeFilter: ["data-ready"] });
                field.value = query;
                field.dispatchEvent(new Event("input", { bubbles: true }));
            })""",
            query,
        )
    )


def quantile(values: list[float], share: float) -> float:
    """Return the value under which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


class Compressing(SimpleHTTPRequestHandler):
    """Serve files as web servers do: text compressed."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data, kind = path.read_bytes(), self.guess_type(str(path))
        packed = path.suffix in (".html", ".js", ".css", ".json")
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=3600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser has closed the page
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""
    handler: Callable[..., Compressing] = partial(Compressing, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


if __name__ == "__main__":
    main()
