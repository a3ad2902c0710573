"""The hand-written pages of `docs/`, as far as search needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown.extensions.toc import slugify, unique

from changebook.entries import pages_below

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_TITLE = re.compile(r"^title:\s*(.+)$", re.M)
_HEADING = re.compile(r"^(#{1,3})\s+(.+?)\s*$", re.M)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)
_NOT_PROSE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]+>|\]\([^)]*\)|^\s*\|?[-:| ]+\|?\s*$|[#|*`\[\]]", re.S | re.M)


@dataclass(frozen=True)
class HandSection:
    """A part of a hand-written page under one heading: its address, heading, page's title, and paragraphs."""

    address: str
    title: str
    page: str
    paragraphs: tuple[str, ...]


def hand_sections(docs: Path) -> list[HandSection]:
    """Return the sections of the pages below `docs`, by path; the first page, which search stands on, has none."""
    files = [file for file in pages_below(docs) if file != docs / "index.md"]
    texts = ((file.relative_to(docs), file.read_text("utf-8", "replace")) for file in files)
    return [section for path, text in texts for section in _sections(path, text)]


def _sections(path: Path, text: str) -> Iterator[HandSection]:
    front = _FRONT.match(text)
    body = _FENCE.sub("", text[front.end() :] if front else text)
    folder = path.parent if path.name == "index.md" else path.with_suffix("")
    named = _TITLE.search(front[1]) if front else None
    first = re.search(r"^#\s+(.+?)\s*$", body, re.M)
    page = first[1] if first else named[1].strip("\"' ") if named else path.stem.replace("-", " ").capitalize()
    headings = list(_HEADING.finditer(body))
    starts = [0, *(heading.start() for heading in headings if heading[1] != "#")]
    titles = ["", *(heading[2] for heading in headings if heading[1] != "#")]
    taken: set[str] = set()
    for start, end, title in zip(starts, [*starts[1:], len(body)], titles, strict=True):
        lines = body[start:end].split("\n", 1)[-1] if title else re.sub(r"^#\s.*$", "", body[start:end], flags=re.M)
        parts = (" ".join(part.split()) for part in _NOT_PROSE.sub(" ", lines).split("\n\n"))
        anchor = f"#{unique(slugify(title, '-'), taken)}" if title else ""
        paragraphs = tuple(part for part in parts if part)
        if paragraphs or not title:
            yield HandSection(f"{folder.as_posix()}/{anchor}", title or page, page, paragraphs)
