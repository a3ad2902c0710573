"""A release day, step by step: each is a command, and after each publish every place says the same."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import material
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from browsing import headers_of, serve
from building import build
from changebook.book import Book
from changebook.cli import main
from changebook.editions import edition_of
from changebook.outside.facts import note
from changebook.pages import blocks
from changebook.render import Block, Renderer
from changebook.render.icons import icons_in
from changebook.site.now import screen_of
from changebook.views.now_file import now_file
from conftest import GOOD, load, project
from test_night import NOT_YET

NAME = "complete-change"
SLOW = "Searches are slow; search by number."
FOUND = "The index is full; search by number until ten."
FIXED = "Searches are fast again; we watch them."
DOWN = "Far Labs answers nobody; orders are kept."
BACK = "Far Labs answers again; nothing was lost."
OLD = "The old search is back and works."
ERROR = "Results without a score"

# What is typed, when, and what every place that is about it must say after it, with the icon's word.
STEPS: list[tuple[list[str], str, tuple[str, ...]]] = [
    (["ready", NAME], "2026-12-02 18:30", ("Ready",)),
    (["decide", NAME, "go", "All cases passed."], "2026-12-02 19:05", ("Go",)),
    (["live", NAME], "2026-12-02 21:05", ("Live",)),
    (
        ["update", NAME, SLOW, "--state", "investigating", "--checking", "The index.", "--expect", "A minute."],
        "2026-12-02 21:20",
        (SLOW, "Investigating"),
    ),
    (["outage", "far-lab", "down", DOWN], "2026-12-02 21:40", (DOWN, "Down")),
    (
        ["update", NAME, FOUND, "--state", "identified", "--known", "--readers", "staff"],
        "2026-12-02 21:50",
        (FOUND, "Cause found"),
    ),
    (["known error"], "2026-12-02 21:55", (ERROR,)),
    (["update", NAME, FIXED, "--state", "monitoring", "--known"], "2026-12-02 22:10", (FIXED, "Fixed, being watched")),
    (["roll-back", NAME, "One in ten fails."], "2026-12-02 22:40", ("Rolled back",)),
    (["outage", "far-lab", "ok", BACK], "2026-12-02 22:50", (BACK, "Works again")),
    (
        ["update", NAME, OLD, "--state", "resolved", "--known", "--readers", "staff"],
        "2026-12-02 23:05",
        (OLD, "Resolved"),
    ),
]
NEW_ERROR = f"""known_errors:
  - id: KE-9
    title: {ERROR}
    workaround: Ask for the date of birth.
    state: open
    severity: high
    affected: 9000
    owner: records-team
"""
Place = Callable[[Renderer, Book], str]


def _json(renderer: Renderer, book: Book) -> str:
    facts = json.loads(now_file(book))
    return " ".join(
        [
            *(f"{item['words']} {item['text']}" for item in facts["updates"]),
            *(f"{item['words']} {item['decision']}" for item in facts["changes"]),
            *(item["title"] for item in facts["known_errors"]),
        ]
    )


# Every place that says what is going on. One that comes later is added here, and every step asks it.
PLACES: dict[str, Place] = {
    "dashboard": lambda renderer, book: text(renderer.html(blocks.now_board(book), root="../")),
    "screen": lambda renderer, book: text(renderer.html(Block("screen", screen_of(book)), root="../")),
    "now.json": _json,
}


def text(page: str) -> str:
    """Return what a page says, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def said_in(words: str, place: str) -> bool:
    """Return whether a place says words, and not as part of others."""
    return bool(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", place, re.I))


@pytest.fixture
def day(small: Path) -> Path:
    """The small desk with a change whose release day has not begun."""
    (small / "desk" / "status.yaml").unlink()
    record = (GOOD / f"{NAME}.yaml").read_text("utf-8").partition("updates:\n")[0]
    for said, before in {**NOT_YET, "status: live": "status: draft"}.items():
        assert said in record
        record = record.replace(said, before)
    (small / f"{NAME}.yaml").write_text(record, encoding="utf-8")
    return small


def do(folder: Path, step: list[str], at: str) -> Book:
    """Take a step, and return the book after it."""
    if step == ["known error"]:
        file = folder / f"{NAME}.yaml"
        file.write_text(file.read_text("utf-8").replace("known_errors:\n", NEW_ERROR), encoding="utf-8")
    else:
        later = ["--next", "30m"] if step[0] in ("update", "outage") and not {"ok", "resolved"} & set(step) else []
        done = CliRunner().invoke(main, [*step, *later, "--book", str(folder), "--today", at, "--yes"])
        assert done.exit_code == 0, (step, done.output)
    loaded = load(folder, today=at)
    assert [str(problem) for problem in loaded.problems if not problem.gap] == []
    assert loaded.book
    return loaded.book


def renderer_of(book: Book) -> Renderer:
    return Renderer(book, icons_in(Path(material.__file__).parent / "templates" / ".icons"))


def test_after_each_step_every_place_says_the_same(day: Path) -> None:
    for step, at, said in STEPS:
        book = do(day, step, at)
        places = {name: place(renderer_of(book), book) for name, place in PLACES.items()}
        for words in said:
            # Of what is over the wall says only that it is.
            asked = [name for name in places if not (words in (BACK, OLD) and name == "screen")]
            assert [name for name in asked if not said_in(words, places[name])] == [], (step, words)


def test_staff_read_only_the_updates_that_name_them(day: Path) -> None:
    for step, at, _ in STEPS:
        book = do(day, step, at)
    for reader, partner, told in (("staff", "", [OLD, FOUND]), ("partners", "far-labs", [])):
        seen = edition_of(book, reader, partner)  # type: ignore[arg-type]
        assert [word.text for word in note(seen, seen.changes[NAME], partner=bool(partner)).updates] == told
        assert SLOW not in repr(seen.changes[NAME])


def test_open_pages_follow_each_publish_within_a_minute(day: Path, tmp_path: Path, chromium: Browser) -> None:
    step, at, _ = STEPS[0]
    book = do(day, step, at)
    (day / "desk" / "book.yaml").write_text(
        re.sub(r"(?m)^today: .*$", f"today: {at}", (day / "desk" / "book.yaml").read_text("utf-8")), encoding="utf-8"
    )
    folder = project(tmp_path / "project", day)
    assert build(folder).returncode == 0
    site = folder / "site"
    shown = boards(book)
    with serve(site, headers=headers_of(site)) as address:
        dashboard, wall = opened(chromium, f"{address}now/", at), opened(chromium, f"{address}screen/", at)
        for step, at, said in STEPS[1:]:
            book = do(day, step, at)
            shown = publish(site, shown, boards(book), now_file(book))
            for page in (dashboard, wall):
                page.clock.run_for(60_000)
                for words in said:
                    if words not in (BACK, OLD) or page is dashboard:
                        expect(page.locator("[data-cb-board]")).to_contain_text(words, ignore_case=True)
                expect(page.locator("[data-cb-contact]")).to_be_hidden()
        (site / "now.json").unlink()
        for page in (dashboard, wall):
            page.clock.run_for(60_000)
            expect(page.locator("[data-cb-contact]")).to_contain_text("No contact since")
            page.context.close()


def boards(book: Book) -> dict[str, str]:
    """Return what a publish of `book` writes into the pages that are open."""
    renderer = renderer_of(book)
    blocks_of = {"now": blocks.now_board(book), "screen": Block("screen", screen_of(book))}
    return {name: renderer.html(block, root="../") for name, block in blocks_of.items()}


def publish(site: Path, before: dict[str, str], after: dict[str, str], now: str) -> dict[str, str]:
    """Write into the built pages what their blocks say now; what they said before must be there, letter by letter."""
    for name, new in after.items():
        file = site / name / "index.html"
        page = file.read_text("utf-8")
        assert before[name] in page, name
        file.write_text(page.replace(before[name], new), encoding="utf-8")
    (site / "now.json").write_text(now, encoding="utf-8")
    return after


def opened(chromium: Browser, address: str, at: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.clock.install(time=datetime.fromisoformat(at))
    page.goto(address)
    return page
