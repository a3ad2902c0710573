"""Which hand-written pages of `docs/` a site has, and at which address: by the rules of MkDocs, without it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from pathspec import GitIgnoreSpec

from changebook.errors import Problem
from changebook.shipped import shipped_path
from changebook.source import unreadable
from changebook.source.entries import files_below
from changebook.source.front_matter import front_matter, wrong_front_matter
from changebook.source.settings import site_settings, takes_shipped

# What MkDocs takes for a page, and what it never publishes.
ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_NEVER = (".*", "/templates/")


@dataclass(frozen=True)
class HandPage:
    """A hand-written page that is published: its file below `docs`, its address, front matter and text."""

    path: PurePosixPath
    address: str
    meta: dict[str, Any] = field(hash=False)
    text: str


def hand_files(docs: Path) -> list[Path]:
    """Return every file below `docs` that MkDocs takes for a page, published or not, by path; none is hidden."""
    return [file for file in files_below(docs) if file.suffix in ENDINGS]


def hand_pages(docs: Path) -> Iterator[HandPage]:
    """Yield the pages below `docs` that are published, by path; the settings are those beside it."""
    return _pages(docs, _left_out(docs))


def site_pages(docs: Path) -> list[HandPage]:
    """Return every page of a site that nobody makes from records: those below `docs`, and in a site of the plugin those
    of the package that `docs` has no file of the same name for.
    """
    return sorted([*hand_pages(docs), *shipped_pages(docs)], key=lambda page: page.path)


def shipped_pages(docs: Path) -> Iterator[HandPage]:
    """Yield the pages of the package that the site of `docs` has."""
    ours = shipped_path("docs")
    if takes_shipped(site_settings(docs)) and ours.resolve() != docs.resolve():
        yield from (page for page in _pages(ours, _left_out(docs)) if not (docs / page.path).is_file())


def _pages(docs: Path, left_out: GitIgnoreSpec) -> Iterator[HandPage]:
    paths = [path for path in _wanted(docs, left_out) if path.suffix in ENDINGS]
    indexes = {path.parent for path in paths if path.stem == "index"}
    for path in paths:
        if not (path.stem == "README" and path.parent in indexes):
            meta, text = front_matter((docs / path).read_text("utf-8-sig", "replace"))
            yield HandPage(path, page_address(path), meta, text)


def wrong_addresses(docs: Path, shown_as: Path, made: Container[str]) -> Iterator[Problem]:
    """Yield each file below `docs` that would be published where another one is: MkDocs loses one of them in silence.

    The other one lies below `docs` too, or is `made` from the records; those are named by where they are published,
    such as `changes/portal/index.html`.
    """
    taken: dict[str, PurePosixPath] = {}
    ours = {f"{page.address}index.html": page.path for page in shipped_pages(docs)}
    # MkDocs takes an index before a README, and a file as it lies before a page.
    for path in sorted(
        _wanted(docs, _left_out(docs)), key=lambda path: (path.suffix in ENDINGS, path.stem == "README")
    ):
        # Two that differ by case alone are one on Windows and on a Mac.
        where = (f"{page_address(path)}index.html" if path.suffix in ENDINGS else _quoted(path)).casefold()
        if other := taken.get(where):
            yield Problem(shown_as / path, 1, 1, f"has the address of {shown_as / other}; rename one of the two")
        elif other := ours.get(where):
            yield Problem(
                shown_as / path, 1, 1, f"has the address of a page of changebook; call it {other} to replace it"
            )
        elif where in made:
            address = where.removesuffix("index.html")
            yield Problem(shown_as / path, 1, 1, f"the book already makes /{address}; rename or delete the file")
        taken.setdefault(where, path)


def _wanted(docs: Path, left_out: GitIgnoreSpec) -> list[PurePosixPath]:
    """Return every file below `docs` that is not `left_out`, by its path there."""
    paths = (PurePosixPath(file.relative_to(docs).as_posix()) for file in files_below(docs))
    return [path for path in paths if not left_out.match_file(str(path))]


def _left_out(docs: Path) -> GitIgnoreSpec:
    """Return what the settings beside `docs` leave out of a site."""
    settings = site_settings(docs)
    said = (line for key in ("exclude_docs", "draft_docs") for line in str(settings.get(key) or "").split("\n"))
    return GitIgnoreSpec.from_lines([*_NEVER, *said])


def hidden_in_pages(docs: Path, shown_as: Path) -> Iterator[Problem]:
    """Yield what keeps a page below `docs` from being read as what its author sees; `shown_as` is how they name it."""
    for file in (file for file in files_below(docs) if file.suffix in (*ENDINGS, ".html")):
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue  # named elsewhere
        if "\0" not in text:  # named elsewhere, as no text
            shown = shown_as / file.relative_to(docs)
            yield from unreadable(text, shown)
            if file.suffix in ENDINGS:
                yield from (Problem(shown, 1, 1, message) for message in wrong_front_matter(text))


def page_address(path: PurePosixPath) -> str:
    """Return the address of the page that a file below `docs` makes; the first page's is empty."""
    folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
    return "" if folder == PurePosixPath() else f"{_quoted(folder)}/"


def _quoted(path: PurePosixPath) -> str:
    # A name may have bytes that are no UTF-8; that is told elsewhere.
    return quote(str(path), errors="surrogateescape")
