"""One script for every page and one for search instead of many: a reader's browser asks once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from mkdocs.structure.files import Files

from changebook.book import Book
from changebook.language import gettext, in_words
from changebook.language.scripts import one_script, spoken_script
from changebook.privacy.masking import masking_script
from changebook.render.timing import STATUS_WORDS, zone_names
from changebook.search.engine import ASKING, scripts
from changebook.search.kinds import KINDS
from changebook.site.adding import Adding
from changebook.site.build import Build
from changebook.views.duty import duty_table
from changebook.views.made import made_line

EARLY = "assets/js/early.js"
PAGE = "assets/js/changebook.js"
# The rules of privacy: fetched with search, or before something else is kept.
PRIVATE = "assets/js/private.js"
SEARCH = "assets/js/search.js"
WALL = "assets/js/screen.js"
# What the screen on the wall does of what pages do.
ON_WALL = ("clock", "now", "wall")
# The files of search share one scope: each leans on those before it.
PARTS = (
    *("files", "elements", "marks", "row", "field", "open", "groups", "filters", "notes", "nothing", "kept"),
    *("list", "keyboard", "pointer", "begin"),
)


def join_scripts(adding: Adding, files: Files, build: Build) -> None:
    """Replace the scripts in the folders `page` and `search` by one file each, and take the early one."""
    if early := files.get_file_from_path(EARLY):
        adding.drop(early)
        build.taken[EARLY] = early.content_string
    if page := _taken(adding, files, "page"):
        adding.add(PAGE, one_script(page, f"changebook.desk = {json.dumps(_desk(build.book))};"))
        adding.add(WALL, one_script({name: page[name] for name in ON_WALL if name in page}))
    if private := files.get_file_from_path(PRIVATE):
        adding.drop(private)
        adding.add(PRIVATE, masking_script(private.content_string))
    if search := _taken(adding, files, "search"):
        hiding = f'import "./{PurePosixPath(PRIVATE).name}";'
        ranking = scripts(ASKING, build.book.desk.settings.language)
        adding.add(SEARCH, "\n".join([hiding, ranking, _tables(), *(search[name] for name in PARTS)]))


def add_early(adding: Adding, build: Build) -> None:
    """Add the early script, with what ages at its top."""
    if EARLY in build.taken:
        adding.add(EARLY, made_line(build.book, build.strip()) + build.taken[EARLY])


def _desk(book: Book) -> dict[str, Any]:
    """Return what a page tells the time by: who answers when, and what the book's zone is called."""
    return {**duty_table(book.desk), "zones": zone_names(book.desk.settings.zone, book.now)}


def _taken(adding: Adding, files: Files, name: str) -> dict[str, str]:
    """Take the scripts in a folder out of the site, and return their texts by name."""
    folder = PurePosixPath("assets/js", name)
    taken = {path.stem: file for file in files if (path := PurePosixPath(file.src_uri)).parent == folder}
    for file in taken.values():
        adding.drop(file)
    return {stem: spoken_script(file.content_string) for stem, file in taken.items()}


def _tables() -> str:
    """Return what search shows of kinds and statuses."""
    tables = {
        "kinds": {
            name: asdict(kind) | {"label": gettext(kind.label), "many": gettext(kind.many)}
            for name, kind in KINDS.items()
        },
        "statuses": in_words(STATUS_WORDS),
    }
    return "\n".join(f"const {name} = {json.dumps(table)};" for name, table in tables.items())
