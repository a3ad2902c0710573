"""Listed words and phrases, found in a text with one pattern."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class PhraseHit:
    """A listed word in a text: from `start` to `end`, and the word as it is listed."""

    start: int
    end: int
    word: str


class Phrases:
    """The words and phrases of a list. One that is written in capitals is found in capitals, others in any case;
    whole words only, with `plural` also with an s behind them. A word before a hyphen and a digit is a code.
    """

    def __init__(self, words: Iterable[str], *, plural: bool = False) -> None:
        self._listed = {" ".join(word.split()).lower(): word for word in words}
        self._pattern = re.compile(rf"(?<!\w)({_either(self._listed)}){'s?' if plural else ''}(?!\w|-\d)")

    def hits(self, text: str) -> Iterator[PhraseHit]:
        """Yield every listed word in `text`, in order; the text has single spaces between its words."""
        for hit in self._pattern.finditer(text.lower()) if self._listed else ():
            word = self._listed[hit[1]]
            if not word.isupper() or text[hit.start() : hit.end(1)].isupper():
                yield PhraseHit(hit.start(), hit.end(), word)


class Covers:
    """Names that hold listed words: a word inside one of them is part of the name."""

    def __init__(self, names: Iterable[str], phrases: Phrases) -> None:
        self._names: set[str] = set()
        self._places: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        for name in names:
            for hit in phrases.hits(name):
                self._names.add(name)
                self._places[hit.word].add((hit.start, len(name)))

    def hold(self, text: str, hit: PhraseHit) -> bool:
        """Return whether a word that was found in `text` is part of a name there."""
        starts = ((hit.start - before, length) for before, length in self._places.get(hit.word, ()))
        return any(start >= 0 and text[start : start + length] in self._names for start, length in starts)


def _either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of `words`, the longest first; by their first letters, so that most words of
    a text are told by one letter.
    """
    letters: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        letters[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in sorted(letters.items()))
