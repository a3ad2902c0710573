"""The release day of the handbook, step by step: after each publish every place says the same."""

from __future__ import annotations

import html
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner
from markupsafe import Markup
from playwright.sync_api import Browser, Page, expect

from browsing import headers_of, serve
from building import build
from changebook.book import Book
from changebook.cli import main
from changebook.editions import edition_of
from changebook.feeds import feed_files, feeds_of
from changebook.names import ERRORS_FEED, UPDATES_FEED
from changebook.outside.facts import note
from changebook.pages import blocks
from changebook.render import Block, Renderer
from changebook.site.now import screen_of
from changebook.views.now_file import now_file
from changebook.views.updates import UPDATE_WORDS
from conftest import ROOT, SAMPLE, load, project

NAME, DAY = "claims-api-2-4", "2026-12-08"
_ROW = re.compile(r"^\| (\d\d:\d\d) \| (.+?) \| `changebook (.+)` \|$", re.M)
FEEDS = {"updates feed": UPDATES_FEED, "errors feed": ERRORS_FEED}
# A build is what costs: go, the first update, the outage, the rollback and the end are published in a real site.
PUBLISHED = (2, 4, 5, 10, 12)
EVERYWHERE = ("home", "now", "screen", "now.json")


@dataclass(frozen=True)
class Step:
    """What is typed and when, what must be said then, and where; `gone` is what nobody may say any more."""

    at: str
    typed: list[str]
    said: tuple[str, ...]
    places: tuple[str, ...]
    gone: str = ""


def steps() -> Iterator[Step]:
    """Yield the steps of the handbook's page."""
    page = (ROOT / "docs" / "handbook" / "release-day.md").read_text("utf-8")
    title = ""
    for time, _, command in _ROW.findall(page):
        typed = shlex.split(command)
        verb, rest = typed[0], typed[2:]
        over, said, places, gone = bool({"resolved", "ok"} & set(rest)), tuple[str, ...](), EVERYWHERE, ""
        if verb == "update":
            said, places = (rest[0], UPDATE_WORDS[rest[2]]), (*places, "updates", "updates feed", "greeting")
        elif verb == "outage":
            said, places = (rest[1], UPDATE_WORDS[rest[0]]), (*places, "outages", "updates feed")
        elif verb == "known-error" and "--state" in rest:
            gone = title
        elif verb == "known-error":
            said = (title := rest[1],)
            places = ("now", "screen", "now.json", "home", "known errors", "errors feed")
        elif verb == "roll-back":
            said, places = ("Rolled back",), ("now", "screen", "now.json", "release note", "greeting")
        else:
            said, places = ({"decide": "Go"}.get(verb, verb),), ("now", "screen", "now.json")
        if over:
            # It is no news on home and on the wall any more.
            places = tuple(name for name in places if name not in ("home", "screen"))
        yield Step(f"{DAY} {time}", typed, said, places, gone)


STEPS = list(steps())


def said_in(words: str, place: str) -> bool:
    """Return whether a place says words, and not as part of others."""
    return bool(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", " ".join(place.split()), re.I))


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """The project with the sample book, its change still a draft, and no outage left from days before."""
    folder = project(tmp_path / "project", SAMPLE)
    (folder / "changes" / "desk" / "status.yaml").unlink()
    record = folder / "changes" / f"{NAME}.yaml"
    text = record.read_text("utf-8")
    assert "\nstatus: ready\n" in text
    record.write_text(text.replace("\nstatus: ready\n", "\nstatus: draft\n"), encoding="utf-8")
    return folder


def do(folder: Path, typed: list[str], at: str) -> str:
    """Type a command in the project's folder at a time, and return what it prints."""
    # What only reads asks nothing.
    yes = [] if typed[0] == "announce" else ["--yes"]
    done = CliRunner().invoke(main, [*typed, "--book", str(folder / "changes"), "--today", at, *yes])
    assert done.exit_code == 0, (typed, done.output)
    return done.stdout


def book_at(folder: Path, at: str) -> Book:
    loaded = load(folder / "changes", today=at)
    assert [str(problem) for problem in loaded.problems if not problem.gap] == []
    assert loaded.book
    return loaded.book


def publish(folder: Path, at: str) -> str:
    """Build the site at a time, and return the version of what its pages say of now."""
    file = folder / "changes" / "desk" / "book.yaml"
    file.write_text(re.sub(r"(?m)^today: .*$", f"today: {at}", file.read_text("utf-8")), encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    version: str = json.loads((folder / "site" / "now.json").read_text("utf-8"))["version"]
    return version


def places_of(folder: Path, at: str) -> dict[str, str]:
    """Return what every place says at a time."""
    book = book_at(folder, at)
    renderer = Renderer(book, lambda name: Markup())
    facts = json.loads(now_file(book))
    told = [f"{item['words']} {item['text']}" for item in facts["updates"]]
    changes = [f"{item['words']} {item['decision']}" for item in facts["changes"]]
    pages = {
        "home": [blocks.now_strip(book), blocks.top_known_errors(book)],
        "now": [blocks.now_board(book)],
        "screen": [Block("screen", screen_of(book))],
        "updates": [blocks.updates(book, NAME)] if book.changes[NAME].updates else [],
        "release note": [blocks.release_note(book, NAME)],
        "outages": [blocks.known_outages(book)],
        "known errors": [blocks.known_errors(book)],
    }
    feeds = dict(feed_files(feeds_of(book, {}), renderer, whose="Northmere Health", site="", now=book.now))
    entries = {name: feedparser.parse(feeds[path]).entries for name, path in FEEDS.items()}
    return {
        "now.json": " ".join([*told, *changes, *(item["title"] for item in facts["known_errors"])]),
        "greeting": do(folder, ["announce", NAME, "--as", "phone", "--readers", "desk"], at),
        **{name: text(" ".join(renderer.html(block, root="../") for block in every)) for name, every in pages.items()},
        **{name: text(" ".join(f"{item.title} {item.summary}" for item in items)) for name, items in entries.items()},
    }


def text(page: str) -> str:
    """Return what a piece of HTML says."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_the_day_has_every_step_that_a_release_can_take() -> None:
    assert [step.typed[0] for step in STEPS] == [
        *("ready", "decide", "live", "update", "outage", "update", "known-error", "update", "outage"),
        *("roll-back", "known-error", "update"),
    ]


def test_after_each_step_every_place_says_the_same(day: Path) -> None:
    for step in STEPS:
        do(day, step.typed, step.at)
        places = places_of(day, step.at)
        asked = [(name, words) for name in step.places for words in step.said]
        assert [(name, words) for name, words in asked if not said_in(words, places[name])] == [], step.at
        if step.gone:
            assert [name for name in EVERYWHERE if said_in(step.gone, places[name])] == [], step.at


def test_open_pages_follow_each_publish_within_a_minute(day: Path, chromium: Browser) -> None:
    publish(day, f"{DAY} 16:00")
    site = day / "site"
    with serve(site, headers=headers_of(site)) as address:
        pages = [opened(chromium, address + path) for path in ("", "now/", "screen/")]
        for number, step in enumerate(STEPS, 1):
            do(day, step.typed, step.at)
            if number not in PUBLISHED:
                continue
            version = publish(day, step.at)
            for page in pages:
                page.clock.run_for(60_000)
                board = page.locator("[data-cb-board]").first
                expect(board).to_have_attribute("data-cb-board", version, timeout=30_000)
                expect(page.locator("[data-cb-contact]")).to_be_hidden()
                followed = text("".join(one.inner_html() for one in page.locator("[data-cb-board]").all()))
                assert step.typed[0] != "update" or "resolved" in step.typed or said_in(step.typed[2], followed)
        (site / "now.json").unlink()
        for page in pages[1:]:
            page.clock.run_for(60_000)
            expect(page.locator("[data-cb-contact]")).to_contain_text("No contact since", timeout=30_000)
        for page in pages:
            page.context.close()


def test_staff_read_only_the_updates_that_name_them(day: Path) -> None:
    for step in STEPS:
        do(day, step.typed, step.at)
    book = book_at(day, STEPS[-1].at)
    updates = [step for step in STEPS if step.typed[0] == "update"]
    told = [step.typed[2] for step in reversed(updates) if "--readers" in step.typed]
    for reader, partner, expected in (("staff", "", told), ("partners", "meridian-clearing", [])):
        seen = edition_of(book, reader, partner)  # type: ignore[arg-type]
        assert [word.text for word in note(seen, seen.changes[NAME], partner=bool(partner)).updates] == expected
        assert updates[0].typed[2] not in repr(seen.changes[NAME])


def opened(chromium: Browser, address: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.clock.install(time=datetime.fromisoformat(f"{DAY}T16:00-06:00"))
    page.goto(address)
    return page
