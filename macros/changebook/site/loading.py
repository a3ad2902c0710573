"""The book of a site, at its now."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from changebook.book import Book
from changebook.book.noting import with_notes
from changebook.cache.program import fingerprint
from changebook.checking.loaded import Loaded
from changebook.checking.problems import check_book
from changebook.errors import BookError, ChangebookError
from changebook.git.repository import edits_since, history_of, trail_since
from changebook.language import speak
from changebook.printing.system import sentence
from changebook.render import Renderer
from changebook.render.icons import icon
from changebook.site.build import Build
from changebook.site.slots import Slots
from changebook.source.settings import language_of
from changebook.views.audit import AUDITED
from changebook.views.since import KEPT

# How `changebook build` hands on what its --today was given.
TODAY_GIVEN = "CHANGEBOOK_TODAY"


@dataclass
class Previewed:
    """The last build of the whole site in a preview: its settings, and what it read besides the book."""

    config: MkDocsConfig | None = None
    outside: bytes = b""


PREVIEWED: ContextVar[Previewed | None] = ContextVar("previewed", default=None)


def build_from(folder: Path, after: Book | None = None, now: datetime | None = None) -> Build:
    """Return what a build of the book in `folder` shares; raise PluginError for what is wrong with it.

    In a preview it may come `after` another book, and be of the same `now` if its own is not pinned.
    """
    try:
        loaded = book_of_site(folder, now)
    except OSError as error:
        raise PluginError(sentence(error)) from error
    if (wrong := loaded.problems) or not loaded.book:
        raise PluginError(f"{len(wrong)} problem{'s' if len(wrong) != 1 else ''} in the book:\n{BookError(wrong)}")
    now = loaded.book.now
    book = replace(loaded.book, past=edits_since(folder, now - KEPT), trail=trail_since(folder, now - AUDITED))
    if PREVIEWED.get():
        book = with_notes(book, after)
    renderer = Renderer(book, icon)
    history = history_of(folder.parent, ("changes", "docs"), book.desk.settings.zone)
    return Build(book, renderer, Slots(renderer), loaded.places, history)


def share_build(build: Build, config: MkDocsConfig) -> None:
    """Have hooks, macros and the theme find the build that runs, and its book."""
    shared = {"book": build.book, "build": build}
    config.extra |= shared
    macros: Any = config.plugins.get("macros")
    if build.theme and macros:  # it took a copy before the first page
        macros.variables.update(shared)
    if preview := PREVIEWED.get():
        preview.config, preview.outside = config, preview.outside if build.theme else outside(config)


def book_of_site(folder: Path, now: datetime | None = None) -> Loaded:
    """Return the checked book in `folder`; pages show its gaps, and no build ends for them.

    Raises OSError, and PluginError where `changebook build --today` was given neither a day nor a time.
    """
    today = os.environ.get(TODAY_GIVEN)
    speak(language_of(folder))
    # A whole build holds its book to the end: looking for garbage in it found nothing, time and again. After a save,
    # which is of the `now` of before, the book of the last save is garbage.
    freeze = not now
    if freeze:
        gc.unfreeze()

    def clock() -> datetime:
        return now or datetime.now(UTC)

    try:
        return check_book(folder, shown_as=Path("changes"), today=today, clock=clock, gaps=False)
    except ChangebookError as error:
        raise PluginError(f"--today: {error}") from error
    finally:
        if freeze:
            gc.freeze()


def outside(config: MkDocsConfig) -> bytes:
    """Return a digest of what a site is made of besides its book, as far as files tell without being read.

    What Python keeps of hooks and macros that it read is none of that: it comes with the first build.
    """
    places = (config.docs_dir, config.config_file_path, *config.watch)
    changes = Path(config.config_file_path).parent / "changes"
    files = sorted({file for place in places for file in _below(Path(place), changes)})
    stats = ((file, file.stat()) for file in files)
    return fingerprint(*(f"{file} {stat.st_ctime_ns} {stat.st_size}" for file, stat in stats))


def _below(place: Path, but: Path) -> Iterator[Path]:
    found = place.rglob("*") if place.is_dir() else [place]
    return (
        file for file in found if file.is_file() and not file.is_relative_to(but) and file.parent.name != "__pycache__"
    )
