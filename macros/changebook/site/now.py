"""What is going on now as a file that open pages read again, and as a page for a screen on the wall."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Settings
from changebook.names import NOW_FILE, SCREEN
from changebook.render import Block
from changebook.render.prose import plain_prose
from changebook.site.adding import Adding
from changebook.site.build import Build, root_of
from changebook.views.fitting import opening
from changebook.views.now import Now, going_on
from changebook.views.now_file import now_file, version_of

# What is read from four meters without scrolling.
_TOLD, _AT_ONCE, _CHANGES, _WORDS = 3, 2, 3, 30


@dataclass(frozen=True)
class Screen:
    """What the wall screen shows, how many updates and changes of it, and how each update begins; `turns` is whether
    they show that in turn. Of a pinned book time does not move.
    """

    now: Now
    version: str
    settings: Settings
    told: int
    changes: int
    texts: list[str]
    turns: bool
    pinned: bool


def add_now(adding: Adding, build: Build) -> None:
    """Add the file and the page for the wall."""
    adding.add(NOW_FILE, now_file(build.book))
    html = build.renderer.html(Block("screen", screen_of(build.book)), root=root_of(SCREEN))
    adding.add(f"{SCREEN}index.html", html)


def screen_of(book: Book) -> Screen:
    """Return what the wall screen shows."""
    now = going_on(book)
    texts = [opening(plain_prose(item.word.text), _WORDS).text for item in now.told]
    # There is room for the words of two.
    turns = len(now.told) > _AT_ONCE
    return Screen(now, version_of(book), book.desk.settings, _TOLD, _CHANGES, texts, turns, book.pinned)
