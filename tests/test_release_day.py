"""The release day of the handbook, step by step: after each publish every place says the same."""

from __future__ import annotations

import html
import json
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from playwright.sync_api import Browser, Page, expect

from browsing import headers_of, serve
from changebook.book import Book
from changebook.book.told import ROLLED_BACK
from changebook.cli import main
from changebook.editions import edition_of
from changebook.names import ERRORS_FEED, NOTES_FEED, UPDATES_FEED
from changebook.outside.facts import note
from changebook.views.updates import UPDATE_WORDS
from conftest import ROOT, SAMPLE, load, project

NAME, PARTNER, DAY = "claims-api-2-4", "meridian-clearing", "2026-12-08"
_ROW = re.compile(r"^\| (\d\d:\d\d) \| (.+?) \| `changebook (.+)` \|$", re.M)
# The pages that are open all day, and follow each publish.
OPEN = {"home": "", "now": "now/", "screen": "screen/"}
PAGES = {
    **OPEN,
    "hub": f"changes/{NAME}/",
    "updates": f"changes/{NAME}/updates/",
    "release note": f"changes/{NAME}/release-note/",
    "outages": "outages/",
    "known errors": "known-errors/",
}
FEEDS = {"notes feed": NOTES_FEED, "updates feed": UPDATES_FEED, "errors feed": ERRORS_FEED}
BOARDS = (*OPEN, "now.json")


@dataclass(frozen=True)
class Step:
    """What is typed and when, what must be said then, and where; `gone` is what nobody may say any more as what holds
    now.
    """

    at: str
    typed: list[str]
    said: tuple[str, ...]
    places: tuple[str, ...]
    gone: str = ""


def steps() -> Iterator[Step]:
    """Yield the steps of the handbook's page."""
    page = (ROOT / "docs" / "handbook" / "release-day.md").read_text("utf-8")
    told, down, error = "", "", ""
    for time, _, command in _ROW.findall(page):
        typed = shlex.split(command)
        verb, rest = typed[0], typed[2:]
        # What is over is no news on home and on the wall any more.
        boards = ("now", "now.json") if {"resolved", "ok"} & set(rest) else BOARDS
        if verb == "update":
            said, places = (rest[0], UPDATE_WORDS[rest[2]]), (*boards, "updates", "updates feed", "greeting")
            # That it was rolled back holds still.
            gone, told = told if told != ROLLED_BACK else "", rest[0]
        elif verb == "outage":
            said, places = (rest[1], UPDATE_WORDS[rest[0]]), (*boards, "outages", "updates feed", "outage greeting")
            gone, down = down, rest[1]
        elif verb == "roll-back":
            said, places = (
                (ROLLED_BACK,),
                (*BOARDS, "updates", "updates feed", "greeting", "hub", "release note", "notes feed"),
            )
            gone, told = told, ROLLED_BACK
        elif verb == "known-error":
            said, places = (error or rest[1],), (*BOARDS, "hub", "known errors", "errors feed")
            gone, error = error, rest[1]
            if gone:
                said, places = (f"{gone} (fixed)",), ("errors feed",)
        else:
            said, places, gone = ({"decide": "Go"}.get(verb, verb),), (*BOARDS, "hub"), ""
        yield Step(f"{DAY} {time}", typed, said, places, gone)


STEPS = list(steps())


def said_in(words: str, place: str) -> bool:
    """Return whether a place says words, and not as part of others."""
    return bool(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", " ".join(place.split()), re.I))


def text(page: str) -> str:
    """Return what a piece of HTML says."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """The project with the sample's desk and the change alone, still a draft, and no outage left from days before; the
    handbook and what callers ask others for, which say nothing of today, are left out.
    """
    folder = project(tmp_path / "project", SAMPLE, handbook=False)
    for file in (folder / "changes").glob("*.yaml"):
        if file.stem != NAME:
            file.unlink()
    for name in ("status", "elsewhere"):
        (folder / "changes" / "desk" / f"{name}.yaml").unlink()
    shutil.rmtree(folder / "changes" / "tickets")
    record = folder / "changes" / f"{NAME}.yaml"
    before = record.read_text("utf-8")
    assert "\nstatus: ready\n" in before
    record.write_text(before.replace("\nstatus: ready\n", "\nstatus: draft\n"), encoding="utf-8")
    return folder


def do(folder: Path, typed: list[str], at: str) -> str:
    """Type a command in the project's folder at a time, and return what it prints."""
    # What only reads asks nothing.
    yes = [] if typed[0] == "announce" else ["--yes"]
    done = CliRunner().invoke(main, [*typed, "--book", str(folder / "changes"), "--today", at, *yes])
    assert done.exit_code == 0, (typed, done.output)
    return done.stdout


def publish(folder: Path, at: str) -> str:
    """Build the site at a time, and return the version of what its pages say of now.

    It is built in this process, where all twelve builds share the compiled templates, without those of its pages that
    nobody looks at.
    """
    file = folder / "changes" / "desk" / "book.yaml"
    file.write_text(re.sub(r"(?m)^today: .*$", f"today: {at}", file.read_text("utf-8")), encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"), strict=True)
    config.plugins.events["files"].append(_only_looked_at)
    build(config)
    version: str = json.loads((folder / "site" / "now.json").read_text("utf-8"))["version"]
    return version


def _only_looked_at(files: Files, **_: object) -> Files:
    for page in files.documentation_pages():
        if page.generated_by and page.url not in PAGES.values():
            files.remove(page)
    return files


def published(folder: Path, at: str) -> dict[str, str]:
    """Return what every place says: the pages and files of the site, and what is announced by phone."""
    site = folder / "site"
    facts = json.loads((site / "now.json").read_text("utf-8"))
    told = [f"{item['words']} {item['text']}" for item in facts["updates"]]
    changes = [f"{item['words']} {item['decision']}" for item in facts["changes"]]
    found = {
        "now.json": " ".join([*told, *changes, *(item["title"] for item in facts["known_errors"])]),
        "greeting": do(folder, ["announce", NAME, "--as", "phone", "--readers", "desk"], at),
    }
    if (folder / "changes" / "desk" / "status.yaml").exists():
        found["outage greeting"] = do(folder, ["announce", PARTNER, "--as", "phone"], at)
    for name, address in PAGES.items():
        if (file := site / address / "index.html").exists():
            found[name] = text(_shown(file.read_text("utf-8")))
    for name, path in FEEDS.items():
        parsed = feedparser.parse((site / path).read_bytes())
        assert not parsed.bozo
        found[name] = text(" ".join(f"{item.title} {item.summary}" for item in parsed.entries))
    return found


def _shown(page: str) -> str:
    """Return the part of a page that is its own: all but the bar above, the field for search and the footer."""
    return re.sub(r"<script.*?</script>", "", page.partition("<article")[2] or page, flags=re.S)


def missing(step: Step, places: Mapping[str, str]) -> list[str]:
    """Return which places do not say what the step says, and which still say what no longer holds."""
    lost = [f"{name}: {words}" for name in step.places for words in step.said if not said_in(words, places[name])]
    open_still = (name for name in (*BOARDS, "greeting") if step.gone and said_in(step.gone, places.get(name, "")))
    return [*lost, *(f"{name} still: {step.gone}" for name in open_still)]


def test_the_day_has_every_step_that_a_release_can_take() -> None:
    assert [step.typed[0] for step in STEPS] == [
        *("ready", "decide", "live", "update", "outage", "update", "known-error", "update", "outage"),
        *("roll-back", "known-error", "update"),
    ]


def test_after_each_step_every_place_and_every_open_page_says_the_same(day: Path, chromium: Browser) -> None:
    version = publish(day, f"{DAY} 16:00")
    site = day / "site"
    with serve(site, headers=headers_of(site)) as address:
        pages = {name: opened(chromium, address + path) for name, path in OPEN.items()}
        for step in STEPS:
            do(day, step.typed, step.at)
            before, version = version, publish(day, step.at)
            assert version != before, step.at
            assert missing(step, published(day, step.at)) == [], step.at
            for page in pages.values():
                page.clock.fast_forward(60_000)
            for name, page in pages.items():
                for board in page.locator("[data-cb-board]").all():
                    expect(board).to_have_attribute("data-cb-board", version, timeout=60_000)
                expect(page.locator("[data-cb-contact]")).to_be_hidden(timeout=60_000)
                followed = text(" ".join(one.inner_html() for one in page.locator("[data-cb-board]").all()))
                here = Step(step.at, step.typed, step.said, (name,) if name in step.places else (), step.gone)
                assert missing(here, {name: followed}) == [], step.at
        (site / "now.json").unlink()
        for name in ("now", "screen"):
            pages[name].clock.fast_forward(60_000)
            expect(pages[name].locator("[data-cb-contact]")).to_contain_text("No contact since", timeout=60_000)
        for page in pages.values():
            page.context.close()


@pytest.mark.slow
def test_staff_read_only_the_updates_that_name_them(day: Path) -> None:
    for step in STEPS:
        do(day, step.typed, step.at)
    book = book_at(day, STEPS[-1].at)
    updates = [step for step in STEPS if step.typed[0] == "update"]
    told = [step.typed[2] for step in reversed(updates) if "--readers" in step.typed]
    for reader, partner, expected in (("staff", "", told), ("partners", PARTNER, [])):
        seen = edition_of(book, reader, partner)  # type: ignore[arg-type]
        assert [word.text for word in note(seen, seen.changes[NAME], partner=bool(partner)).updates] == expected
        assert updates[0].typed[2] not in repr(seen.changes[NAME])


def book_at(folder: Path, at: str) -> Book:
    loaded = load(folder / "changes", today=at)
    assert [str(problem) for problem in loaded.problems if not problem.gap] == []
    assert loaded.book
    return loaded.book


def opened(chromium: Browser, address: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.clock.install(time=datetime.fromisoformat(f"{DAY}T16:00-06:00"))
    page.goto(address)
    return page
