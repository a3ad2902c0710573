"""What is going on now as a file that open pages read again, and as a page for a screen on the wall."""

from __future__ import annotations

from dataclasses import dataclass

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
_TOLD, _CHANGES, _WORDS = 3, 3, 30


@dataclass(frozen=True)
class Screen:
    """What the wall screen shows, how many updates and changes of it, and how the first update begins; of a pinned
    book time does not move.
    """

    now: Now
    version: str
    settings: Settings
    told: int
    changes: int
    opening: str
    pinned: bool


def add_now(adding: Adding, build: Build) -> None:
    """Add the file and the page for the wall."""
    book, now = build.book, going_on(build.book)
    begins = opening(plain_prose(now.told[0].word.text), _WORDS).text if now.told else ""
    screen = Screen(now, version_of(book), book.desk.settings, _TOLD, _CHANGES, begins, book.pinned)
    adding.add(NOW_FILE, now_file(book))
    adding.add(f"{SCREEN}index.html", build.renderer.html(Block("screen", screen), root=root_of(SCREEN)))
