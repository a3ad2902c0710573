"""Documents to postings: how much each term counts in each document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
) -> dict[str, list[int]]:
    """Return the postings of a tier by term: `gap * 16 + impact` for each document that has it. What is `remembered` of
    documents that say the same is not weighed again.
    """
    known = remembered.weights if remembered else {}
    found: defaultdict[str, list[int]] = defaultdict(list)  # the document's own number in place of the gap
    steps = _Steps(SATURATION[tier])
    for number, document in enumerate(documents):
        place = number * 16
        said = tuple((field, tuple(said)) for field, said in document.fields.items())
        if said not in known:
            known[said] = _weights(document.fields, texts)
        for term, weight in known[said].items():
            found[term].append(place + steps[weight])
    # From each posting goes the number of the document before: `& -16` leaves the impact out.
    return {
        term: [listed[0], *[one - (last & -16) for last, one in pairwise(listed)]] for term, listed in found.items()
    }


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
