"""What every query needs of an index: names, words, what each document is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from changebook.book import Book
from changebook.names import comparable
from changebook.search.cards import outage_card, triage_card
from changebook.search.document import Document, Documents
from changebook.search.engine import Engine
from changebook.search.kinds import KINDS
from changebook.search.lexicon import by_meaning, shorthand
from changebook.search.postings import gaps, written
from changebook.search.reading import BookTexts, front_coded
from changebook.search.strange import strange_words, subjects
from changebook.views.desk import outages

# A document names its kind by the place of it here.
_KINDS = tuple(KINDS)
_SPOKEN = 3  # letters of a word that others are completed to and corrected by
# How much a page of a change counts by the change's status, in hundredths: callers mean what is new to them. A change
# that is not made yet, is settled, or was taken back comes after the general playbook.
PRIORS = {"live": 115, "stable": 100, "ready": 85, "draft": 75, "rolled-back": 85, "closed": 70, "cancelled": 50}


def start_of(
    book: Book, documents: Documents, read: BookTexts, engine: Engine, *, terms: Collection[str], codes: Iterable[str]
) -> dict[str, Any]:
    """Return what every query needs of the index of `documents` that has these `terms` and `codes`."""
    desk, words = book.desk, read.spoken
    names = [change.name for change in documents.changes]
    former = [change.former_names for change in documents.changes]
    of_names = engine.call("spokenIn", [*names, *chain.from_iterable(former)])
    called = [site.name for site in desk.sites.values()] + [one.name for one in desk.partners.values()]
    groups = [*desk.groups, *desk.partners]
    figures = sorted(term for term in terms if term[0] == "=" or re.search("[0-9]", term))
    statuses = list(PRIORS)
    return {
        "kinds": _KINDS,
        "weights": [kind.weight for kind in KINDS.values()],
        "systems": [system.name for system in desk.systems.values()],
        "groups": [desk.audience(name).name for name in groups],
        "synonyms": [list(group.words) for group in desk.wording.synonyms],
        "shorthand": by_meaning(shorthand(desk)),
        "subjects": list(subjects(desk.settings.language)),
        "strange": strange_words(documents.symptoms, read.texts, engine, desk.settings.language),
        # The letters that codes begin with.
        "prefixes": sorted(
            {match[1].lower() for code in codes if (match := re.fullmatch(r"([A-Za-z]{2,5})-\d+", code))}
        ),
        # How keys and words with digits begin, and what they go on with: what has no such shape is looked for nowhere.
        "shapes": sorted(set(engine.call("each", "shapeOf", figures))),
        # What sites and partners are called for short.
        "places": sorted({comparable(name.split()[0]) for name in called}),
        **now_cards(book),
        # Of each change its name, former names and place among the statuses; then the changes of each system and group.
        "names": names,
        "former": former,
        "statuses": list(PRIORS.items()),
        "status": "".join(str(statuses.index(change.status)) for change in documents.changes),
        "affected": {
            "systems": _numbers(desk.systems, [change.affects.systems for change in documents.changes]),
            "groups": _numbers(
                groups, [(*change.affects.groups, *change.affects.partners) for change in documents.changes]
            ),
        },
        # The words that are too short to be completed or corrected.
        "short": sorted(term for term in terms if len(term) < _SPOKEN),
        # Each word that is in no name, after how many letters it shares with the one before; and how often each
        # word appears: 0 for once, then doubling.
        "words": front_coded(sorted(words.keys() - of_names)),
        "often": "".join(str(min(9, words[word].bit_length() - 1)) for word in sorted(words)),
    }


def now_cards(book: Book) -> dict[str, Any]:
    """Return what is shown of the desk as it is now: whom to ask and to call, and the known outages."""
    systems = list(book.desk.systems)
    return {"triage": triage_card(book), "outages": [outage_card(item, book, systems) for item in outages(book)]}


def _numbers(names: Iterable[str], listed: Sequence[Collection[str]]) -> list[str]:
    """Return for each name the numbers of the lists that hold it, as their gaps."""
    return [written(gaps([number for number, held in enumerate(listed) if name in held])) for name in names]


def document_table(book: Book, documents: Documents, tier: Sequence[Document]) -> dict[str, Any]:
    """Return what each document of a tier is, as lists by its number: its kind, change, scenario and severity. Changes
    and scenarios are counted from 1, and 0 is none.
    """
    changes = {change.id: number for number, change in enumerate(documents.changes, 1)}
    scenarios = {
        item.scenario: number
        for number, item in enumerate(documents.symptoms, 1)
        if item.kind == "scenario" and tier is documents.symptoms
    }
    desk, systems = book.desk, list(book.desk.systems)
    return {
        "kinds": written([_KINDS.index(item.kind) for item in tier]),
        "changes": gaps([changes.get(item.change, 0) for item in tier]),
        "scenarios": written([scenarios.get(item.scenario, 0) for item in tier]),
        "severities": written([item.severity for item in tier]),
        "systems": {
            number: [systems.index(name) for name in desk.scenarios[item.scenario].systems]
            for number, item in enumerate(tier)
            if item.kind == "scenario"
        },
    }
