"""The files of an index, as small as a browser wants them.

`start.json` holds what every query needs: names, words, what each document is. The postings of words and the
cards that results show lie in files of their own for each tier, `symptoms` and `more`; they are split only
where one file would be large. Of words, the first file then holds what the desk's own playbooks say, which is most of
what callers do; the others are split by their hash. Cards are in the order of the documents.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from changebook.book import Book
from changebook.model import Change
from changebook.names import comparable
from changebook.search.cards import change_card, outage_card, triage_card
from changebook.search.document import Document, Documents
from changebook.search.engine import Engine
from changebook.search.kinds import KINDS
from changebook.search.lexicon import by_meaning, shorthand
from changebook.search.postings import postings, split
from changebook.search.reading import Remembered, front_coded, read_texts
from changebook.search.strange import strange_words, subjects
from changebook.views.desk import outages

# A document names its kind by the place of it here.
_KINDS = tuple(KINDS)
# Compressed bytes up to which postings, or cards, stay in one file; and what each file holds once they are split. A
# query fetches one file a rare word and one a card: many small ones cost it less than few large ones.
ONE_FILE = 100_000
SHARD = 5_000
CARDS = 2_500
_SPOKEN = 3  # letters of a word that others are completed to and corrected by
MANY = 2_000  # documents or terms of which a tenth tells how large all are
# How much a page of a change counts by the change's status, in hundredths: callers mean what is new to them. A change
# that is not made yet, is settled, or was taken back comes after the general playbook.
PRIORS = {"live": 115, "stable": 100, "ready": 85, "draft": 75, "rolled-back": 85, "closed": 70, "cancelled": 50}


def index_files(
    book: Book, documents: Documents, engine: Engine, remembered: Remembered | None = None
) -> dict[str, str]:
    """Return the files of the index of `documents`, by name; see `Remembered`."""
    tiers = {"symptoms": documents.symptoms, "more": documents.more}
    numbers = {change.id: number for number, change in enumerate(documents.changes)}
    places = {item.address: number for number, item in enumerate(documents.symptoms)}
    language = book.desk.settings.language
    synonyms = [list(group.words) for group in book.desk.wording.synonyms]
    files: dict[str, str] = {}
    shapes: dict[str, dict[str, int]] = {}
    said = [text for items in tiers.values() for item in items for field in item.fields.values() for text in field]
    read = read_texts(said, synonyms, engine, remembered)
    words, short, figures = read.spoken, set[str](), set[str]()
    # What the desk's own playbooks and its other rows say.
    rows = [item for item in documents.symptoms if not item.change]
    texts = [text for item in rows for listed in item.fields.values() for text in listed]
    own = dict.fromkeys(term for text in texts for term in read.texts[text].terms)
    for name, items in tiers.items():
        found = postings(name, items, read.texts, remembered)
        if name == "symptoms":
            targets = key_targets(documents)
            for key, letters in zip(targets, engine.call("each", "letters", list(targets)), strict=True):
                found.setdefault(f"={letters}", []).extend(targets[key])
        short.update(term for term in found if len(term) < _SPOKEN)
        figures.update(term.removeprefix("=") for term in found if term[0] == "=" or re.search("[0-9]", term))
        common, shards = found, list[dict[str, list[int]]]()
        size = _compressed([*found.items()])
        if size > ONE_FILE:
            common = {term: found.get(term, []) for term in own}
            rest = {term: listed for term, listed in found.items() if term not in own}
            shards = split(rest, 1 << (size // SHARD - 1).bit_length(), engine)
        files |= {f"{name}-{number}.json": _json(shard) for number, shard in enumerate((common, *shards))}
        cards = [_card(item, places) for item in items]
        size = _compressed(cards)
        each = max(1, len(cards) * CARDS // size if size > ONE_FILE else len(cards))
        for number, first in enumerate(range(0, len(cards), each)):
            files[f"{name}-cards-{number}.json"] = _json(cards[first : first + each])
        shapes[name] = {"shards": len(shards), "cards": each}
    called = [site.name for site in book.desk.sites.values()] + [one.name for one in book.desk.partners.values()]
    systems, groups = list(book.desk.systems), [*book.desk.groups, *book.desk.partners]
    said_codes = {code for item in (*documents.symptoms, *documents.more) for code in item.fields.get("codes", ())}
    codes = sorted(said_codes | {item.code for item in book.desk.scenarios.values() if item.code})
    files["codes.json"] = _json(codes)
    files["more.json"] = _json(_table(book, documents.more, numbers, systems, {}))
    scenarios = {item.scenario: number for number, item in enumerate(documents.symptoms) if item.kind == "scenario"}
    start = {
        "kinds": _KINDS,
        "weights": [kind.weight for kind in KINDS.values()],
        "systems": [book.desk.systems[name].name for name in systems],
        "groups": [book.desk.audience(name).name for name in groups],
        "synonyms": synonyms,
        "shorthand": by_meaning(shorthand(book.desk)),
        "subjects": list(subjects(language)),
        "strange": strange_words(documents.symptoms, read.texts, engine, language),
        # The letters that codes begin with.
        "prefixes": sorted(
            {match[1].lower() for code in codes if (match := re.fullmatch(r"([A-Za-z]{2,5})-\d+", code))}
        ),
        # What letters and digits its keys, and words with digits, are of: what has no such shape is looked for nowhere.
        "shapes": sorted(set(engine.call("each", "shapeOf", sorted(figures)))),
        # What sites and partners are called for short.
        "places": sorted({comparable(name.split()[0]) for name in called}),
        **now_cards(book),
        "changes": [change_row(book, change) for change in documents.changes],
        "tiers": {
            "symptoms": shapes["symptoms"] | _table(book, documents.symptoms, numbers, systems, scenarios),
            "more": shapes["more"],
        },
        # The words that are too short to be completed or corrected.
        "short": sorted(short),
        # Each word, after the number of letters that it shares with the one before; and how often it appears: 0 for
        # once, then doubling.
        "words": front_coded(sorted(words)),
        "often": "".join(str(min(9, words[word].bit_length() - 1)) for word in sorted(words)),
    }
    contents = "".join([*files.values(), _json(start)])
    files["start.json"] = _json({"folder": hashlib.sha256(contents.encode()).hexdigest()[:12]} | start)
    return files


def now_cards(book: Book) -> dict[str, Any]:
    """Return what is shown of the desk as it is now: whom to ask and to call, and the known outages."""
    systems = list(book.desk.systems)
    return {"triage": triage_card(book), "outages": [outage_card(item, book, systems) for item in outages(book)]}


def change_row(book: Book, change: Change) -> list[Any]:
    """Return name, prior, former names, status, systems, groups, and how a change is shown."""
    systems, groups = list(book.desk.systems), [*book.desk.groups, *book.desk.partners]
    return [
        *(change.name, PRIORS[change.status], change.former_names, change.status),
        sorted(systems.index(name) for name in change.affects.systems),
        sorted(groups.index(name) for name in (*change.affects.groups, *change.affects.partners)),
        change_card(book, change),
    ]


def _table(
    book: Book, items: Sequence[Document], numbers: Mapping[str, int], systems: list[str], scenarios: Mapping[str, int]
) -> dict[str, Any]:
    """Return what each document is, as lists by its number; -1 where it has no change or scenario."""
    desk = book.desk
    return {
        "kinds": [_KINDS.index(item.kind) for item in items],
        "changes": [numbers.get(item.change, -1) for item in items],
        "scenarios": [scenarios.get(item.scenario, -1) for item in items],
        "severities": [item.severity for item in items],
        "systems": {
            number: [systems.index(name) for name in desk.scenarios[item.scenario].systems]
            for number, item in enumerate(items)
            if item.kind == "scenario"
        },
    }


def key_targets(documents: Documents) -> dict[str, list[int]]:
    """Return each key's targets: pairs of a hub's (or scenario's) number and what the key leads to under it.

    The second is a document's number counted from 1: of the symptoms, or, below zero, of everything else. There it has
    no hub, -1, if it is of no change.
    """
    hubs = {item.change: number for number, item in enumerate(documents.symptoms) if item.kind == "change"}
    found: dict[str, list[int]] = {}
    answers = [(item, -number) for number, item in enumerate(documents.more, 1)]
    guides = [(item, number) for number, item in enumerate(documents.symptoms, 1)]
    cancelled = {change.id for change in documents.changes if change.status == "cancelled"}  # never the cause of a code
    for item, lead in (*answers, *guides):
        for key in item.keys if item.change not in cancelled else ():
            if item.change:
                pair = (hubs[item.change], lead if item.kind != "change" else 0)
            elif lead > 0:
                pair = (lead - 1, 0)
            else:
                pair = (-1, lead)
            found.setdefault(key, []).extend(pair)
    return found


def _card(item: Document, places: Mapping[str, int]) -> dict[str, Any]:
    opens = {"opens": places[item.opens]} if item.opens else {}
    return {"kind": item.kind, "title": item.title, "address": item.address, **item.card, **opens}


def _json(value: object) -> str:
    return to_json(value).decode()


def _compressed(items: Sequence[object]) -> int:
    """Return about how many bytes `items` are compressed; of many, every tenth hundred tells."""
    if len(items) > MANY:
        some = [item for first in range(0, len(items), 1000) for item in items[first : first + 100]]
        return _compressed(some) * len(items) // len(some)
    return len(zlib.compress(to_json(items), 6))
