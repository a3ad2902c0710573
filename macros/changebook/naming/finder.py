"""Where names of changes appear in a text: the shared name, a former one, or the shared name misspelled.

The text is cut into words once. An index of how names begin and one of their rarest words then say where a
name can be, whatever the number of names; only there is anything compared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from changebook.book import Book
from changebook.naming.spelling import can_slip, joined_by, meant_as_name, one_slip, unwrapped
from changebook.naming.terms import WORD, NameTerm, book_names, desk_words, terms_of

# Everything in ASCII that parts words, faster than a regular expression.
_MARKS = {number: " " for number in range(128) if not chr(number).isalnum()}

Why = Literal["shared", "former", "misspelled"]


@dataclass(frozen=True)
class FoundName:
    """A name in a text: from `start` to `end`, as written there, and the shared name it stands for."""

    start: int
    end: int
    text: str
    right: str
    why: Why

    @property
    def message(self) -> str:
        """What is wrong with it, and what to write."""
        shown = " ".join(unwrapped(self.text).split())
        if self.why == "former":
            return f"{shown!r} is now called {self.right!r}; write that"
        if shown == self.right:
            return f"{shown!r} has different spaces here; write {self.right!r}"
        return f"{shown!r} is not the change's name; write {self.right!r}"


@dataclass(frozen=True)
class WrongName:
    """A wrong name in a text, at `line` and `column`, both from 1."""

    line: int
    column: int
    name: FoundName


class NameFinder:
    """Find names of changes. `names` are shared names, each with its former ones; `kept` are never misspelled names."""

    def __init__(self, names: Iterable[tuple[str, Iterable[str]]], kept: Collection[str] = ()) -> None:
        self._kept = kept
        self._spelled: dict[str, list[NameTerm]] = defaultdict(list)
        self._beginnings: set[str] = set()
        self._near: dict[str, list[tuple[NameTerm, int, int]]] = defaultdict(list)
        terms = list(terms_of(names))
        common = Counter(word for term in terms if not term.former for word in term.words)
        for term in terms:
            whole = "".join(term.words)
            self._spelled[whole].append(term)
            self._beginnings |= {whole[:end] for end in range(min(3, len(term.words[0])), len(whole) + 1)}
            if not term.former and len(term.words) > 1:
                self._add_near(term, common)
        self._alone = self._spelled.keys() | self._near.keys()

    def _add_near(self, term: NameTerm, common: Mapping[str, int]) -> None:
        """Index `term` with a slip in each of its words, by the rarest of its other words."""
        # Among words that are as rare in names, those with a digit are the rarest in prose, then the longest.
        rarest = sorted(
            range(len(term.words)),
            key=lambda at: (common[term.words[at]], term.words[at].isalpha(), -len(term.words[at])),
        )
        for slip in filter(lambda slip: can_slip(term.words[slip]), rarest):
            anchor = rarest[rarest[0] == slip]
            self._near[term.words[anchor]].append((term, slip, anchor))

    def find(self, text: str) -> list[FoundName]:
        """Return every name in `text`, in order; where two overlap, the one that is spelled right, then the longer."""
        return self._found(text, list(self._possible(words_in(text))))

    def wrong(self, text: str) -> list[FoundName]:
        """Return every name in `text` that is not the right one, in order."""
        words = words_in(text)
        possible = list(self._possible(words))
        # Most texts that hold a name hold it spelled right: told by counting, which costs little.
        right = Counter(term for term, at, _ in possible if term.words == tuple(words[at : at + len(term.words)]))
        if right.total() == len(possible) and all(
            not term.former and text.count(term.text) == number for term, number in right.items()
        ):
            return []
        return [hit for hit in self._found(text, possible) if hit.why != "shared"]

    def _found(self, text: str, possible: Collection[tuple[NameTerm, int, int]]) -> list[FoundName]:
        if not possible:
            return []
        spans = [word.span() for word in WORD.finditer(text)]
        found = {hit for term, at, count in possible if (hit := self._judged(term, text, spans[at : at + count]))}
        taken: set[int] = set()
        chosen: list[FoundName] = []
        for hit in sorted(found, key=lambda hit: (hit.why == "misspelled", hit.start - hit.end, hit.why != "shared")):
            place = range(hit.start, hit.end)
            if taken.isdisjoint(place):
                taken.update(place)
                chosen.append(hit)
        return sorted(chosen, key=lambda hit: hit.start)

    def places(self, text: str) -> Iterator[WrongName]:
        """Yield every wrong name in `text` with its line and column."""
        hits = self.wrong(text)
        starts = [0, *(end.end() for end in re.finditer("\n", text))] if hits else []
        for hit in hits:
            line = bisect_right(starts, hit.start)
            yield WrongName(line, hit.start - starts[line - 1] + 1, hit)

    def _possible(self, words: list[str]) -> Iterator[tuple[NameTerm, int, int]]:
        """Yield each term that may be in `words`, with where it begins and how many words it takes there."""
        starts, alone = self._beginnings, self._alone
        pairs = enumerate(zip(words, [*words[1:], ""], strict=False))
        touched = [at for at, (word, after) in pairs if word in alone or (word in starts and word + after in starts)]
        for at in touched:
            word, together, end = words[at], "", at
            while end < len(words) and (together := together + words[end]) in self._beginnings:
                end += 1
                for term in self._spelled.get(together, ()):
                    yield term, at, end - at
            for term, slip, anchor in self._near.get(word, ()):
                window = words[max(at - anchor, 0) : at - anchor + len(term.words)]
                if len(window) == len(term.words) and _slipped(term, window, slip):
                    yield term, at - anchor, len(window)

    def _judged(self, term: NameTerm, text: str, spans: list[tuple[int, int]]) -> FoundName | None:
        """Return the name at `spans`, each a word's, or None where it is none after all."""
        before, after = term.margins
        start, end = max(spans[0][0] - before, 0), spans[-1][1] + after
        around = text[max(start - 1, 0) : start], text[end : end + 2]
        if "_" in (around[0], around[1][:1]) or (term.text[-1].isdigit() and re.match(r"[-.]\d", around[1])):
            return None
        shown = unwrapped(text[start:end])
        gaps = [text[one[1] : other[0]] for one, other in pairwise(spans)]
        if term.former:
            same = " ".join(shown.replace("''", "'").split()) == term.text
            if same and joined_by(term, gaps) and (len(spans) > 1 or not _attached(*around)):
                return FoundName(start, end, text[start:end], term.right, "former")
            return None
        if shown == term.text:
            return FoundName(start, end, text[start:end], term.right, "shared")
        start, end = spans[0][0], spans[-1][1]
        written, words = text[start:end], [text[slice(*span)] for span in spans]
        if (
            len(term.words) > 1
            and unwrapped(written) not in self._kept
            and joined_by(term, gaps)
            and not _attached(text[max(start - 1, 0) : start], text[end : end + 2])
            and meant_as_name(term, written, words)
        ):
            return FoundName(start, end, written, term.right, "misspelled")
        return None


def finder_of(book: Book) -> NameFinder:
    """Return what finds the names of the book's changes."""
    return NameFinder(book_names(book), desk_words(book))


def words_in(text: str) -> list[str]:
    """Return the words of `text` in lower case."""
    if text.isascii():
        return text.lower().translate(_MARKS).split()
    return [word.lower() for word in WORD.findall(text)]


def _slipped(term: NameTerm, window: list[str], slip: int) -> bool:
    """Return whether `window` is `term` but for one slip in the word at `slip`.

    One or many of two plain words, such as feed mappings, is no slip.
    """
    if len(window) == 2 and not term.versioned and term.words[slip].rstrip("s") == window[slip].rstrip("s"):
        return False
    same = all(word == window[at] for at, word in enumerate(term.words) if at != slip)
    return same and one_slip(term.words[slip], window[slip])


def _attached(before: str, after: str) -> bool:
    """Return whether a word is part of something longer: an address, a path, a name of a queue."""
    return before in tuple("-_/.#@\\") or bool(re.match(r"[-_/.@\\]\w", after))
