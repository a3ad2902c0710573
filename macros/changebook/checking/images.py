"""The images of texts: files in docs/assets/, small enough to load while a caller waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from changebook.book import Book
from changebook.characters import shown
from changebook.model.reading import dotted
from changebook.model.typed import IMAGE, without_code
from changebook.names import did_you_mean
from changebook.naming.fields import prose
from changebook.source.places import Spot

MOST_BYTES = 500_000
LONG_NAME = 100  # of a file's name that is worth a search for one that is near


def wrong_images(book: Book, docs: Path) -> Iterator[tuple[Spot, str]]:
    """Yield each image of a change's texts that is no file in the folder `assets` of `docs`, or is too big."""
    there = cache(lambda: _files(docs / "assets"))
    for change in book.asked:
        for steps, text in prose(change):
            for found in IMAGE.finditer(without_code(text)) if "![" in text else ():
                name, spot = found[2], replace(book.spot(change, *steps), words=found[2])
                if name not in there():
                    remedy = did_you_mean(name, there()) if len(name) <= LONG_NAME else "write the name of one"
                    yield spot, f"{dotted(steps)}: no file {shown(name)} in docs/assets/; {remedy}"
                elif (size := there()[name].stat().st_size) > MOST_BYTES:
                    said = f"{name!r} has {size // 1000} KB, {MOST_BYTES // 1000} at most; make the image smaller"
                    yield spot, f"{dotted(steps)}: {said}"


def files_of_images(docs: Path) -> list[tuple[str, int]]:
    """Return every file that a text may show as an image, with its size."""
    return sorted((name, file.stat().st_size) for name, file in _files(docs / "assets").items())


def _files(folder: Path) -> dict[str, Path]:
    """Return every file below `folder` by its name there, as it is spelled: a site's server tells cases apart."""
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
