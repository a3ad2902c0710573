"""Documents to postings: how much each term counts in each document, as letters that a browser reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from changebook.search.document import Document
from changebook.search.engine import Engine
from changebook.search.reading import Remembered, Text

# How much a word counts by where it is. Callers' own words and codes are what an analyst types; a title is the desk's
# name for the same thing; the rest says what a page is about, and long texts would drown the short ones. Then the words
# at which a field counts as long, and by how much a word of a longer one counts less: BM25F with a fixed pivot in place
# of an average, so that one changed record leaves every other record's figures alone.
FIELDS: Mapping[str, tuple[float, int, float]] = {
    "callers": (5, 30, 0.2),
    "keywords": (5, 30, 0.2),
    "codes": (6, 6, 0.1),
    "title": (3.5, 5, 0.3),
    "seen": (1.6, 40, 0.5),
    "former": (2.5, 6, 0.2),
    "name": (2.5, 4, 0.2),
    "about": (1.1, 60, 0.5),
    "body": (0.3, 150, 0.6),
}
# A word said four times is worth hardly more than twice.
SATURATION = {"symptoms": 30, "more": 6}
# An impact, the weight of a word in a document, is one of 15 steps: four bits a posting.
STEPS = 15


def postings(
    tier: str, documents: Iterable[Document], texts: Mapping[str, Text], remembered: Remembered | None = None
) -> dict[str, str]:
    """Return the postings of a tier by term: the gap to each document that has it; after a space, its impact in each.
    What is `remembered` of documents that say the same is not weighed again.
    """
    known = remembered.weights if remembered else {}
    found: defaultdict[str, list[int]] = defaultdict(list)  # a document's number times 16, and the impact
    steps = _Steps(SATURATION[tier])
    for number, document in enumerate(documents):
        place = number * 16
        said = tuple((field, tuple(said)) for field, said in document.fields.items())
        if said not in known:
            known[said] = _weights(document.fields, texts)
        for term, weight in known[said].items():
            found[term].append(place + steps[weight])
    return {
        term: f"{written(gaps([one >> 4 for one in listed]))} {written([one & 15 for one in listed])}"
        for term, listed in found.items()
    }


def gaps(numbers: Iterable[int]) -> list[int]:
    """Return how much each of the numbers is more than the one before."""
    return [number - last for last, number in pairwise((0, *numbers))]


def written(numbers: Iterable[int]) -> str:
    """Return numbers as letters, a small one as one; as JSON they are a quarter larger, also when compressed."""
    return "".join(map(_letters, numbers))


@cache
def _letters(number: int) -> str:
    """Return a number in letters that JSON leaves as they are: `]` to `~` for what is left over, then `#` to `[`."""
    if number < 57:
        return chr(35 + number)
    return chr(93 + number % 34) + _letters(number // 34)


class _Steps(dict[float, int]):
    """The impact of each weight, worked out once: few weights differ."""

    def __init__(self, saturation: float) -> None:
        super().__init__()
        self._saturation = saturation

    def __missing__(self, weight: float) -> int:
        self[weight] = int(STEPS * weight / (self._saturation + weight) + 0.5) or 1
        return self[weight]


def _weights(fields: Mapping[str, Sequence[str]], texts: Mapping[str, Text]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for field, said in fields.items():
        weight, pivot, long = FIELDS[field]
        read = [texts[text] for text in said]
        norm = 1 + long * max(0, sum([text.length for text in read]) / pivot - 1)
        terms = read[0].terms if len(read) == 1 else [term for text in read for term in text.terms]
        once = dict.fromkeys(terms, weight / norm)
        if len(once) < len(terms):
            once = {term: weight * count / norm for term, count in Counter(terms).items()}
        for term in weights.keys() & once.keys():
            once[term] += weights[term]
        weights.update(once)
    return weights


def split(found: Mapping[str, Any], count: int, engine: Engine) -> list[dict[str, Any]]:
    """Return postings in `count` files, each term in the one that the ranking looks for it in."""
    files: list[dict[str, Any]] = [{} for _ in range(count)]
    for term, number in zip(found, engine.call("each", "hash", list(found)), strict=True):
        files[number % count][term] = found[term]
    return files
