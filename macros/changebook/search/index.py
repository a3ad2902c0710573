"""The index of a book, as files that a browser fetches, and the same files asked from Python."""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from changebook.book import Book
from changebook.names import check_anchor, scenario_address
from changebook.search.document import Document, Documents
from changebook.search.engine import Engine
from changebook.search.reading import Remembered

if TYPE_CHECKING:
    from changebook.search.hand import HandSection

# The documents of an index, its files by name, and the documents by their address.
MadeIndex = tuple[Documents, Mapping[str, str], Mapping[str, Document]]


@dataclass(frozen=True)
class Hit:
    """A result: its document, how much of the query it answers (0 to 1), and whether its change's name pinned it.

    `also` are the ids of changes that add to this playbook and were found after it; they are told in its row.
    """

    document: Document
    coverage: float
    pinned: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """What a query finds: the results in order, and whether any of them is a good match.

    `near` are the nearest, shown where none is good; `vague` says that the words fit any call. `former` is the former
    name in it, if any; `codes_like` are the codes like one in it that nobody knows. `subject` is what its words tell of
    that is in no playbook, if anything.
    """

    good: bool
    hits: list[Hit]
    former: str = ""
    codes_like: tuple[str, ...] = ()
    near: list[Hit] = field(default_factory=list)
    vague: bool = False
    subject: str = ""

    @property
    def verdict(self) -> str:
        """What is said before the nearest results, as the site says it; "" where there is a good match."""
        if self.good:
            return ""
        if self.vague:
            return "Not enough to go on."
        if self.subject:
            return f"Looks like {self.subject}: not in this book."
        return "Only some of your words were found." if self.near else "None of your words was found."


class Index:
    """The index of one book; `files` are its files by name, as JSON."""

    def __init__(
        self,
        book: Book,
        sections: Iterable[HandSection] = (),
        *,
        made: MadeIndex | None = None,
        after: Index | None = None,
        same: Collection[str] = (),
    ) -> None:
        """`made` is what was made before of the same book and sections. What is the same as in the index `after` which
        this one comes is not read again; of the changes with the ids `same`, search says what it said there.
        """
        language = book.desk.settings.language
        last = after if after and after.language == language else None
        self.language: str = language
        self._engine: Engine = last._engine if last else Engine(language)
        self.remembered: Remembered = last.remembered if last else Remembered()
        with _garbage_left():
            self.documents, self.files, self._pages = made or self._make(book, sections, after, same)

    def _make(
        self, book: Book, sections: Iterable[HandSection], after: Index | None, same: Collection[str]
    ) -> MadeIndex:
        # Only here: who asks an index that is made already waits for none of what makes one.
        from changebook.search.documents import documents_by_change, documents_of  # noqa: PLC0415
        from changebook.search.files import index_files  # noqa: PLC0415

        found = documents_of(book, sections, documents_by_change(after.documents, same) if after else {})
        files = index_files(book, found, self._engine, self.remembered)
        return found, files, {item.address: item for item in (*found.symptoms, *found.more)}

    def published(self) -> dict[str, str]:
        """Return the files by their path on the site.

        All but `start.json`, which names it, lie in a folder called after their contents: a page that stayed open
        never reads an older book's files as this one's.
        """
        folder = json.loads(self.files["start.json"])["folder"]
        return {
            f"search/{name}" if name == "start.json" else f"search/{folder}/{name}": text
            for name, text in self.files.items()
        }

    def ask(self, words: str, *, shown: int = 10) -> SearchResults:
        """Return what `words` find, in the order of the site.

        What a name or code pins comes whole and first; other results follow until there are `shown`.
        """
        self._engine.open(self.files)
        answer = self._engine.call("answer", words, {}, shown)
        pinned = [hit for pin in answer["pins"] for hit in self._pinned(pin)]
        first = {hit.document.address.partition("#check-")[0] for hit in pinned}
        # A playbook that a code opens under a change holds all of the general one.
        first |= {scenario_address(hit.document.scenario) for hit in pinned if hit.document.scenario}
        others = [self._hit(hit) for hit in answer["hits"]]
        others = [hit for hit in others if hit.document.address not in first]
        hits = pinned + others[: max(0, shown - len(pinned))]
        former, codes = answer["note"], answer["codes"]
        return SearchResults(
            good=answer["good"],
            hits=hits,
            former=former["former"] if former else "",
            codes_like=tuple(codes["like"]) if codes else (),
            near=[self._hit(hit) for hit in answer["near"]],
            vague=answer["vague"],
            subject=answer["subject"],
        )

    def letters(self, words: Sequence[str]) -> list[str]:
        """Return for each of `words` the letters by which it is the name of a change, "" where it can be none."""
        found: list[str] = self._engine.call("each", "letters", list(words))
        return found

    def _hit(self, found: Mapping[str, Any]) -> Hit:
        document = self._said(self._tier(found["tier"])[found["number"]])
        also = tuple(self.documents.changes[number].id for number in found["also"])
        return Hit(document, found["coverage"], also=also)

    def _tier(self, name: str) -> Sequence[Document]:
        return self.documents.symptoms if name == "symptoms" else self.documents.more

    def _said(self, document: Document) -> Document:
        """Return a code with what the playbook that it opens says, and whom its result there calls."""
        if not document.opens:
            return document
        guide = self._pages[document.opens].card
        guide = guide | guide["codes"].get(document.card["key"], {})
        return replace(document, card={**document.card, **{key: guide[key] for key in ("say", "duty", "when", "team")}})

    def _pinned(self, pin: Mapping[str, Any]) -> list[Hit]:
        """Return the pages of a pinned change in their fixed order, what its key leads to first."""
        first, lead = self.documents.symptoms[pin["hub"]], pin["lead"]
        led = [self._tier("symptoms" if lead > 0 else "more")[abs(lead) - 1]] if lead else []
        listed = [self._pages[address] for _, _, _, address in first.card.get("assets", ())]
        # A code opens the playbook that its answer names; what the contract says of it comes second.
        opened = [self._opened_by(page) for page in led if page.opens]
        pages = {page.address: page for page in opened}
        pages |= {page.address: page for page in (*led, first, *listed) if page.address not in pages}
        also = tuple(self.documents.changes[number].id for number in pin["also"])
        shown = {page.address: self._said(at_check(page, pin.get("key", ""))) for page in pages.values()}
        return [Hit(page, 1.0, pinned=True, also=also if at == first.address else ()) for at, page in shown.items()]

    def _opened_by(self, code: Document) -> Document:
        """Return the playbook that a code opens; where no check names the code, it does what the contract says."""
        guide = self._pages[code.opens]
        return replace(guide, card=guide.card | {"do": code.card["line"]})


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Look for no garbage meanwhile. Millions of terms are made and kept: looking through them time and again took a
    quarter of the time, and found nothing.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def at_check(document: Document, key: str) -> Document:
    """Return `document` as the code of the letters `key` opens it: a playbook at the check that names the code, with
    what its result has the desk do, and whom that calls.
    """
    if found := document.card.get("codes", {}).get(key):
        address = f"{document.address}#{check_anchor(found['at'])}"
        return replace(document, address=address, card=document.card | found)
    return document
