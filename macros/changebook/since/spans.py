"""What a book's past says of its guidance: each thing that changed, with the moments since which it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.cache.notes import once
from changebook.git.past import PastEdit
from changebook.model import Record, Scenario, Team
from changebook.since.compare import Changed, compared
from changebook.since.items import NameWords
from changebook.since.records import Records, holds_guidance, past_records, records_now
from changebook.since.renamed import Keyed, renamed_ids

_KINDS = {"desk/teams.yaml": "team", "desk/partners.yaml": "partner", "desk/book.yaml": "settings"}
# From when, until when: None is without end.
_Times = tuple[int | None, int | None]


@dataclass(frozen=True)
class Span:
    """Something that changed, as told to whoever asks for the time from `since` until `until`, in seconds.

    None is without end on that side. It changed last at `changed`, with `commit`; what is in no commit yet has neither.
    Where it is not `dated`, its file could not be read right after that commit: it changed then or later.
    """

    told: Changed
    since: int | None
    until: int | None
    changed: int | None
    commit: str
    dated: bool

    def holds(self, moment: int) -> bool:
        """Return whether it is told to whoever asks what changed since `moment`."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Unread:
    """A file that cannot be read as it was from `since` until `until`: what changed in it is not known."""

    file: str
    since: int | None
    until: int | None


@dataclass(frozen=True)
class ToldSince:
    """All that changed, what changed last coming first, and what could not be read."""

    spans: tuple[Span, ...]
    unread: tuple[Unread, ...]


@once  # the first page and the page of all that changed ask for it
def told_since(book: Book, broken: frozenset[str]) -> ToldSince:
    """Return what changed in the guidance of a book between each moment of its past and now.

    Files that are `broken` now, by their path below the book's folder, are not compared.
    """
    reader = _Reader(book, broken)
    last: dict[Changed, tuple[PastEdit, bool]] = {}
    found, unread = dict[Changed, list[_Times]](), dict[str, list[_Times]]()
    files: dict[str, str] = {}
    wrong: list[str] = []
    edits = book.past.edits
    for number, edit in enumerate(edits):
        files |= {file: blob for file, blob in edit.before.items() if holds_guidance(file)}
        times = (edits[number + 1].at if number + 1 < len(edits) else None, edit.at)
        if times[0] is not None and times[0] == times[1]:
            continue  # nobody can ask for a moment between the two
        for told in reader.changed(files):
            _add(found.setdefault(told, []), times)
            last.setdefault(_thing(told), (edit, told.file not in wrong))
        wrong = list(reader.unread(files))
        for file in wrong:
            _add(unread.setdefault(file, []), times)
    spans = []
    for told, several in found.items():
        edit, dated = last[_thing(told)]
        spans += [Span(told, since, until, edit.at, edit.commit, dated) for since, until in several]
    unknown = (Unread(file, *times) for file, several in unread.items() for times in several)
    return ToldSince(tuple(sorted(spans, key=_newest_first)), tuple(unknown))


def _thing(told: Changed) -> Changed:
    """Return what was told without how it changed. What is new is dated by when it came, not by its last edit."""
    return told if told.how == "new" else replace(told, how="changed", said=())


def _add(several: list[_Times], times: _Times) -> None:
    """Add a span of time to others, the last of which it may go on from."""
    since, until = times
    if several and until is not None and several[-1][0] == until:
        until = several.pop()[1]
    several.append((since, until))


def _newest_first(span: Span) -> tuple[bool, int, str, str]:
    return (span.changed is not None, -(span.changed or 0), span.told.title, span.told.what)


class _Reader:
    """Compares each content with the present once."""

    def __init__(self, book: Book, broken: frozenset[str]) -> None:
        self.book, self.broken = book, broken
        self.past = past_records(book)
        self.words = NameWords(book.desk, titles=self._titles())
        self.alone: dict[tuple[str, str], tuple[Changed, ...]] = {}

    def changed(self, files: dict[str, str]) -> Iterator[Changed]:
        """Yield what differs between files as they were and the present book."""
        unread = set(self.unread(files))
        known = {file: self.records(file, blob) or {} for file, blob in files.items() if file not in unread}
        old = {file: _keyed(file, records) for file, records in known.items()}
        new = {file: _keyed(file, records_now(self.book, file)) for file in known}
        ids = renamed_ids(_together(old), _together(new))
        if ids:
            # Other files may mention what was renamed.
            yield from compared(self.book, _together(old), _together(new), replace(self.words, ids=ids))
            return
        for file in known:
            at = (file, files[file])
            if at not in self.alone:
                self.alone[at] = tuple(compared(self.book, old[file], new[file], self.words))
            yield from self.alone[at]

    def _titles(self) -> dict[tuple[str, str], str]:
        """Return what playbooks and teams were called last, by their kind and id: one that is gone is still named."""
        titles: dict[tuple[str, str], str] = {}
        for edit in self.book.past.edits:
            for file, blob in edit.before.items():
                if holds_guidance(file) and _kind(file) in ("scenario", "team"):
                    for name, record in (self.records(file, blob) or {}).items():
                        if isinstance(record, Scenario | Team):
                            title = record.title if isinstance(record, Scenario) else record.name
                            titles.setdefault((_kind(file), name), title)
        return titles

    def unread(self, files: dict[str, str]) -> Iterator[str]:
        """Yield the files that cannot be read as they were, or as they are.

        If such a file is gone, each new one of its kind may be the same record under another name.
        """
        wrong = [file for file, blob in files.items() if file in self.broken or self.records(file, blob) is None]
        gone = {_kind(file) for file in wrong if file not in self.broken and not records_now(self.book, file)}
        yield from wrong
        yield from (file for file, blob in files.items() if not blob and _kind(file) in gone)

    def records(self, file: str, blob: str) -> Records | None:
        """Return what a file held, None when that cannot be read."""
        return self.past[file, blob] if blob else {}


def _kind(file: str) -> str:
    return _KINDS.get(file, "scenario" if file.startswith("desk/") else "change")


def _keyed(file: str, records: Records) -> dict[tuple[str, str], Record]:
    return {(_kind(file), name): record for name, record in records.items()}


def _together(files: dict[str, dict[tuple[str, str], Record]]) -> Keyed:
    return {key: record for records in files.values() for key, record in records.items()}
