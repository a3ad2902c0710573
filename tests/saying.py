"""What pages say, and which of it a book says itself: what is left is the program's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from changebook.book import Book, Desk
from changebook.model import Record
from changebook.naming.fields import texts
from changebook.schedule import schedule_of

# The attributes whose values people read or hear.
_READ = {"alt", "aria-label", "data-cb-asof", "data-cb-made", "data-h", "data-label", "placeholder", "title"}
# What nobody reads as words, and tags without an end.
_UNSEEN = {"style", "script", "code", "svg"}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr path use rect circle".split())
# What the pseudo-locale marks as translated.
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile("[A-Za-z]{2}")
# A ticket's number is no word.
_BETWEEN = re.compile(r"\b[A-Z]+-\d+|[\0“”„\[\],.;:()|·–/_]| - |\d[\d:.]*")


class Said(HTMLParser):
    """What a page shows or reads aloud, without what it marks as English, and without code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._around: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        skipped = bool(self._around and self._around[-1][1]) or given.get("lang") == "en" or tag in _UNSEEN
        if tag not in _VOID:
            self._around.append((tag, skipped))
        described = tag == "meta" and given.get("name") == "description"
        if not skipped:
            self.lines += [value or "" for key, value in attrs if key in _READ or (described and key == "content")]

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _skipped in self._around) and self._around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._around and self._around[-1][1]):
            self.lines += filter(None, (" ".join(line.split()) for line in data.splitlines()))


def runs(text: str) -> Iterator[str]:
    """Yield what is between the signs of a text, where it holds a word."""
    found = (run.strip(" -?!'’→…") for line in text.splitlines() for run in _BETWEEN.split(line))
    return (run for run in found if _WORD.search(run))


@dataclass(frozen=True)
class OwnWords:
    """What a book says itself: every run of words in its records, and all of it."""

    whole: frozenset[str]
    said: str

    def left_in(self, text: str) -> set[str]:
        """Return what the program says in a text and did not translate into the pseudo-locale."""
        return {run for run in runs(_SAID.sub("\0", text)) if not self._has(run.lower())}

    def _has(self, run: str) -> bool:
        """Return whether a run of words is a record's: a whole one between two signs there, or three in a row."""
        return run in self.whole or (run.count(" ") > 1 and run in self.said)


def own_words(book: Book, *more: str) -> OwnWords:
    """Return what the records of a book say, and `more` that is its own, such as the name of its site."""
    desk = book.desk
    every: list[Record] = [*book.changes.values(), desk.settings, desk.calendar, *_entries(desk)]
    said = [" ".join(text.split()) for one in every for _steps, text in texts(one, old_words=True)]
    # Ids of a book without words of their own, names of zones, and holidays in the language of their country.
    said += [*more, *desk.cases, *desk.categories, *(team.zone.key for team in desk.teams.values() if team.zone)]
    said += [*schedule_of(book).off.values(), *(f"{book.now.replace(month=month):%Z}" for month in (1, 7))]
    # Signs of Markdown are none of a page.
    whole = frozenset(run.lower() for text in said for run in runs(re.sub(r"`|\*\*|_", "\0", text)))
    return OwnWords(whole, "\n".join(said).lower())


def _entries(desk: Desk) -> Iterator[Record]:
    """Yield every entry of a desk's lists."""
    for part in vars(desk).values():
        listed = part.values() if isinstance(part, Mapping) else part if isinstance(part, tuple) else ()
        yield from (one for one in listed if isinstance(one, Record))
