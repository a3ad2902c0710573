"""What one build shares between its hooks, its macros and the theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import cast

import jinja2
import material
import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from changebook.book import Book
from changebook.cache.notes import ReadNotes, noting, once, share
from changebook.errors import Problem
from changebook.git.history import History
from changebook.language import gettext as _
from changebook.pages import pages
from changebook.render import Block, Renderer
from changebook.render.compiled import Compiled
from changebook.search.index import Index
from changebook.site import frame
from changebook.site.adding import Adding
from changebook.site.feedback import Shown
from changebook.site.shells import Shells
from changebook.site.slots import Slots
from changebook.source.places import Places, Spot

ICONS = Path(material.__file__).parent / "templates" / ".icons"
# What is compiled of the theme's templates, for every build.
THEME_CODE = Compiled(Path(material.__file__).parent, Path(mkdocs.__file__).parent)


@dataclass
class Build:
    """What one build shares between its hooks, its macros and the theme's templates."""

    book: Book
    renderer: Renderer
    slots: Slots
    places: Places
    history: History
    problems: list[Problem] = field(default_factory=list)
    frames: dict[tuple[str, str], str] = field(default_factory=dict)
    shells: Shells = field(default_factory=Shells)
    theme: jinja2.Environment | None = None
    adding: Adding | None = None
    moved: int = 0  # in how many parts the table of old addresses is that 404.html reads
    taken: dict[str, str] = field(default_factory=dict)  # texts of files that go into others
    # What each page, and each kind of files, was made of; the files of each kind; what Markdown made of pages by hand.
    notes: dict[str, ReadNotes] = field(default_factory=dict)
    made: dict[str, set[str]] = field(default_factory=dict)
    by_hand: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)  # the files that a long page is cut into
    untitled: set[str] = field(default_factory=set)  # pages by hand that say their titles themselves
    touched: Callable[[ReadNotes], bool] | None = None  # after a save, whether what was read differs
    index: Index | None = None
    nav: Navigation | None = None
    files: Files | None = None

    def __post_init__(self) -> None:
        # The pages of a change come one after the other, and lie at three depths.
        self._local = partial(once, most=3)(
            lambda change, root: self.renderer.html(frame.local(self.book, change), root=root)
        )

    def add_noted(self, path: str, content: Callable[[], str | bytes], adding: Adding) -> None:
        """Add one of many files of a kind, with notes of its own: it is made only if something that it read differs."""
        if path in self.notes and self.touched and not self.touched(self.notes[path]):
            adding.keep(path)
        else:
            with noting() as self.notes[path]:
                said = content()
            adding.add(path, said)
        share(self.notes[path])

    def notes_of(self, name: str) -> ReadNotes:
        """Return the notes of a page, by its file, or of a kind of files, to go on with."""
        return self.notes.setdefault(name, ReadNotes())

    def mistake(self, page: Page, line: int, message: str) -> None:
        """Keep a mistake in a hand-written page; all are reported together."""
        self.problems.append(Problem(Path("docs") / page.file.src_uri, line, 1, message))

    def strip(self) -> str:
        """Return the line of live changes, for the script that puts it on every page."""
        return self.renderer.html(frame.strip(self.book), root="cb-root:")

    def search(self, root: str) -> str:
        """Return the header's search field, the same on all pages as deep as this one."""
        return self._frame("search", root, frame.header_search)

    def _frame(self, name: str, root: str, make: Callable[[], Block]) -> str:
        if (name, root) not in self.frames:
            self.frames[name, root] = self.renderer.html(make(), root=root)
        return self.frames[name, root]

    def local(self, made: pages.Page, root: str) -> str:
        """Return the list of pages under the same change as `made`, itself marked in it, if it is of one."""
        if not made.change:
            return ""
        here = f'href="{root}{made.address}"'
        return self._local(made.change, root).replace(here, f'{here} aria-current="page"', 1)

    def missing(self, root: str) -> str:
        """Return the line under the page for what is missing, where a reader says which page they looked for."""
        # A script puts in the address that was opened.
        block = frame.report(self.book, Shown(_("Page not found"), _("[the address you opened]")))
        return self._frame("missing", root, lambda: block) if block else ""

    def edit(self, origin: Spot | PurePath | None, root: str, shown: Shown, *, inside: bool = True) -> str:
        """Return the line that leads to a record's spot, or to a hand-written page's file below `docs`, or to neither.

        It also leads to where a reader says what is wrong with what is `shown`.
        """
        if isinstance(origin, Spot):
            places, history = self.places, self.history
            block = frame.edit_record(self.book, origin, shown, places=places, history=history, inside=inside)
        elif origin:
            block = frame.edit_page(self.book, origin, shown, history=self.history)
        else:
            block = frame.report(self.book, shown)
        return self.renderer.html(block, root=root) if block else ""


def build_of(config: MkDocsConfig) -> Build:
    """Return what the running build shares."""
    return cast(Build, config.extra["build"])


def root_of(url: str) -> str:
    """Return the relative way from the page at `url` to the site's top."""
    return "../" * url.count("/") or "./"


def source_line(page: Page, line: int) -> int:
    """Return the line in a page's file of a line in its text, which begins after the front matter."""
    return line + page.file.content_string.count("\n") - (page.markdown or "").count("\n")
