"""The search index of a book as it was kept: a search reads the parts that it asks for, and no others.

Of each book the last index is kept. Its parts lie under the book's folder and begin with the key of all that the index
follows from: a part of another one is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from changebook.book import Book
from changebook.cache.clock import Holding
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint
from changebook.cache.store import store
from changebook.search.document import Document, Documents
from changebook.search.index import Index, MadeIndex

# Documents in one part: a search shows few, from anywhere.
_EACH = 16
_HEAD, _ADDRESSES = "head", "addresses"
Bounds = tuple[datetime | None, datetime | None]


class IndexParts:
    """The parts of the index of the book in `folder` that follows from what has this `key`.

    Where one is gone meanwhile, `make` makes all again.
    """

    def __init__(self, folder: Path, key: bytes, make: Callable[[], Mapping[str, bytes]]) -> None:
        self._folder, self._key, self._make = str(folder.resolve()), key, make
        self._store = store()
        self._made: Mapping[str, bytes] = {}

    def made(self, book: Book) -> MadeIndex | None:
        """Return documents and files of the index, None where none is kept that holds at the book's now."""
        try:
            low, high, cards, sizes, names, mark = unpack(self._kept(_HEAD, self._key) or b"")
            if not Holding(low, high).holds(book.now):
                return None
            found = [book.changes[name] for name in cards]
        except (BrokenError, KeyError, TypeError, ValueError):
            return None
        self._key = mark
        symptoms, more = (_Documents(self, tier, size) for tier, size in sizes.items())
        return Documents(found, symptoms, more, cards), _Files(self, names), _Pages(self, (symptoms, more))

    def keep(self, index: Index, bounds: Bounds) -> None:
        """Keep an index that holds within these bounds."""
        if not self._store.folder:
            return
        parts, mark = index_in_parts(index), fingerprint(self._key, pack(bounds))
        head = pack((*bounds, *unpack(parts.pop(_HEAD)), mark))
        new = {self._at(name): mark + part for name, part in parts.items()}
        self._store.put(new | {self._at(_HEAD): self._key + head})

    def part(self, name: str) -> bytes:
        """Return a part."""
        if not self._made:
            if (kept := self._kept(name, self._key)) is not None:
                return kept
            self._made = self._make()
        return self._made[name]

    def _kept(self, name: str, mark: bytes) -> bytes | None:
        at = self._at(name)
        kept = self._store.get([at]).get(at, b"")
        return kept[len(mark) :] if kept.startswith(mark) else None

    def _at(self, name: str) -> bytes:
        return fingerprint("index part", self._folder, name)


def index_in_parts(index: Index) -> dict[str, bytes]:
    """Return an index in parts."""
    tiers = {"symptoms": index.documents.symptoms, "more": index.documents.more}
    parts = {f"file {name}": text.encode() for name, text in index.files.items()}
    for tier, items in tiers.items():
        chunks = (items[first : first + _EACH] for first in range(0, len(items), _EACH))
        parts |= {f"{tier} {number}": pack([*chunk]) for number, chunk in enumerate(chunks)}
    addresses = [item.address for items in tiers.values() for item in items]
    parts[_ADDRESSES] = "\n".join(["", *addresses, ""]).encode()
    sizes = {tier: len(items) for tier, items in tiers.items()}
    parts[_HEAD] = pack(({str(name): card for name, card in index.documents.cards.items()}, sizes, [*index.files]))
    return parts


class _Files(Mapping[str, str]):
    def __init__(self, parts: IndexParts, names: list[str]) -> None:
        self._parts, self._names = parts, dict.fromkeys(names)

    def __getitem__(self, name: str) -> str:
        if name not in self._names:
            raise KeyError(name)
        return self._parts.part(f"file {name}").decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Documents(Sequence[Document]):
    def __init__(self, parts: IndexParts, tier: str, size: int) -> None:
        self._parts, self._tier, self._size = parts, tier, size
        self._known: dict[int, list[Document]] = {}

    # One at a time is all that a search asks for.
    def __getitem__(self, number: int) -> Document:  # type: ignore[override]
        if not 0 <= number < self._size:
            raise IndexError(number)
        part, at = divmod(number, _EACH)
        if part not in self._known:
            self._known[part] = unpack(self._parts.part(f"{self._tier} {part}"))
        return self._known[part][at]

    def __len__(self) -> int:
        return self._size


class _Pages(Mapping[str, Document]):
    """Documents by their addresses, which are one text: where an address is in it says which document it is of."""

    def __init__(self, parts: IndexParts, tiers: tuple[_Documents, ...]) -> None:
        self._parts, self._tiers = parts, tiers
        self._addresses = ""

    def __getitem__(self, address: str) -> Document:
        self._addresses = self._addresses or self._parts.part(_ADDRESSES).decode()
        # Of several with one address the last one counts, as in a mapping.
        if (at := self._addresses.rfind(f"\n{address}\n")) < 0:
            raise KeyError(address)
        number = self._addresses.count("\n", 0, at)
        for tier in self._tiers:
            if number < len(tier):
                return tier[number]
            number -= len(tier)
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return (item.address for tier in self._tiers for item in tier)

    def __len__(self) -> int:
        return sum(map(len, self._tiers))
