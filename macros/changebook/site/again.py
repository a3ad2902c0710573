"""A save in a preview: only the pages and files are made again that read something which differs now."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.commands.build import get_context
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from changebook.book import Book
from changebook.book.noting import difference
from changebook.cache.notes import Differing, ReadNotes, begin
from changebook.git.history import LastEdit
from changebook.names import source_path
from changebook.pages import pages
from changebook.readiness import readiness
from changebook.site.build import Build, build_of
from changebook.site.clock import PreviewClock
from changebook.site.loading import Previewed, build_from, outside, share_build
from changebook.site.making import FILE_KINDS, INDEX, make
from changebook.site.page import BookPage, hubs_on, numbers_on, pages_by_hand
from changebook.site.shells import Shells
from changebook.site.theme import speaks_of
from changebook.site.writing import remove, write_other


class NotAloneError(Exception):
    """Not only single pages and files differ: the whole site has to be built."""


@dataclass(frozen=True)
class Around:
    """What a page shows besides its block: what it is, where it leads, and where and when its source was edited."""

    made: pages.Page | None
    hubs: dict[str, str]
    numbers: dict[str, str]
    line: int
    last: LastEdit | None


class SavedSite:
    """A site as a whole build left it, and every save since."""

    def __init__(self, built: Previewed) -> None:
        assert built.config
        self._config = config = built.config
        self._plugins, self._outside = config.plugins, built.outside
        self._changes = Path(config.config_file_path).parent / "changes"
        self._clock = PreviewClock()
        self._around = self._all_around(build_of(config))

    def save(self) -> None:
        """Make again what differs from the last time. Raises PluginError for what is wrong with the book, and
        NotAloneError where the whole site has to be built.
        """
        if outside(self._config) != self._outside or not self._alone():
            raise NotAloneError
        old = build_of(self._config)
        new = self._build_after(old.book)
        by = difference(old.book, new.book)
        if by is None or new.book.now.date() != old.book.now.date():
            raise NotAloneError
        new = replace(
            old,
            **{name: getattr(new, name) for name in ("book", "renderer", "slots", "places", "history")},
            problems=[],
            frames={},
            shells=Shells(),
        )
        warnings = CountHandler()
        warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(warnings)
        try:
            share_build(new, self._config)
            self._make(old, new, by)
        except Exception as error:
            raise NotAloneError from error
        finally:
            logging.getLogger("mkdocs").removeHandler(warnings)
        if warnings.get_counts() or new.problems or new.moved != old.moved:
            raise NotAloneError  # it says what is wrong

    def _build_after(self, book: Book) -> Build:
        """Return a build of the book as it is, at the now of before as long as the clock would say the same of it."""
        try:
            found = build_from(self._changes, book, book.now)
        except PluginError:
            if book.pinned:
                raise
            return build_from(self._changes)  # what is said to be just now is later than that
        return build_from(self._changes) if self._clock.has_passed(found.book) else found

    def _make(self, old: Build, build: Build, by: Differing) -> None:
        known: dict[ReadNotes, bool] = {}
        history = build.history != old.history
        readiness(build.book).take_over(readiness(old.book), lambda notes: notes.touched(by, known))
        assert build.files
        assert build.theme
        speaks_of(build.theme, build)

        def touched(name: str) -> bool:
            return build.notes[name].touched(by, known)

        # Who asks for entries of feeds and calendars asks git too, and notes nothing of that.
        build.touched = lambda notes: history or notes.touched(by, known)
        around = self._all_around(build)
        if around.keys() != self._around.keys():
            raise NotAloneError
        stale = [name for name in around if around[name] != self._around[name] or touched(name)]
        kinds = [kind for kind in FILE_KINDS if touched(kind) or (history and kind != INDEX)]
        self._around = around
        for name in (*stale, *kinds):
            del build.notes[name]
        read = [self._read(build.files.src_uris[name], around[name], build) for name in stale]
        if INDEX not in kinds and any(not isinstance(page, BookPage) for page in read):
            kinds.append(INDEX)
        written = [(page.file, self._written(page, build)) for page in read]
        made = [file for kind in kinds for file in self._files(kind, build)]
        if not build.problems:
            for file, output in written:
                write_other(Path(file.abs_dest_path), output.encode("utf-8", "xmlcharrefreplace"))
            for file in made:
                write_other(Path(file.abs_dest_path), file.content_bytes)
        for page in pages_by_hand(build.files):
            page.validate_anchor_links(files=build.files, log_level=self._config.validation.links.anchors)

    def _read(self, file: File, around: Around, build: Build) -> Page:
        config, files = self._config, build.files
        assert files
        page = BookPage(around.made, file, config) if around.made else file.page
        assert page
        before = page.title
        if file.src_uri in build.untitled:
            del page.title
        page = self._plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = self._plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = self._plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        begin(None)
        if not around.made:
            build.by_hand[file.src_uri] = page.content or ""
            if page.title != before:
                raise NotAloneError  # other pages have it in their tabs
        return page

    def _written(self, page: Page, build: Build) -> str:
        config, nav, files = self._config, build.nav, build.files
        assert nav
        assert files
        assert build.theme
        page.active = True
        try:
            context = get_context(nav, files, config, page)
            template = build.theme.get_template(page.meta.get("template", "main.html"))
            context = self._plugins.on_page_context(context, page=page, config=config, nav=nav)
            return self._plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False

    def _files(self, kind: str, build: Build) -> Iterator[File]:
        """Yield the files of a kind, made again; those that it makes no more are gone."""
        assert build.adding
        assert build.files
        before = build.made[kind]
        adding = build.adding.again(before)
        make(kind, adding, build.files, self._config)
        for path in before - build.made[kind]:
            remove(Path(self._config.site_dir, path), Path(self._config.site_dir))
        adding.finish()
        yield from adding.added

    def _all_around(self, build: Build) -> dict[str, Around]:
        found, numbers = {}, numbers_on(build.book)
        for made in pages.pages_of(build.book):
            line = build.places.line(made.spot) if made.spot else 0
            last = build.history.edits.get(made.spot.path.as_posix()) if made.spot else None
            found[source_path(made.address)] = Around(made, hubs_on(made, build.book), numbers, line, last)
        assert build.files
        for page in pages_by_hand(build.files):
            name = page.file.src_uri
            found[name] = Around(None, {}, numbers, 0, build.history.edits.get(f"docs/{name}"))
        return found

    def _alone(self) -> bool:
        """Return whether no plugin and no hook but ours takes part: nobody knows what another one looks at."""
        takes_part = (method for methods in self._plugins.events.values() for method in methods)
        return all(method.__module__.startswith(("changebook.", "mkdocs_macros.")) for method in takes_part)
