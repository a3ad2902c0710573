"""The images of texts: files in docs/assets/, small enough to load while a caller waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from changebook.book import Book
from changebook.model.reading import dotted
from changebook.model.typed import IMAGE, without_code
from changebook.names import did_you_mean
from changebook.naming.fields import prose
from changebook.source.places import Spot

MOST_BYTES = 500_000


def wrong_images(book: Book, docs: Path) -> Iterator[tuple[Spot, str]]:
    """Yield each image of a change's texts that is no file in the folder `assets` of `docs`, or is too big."""
    folder = docs / "assets"
    for change in book.changes.values():
        for steps, text in prose(change):
            for found in IMAGE.finditer(without_code(text)) if "![" in text else ():
                name, spot = found[2], replace(book.spot(change, *steps), words=found[2])
                file = folder / name
                if not file.is_file():
                    known = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
                    yield spot, f"{dotted(steps)}: no file {name!r} in docs/assets/; {did_you_mean(name, known)}"
                elif (size := file.stat().st_size) > MOST_BYTES:
                    said = f"{name!r} has {size // 1000} KB, {MOST_BYTES // 1000} at most; make the image smaller"
                    yield spot, f"{dotted(steps)}: {said}"
