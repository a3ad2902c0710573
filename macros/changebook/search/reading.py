"""The texts of a book, each read once: the terms in it, and how long it is.

What a word is, the ranking says, once for each piece between spaces; one text is on many pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from changebook.search.engine import Engine

_Stems = Mapping[str, Sequence[str]]
_Wordings = Mapping[str, Sequence[tuple[list[str], str]]]
# Around a word these say nothing of it.
_MARKS = '.,;:!?()"'


@dataclass(frozen=True)
class Text:
    """A text as it is counted: its terms, and its length in words."""

    terms: list[str]
    length: int


@dataclass(frozen=True)
class BookTexts:
    """Each text of a book as it is counted, and how often the book says each word that others are corrected by."""

    texts: Mapping[str, Text]
    spoken: Counter[str]


@dataclass
class Remembered:
    """What was read for an index, for one that is made of the next book in the same language: words, texts as they are
    counted with these `synonyms`, and how much each term counts in a document that says this.
    """

    words: dict[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    synonyms: list[list[str]] = field(default_factory=list)
    weights: dict[object, dict[str, float]] = field(default_factory=dict)

    def forget_texts_of(self, synonyms: list[list[str]]) -> None:
        """Forget all texts if they were counted with other synonyms."""
        if self.synonyms != synonyms:
            self.texts, self.weights, self.synonyms = {}, {}, synonyms


def read_texts(
    said: Sequence[str], synonyms: list[list[str]], engine: Engine, remembered: Remembered | None = None
) -> BookTexts:
    """Return all that is `said`, some of it time and again, as it is counted; a group of `synonyms` is one more term
    where one of its wordings is. What is `remembered` is not read again, and it remembers only this from now on.
    """
    remembered = remembered or Remembered()
    remembered.forget_texts_of(synonyms)
    split = {text: (text.lower() if text.isascii() else text).split() for text in dict.fromkeys(said)}
    pieces = dict.fromkeys(chain.from_iterable(split.values()))
    bare = {piece: piece.strip(_MARKS) if piece.isascii() else piece for piece in pieces}
    known = remembered.words
    asked = [word for word in dict.fromkeys(bare.values()) if word not in known]
    read = dict(zip(asked, engine.call("each", "read", asked), strict=True))
    words = remembered.words = {word: read[word] if word in read else known[word] for word in bare.values()}
    counted, long, plain = ({piece: words[word][part] for piece, word in bare.items()} for part in range(3))
    # Few pieces are more than one word: codes, words with a hyphen or an umlaut.
    uneven = {piece for piece, stems in counted.items() if len(stems) > 1 or stems != long[piece]}
    one = {piece: stems[0] if stems else "" for piece, stems in counted.items()}
    wordings: _Wordings = dict(engine.call("synonymsByFirst", synonyms))
    texts = {}
    for text, parts in split.items():
        if text in remembered.texts:
            texts[text] = remembered.texts[text]
            continue
        if uneven.isdisjoint(parts):
            terms = stems = list(filter(None, map(one.__getitem__, parts)))
        else:
            terms, stems = _stems(parts, counted), _stems(parts, long)
        # Words that say nothing do not part a wording, unless there are no others.
        concepts = list(_concepts(stems or _stems(parts, plain), wordings))
        texts[text] = Text(terms + concepts, len(stems))
    remembered.texts = texts
    spoken = Counter[str]()
    for piece, times in Counter(chain.from_iterable(split[text] for text in said)).items():
        for word in words[bare[piece]][3]:
            spoken[word] += times
    return BookTexts(texts, spoken)


def front_coded(words: Sequence[str], end: str = "") -> str:
    """Return words in order as one text: of each, how many letters it shares with the one before, the others, `end`."""
    same = [
        next((at for at in range(9) if not before.startswith(word[: at + 1])), 9)
        for before, word in pairwise(["", *words])
    ]
    return "".join(f"{shared}{word[shared:]}{end}" for shared, word in zip(same, words, strict=True))


def _stems(parts: list[str], stems: _Stems) -> list[str]:
    return list(chain.from_iterable(map(stems.__getitem__, parts)))


def _concepts(stems: list[str], wordings: _Wordings) -> Iterator[str]:
    """Yield the terms of the wordings in a text, as `concepts` finds those of a query."""
    if wordings.keys().isdisjoint(stems):
        return
    for at in [at for at, stem in enumerate(stems) if stem in wordings]:
        for wording, term in wordings[stems[at]]:
            if stems[at : at + len(wording)] == wording:
                yield term
