"""The texts of a book, each read once: the terms in it, and how long it is.

What a word is, the ranking says, once for each piece between spaces; one text is on many pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from changebook.search.engine import Engine

_Words = Mapping[str, list[list[str]]]
_Wordings = Mapping[str, Sequence[tuple[list[str], str]]]


@dataclass(frozen=True)
class Text:
    """A text as it is counted: its terms, its length in words, and the words that others are corrected by."""

    terms: list[str]
    length: int
    spoken: list[str]


def read_texts(texts: Iterable[str], synonyms: list[list[str]], engine: Engine) -> dict[str, Text]:
    """Return each of `texts` as it is counted; a group of `synonyms` is one more term where one of its wordings is."""
    split = {text: text.split() for text in texts}
    pieces = list(dict.fromkeys(chain.from_iterable(split.values())))
    words = dict(zip(pieces, engine.call("each", "read", pieces), strict=True))
    wordings: _Wordings = dict(engine.call("synonymsByFirst", synonyms))
    # Few pieces are longer or shorter than what is counted of them: codes, and words with an umlaut.
    uneven = {piece for piece, (counted, long, _, _) in words.items() if counted != long}
    return {text: _text(parts, words, wordings, uneven) for text, parts in split.items()}


def _text(parts: list[str], words: _Words, wordings: _Wordings, uneven: set[str]) -> Text:
    read = [words[piece] for piece in parts]
    terms = [term for counted, _, _, _ in read for term in counted]
    plain = terms if uneven.isdisjoint(parts) else [stem for _, long, _, _ in read for stem in long]
    spoken = [word for _, _, _, known in read for word in known]
    # Words that say nothing do not part a wording, unless there are no others.
    concepts = list(_concepts(plain or [stem for piece in read for stem in piece[2]], wordings))
    return Text(terms + concepts, len(plain), spoken)


def _concepts(stems: list[str], wordings: _Wordings) -> Iterator[str]:
    """Yield the terms of the wordings in a text, as `concepts` finds those of a query."""
    if wordings.keys().isdisjoint(stems):
        return
    for at, stem in enumerate(stems):
        for wording, term in wordings.get(stem, ()):
            if stems[at : at + len(wording)] == wording:
                yield term
