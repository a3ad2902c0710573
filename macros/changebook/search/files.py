"""The files of an index, as small as a browser wants them.

`start.json` holds what every query needs: names, words, what each document is. The postings of words and the
cards that results show lie in files of their own for each tier, `symptoms` and `more`. Of a large book's words, those
files hold what the desk's own playbooks say, which is most of what callers do; the others are in `terms-0.json` and so
on, each in the file of its hash, for both tiers: a query that needs the second one has these already. Cards are split
in the order of the documents.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from changebook.book import Book
from changebook.search.document import Document, Documents
from changebook.search.engine import Engine
from changebook.search.postings import postings, split
from changebook.search.reading import Remembered, front_coded, read_texts
from changebook.search.starting import document_table, start_of

# Compressed bytes up to which postings, or a tier's cards, are not split; and what each file holds once they are. A
# query fetches one file a rare word and one a card: many small ones cost it less than few large ones.
ONE_FILE = 100_000
SHARD = 1_500
CARDS = 2_500
# Of postings, and of a tier's cards: the more files, the smaller each, and a host takes so many only.
FILES = 4_096
MANY = 2_000  # documents or terms of which a tenth tells how large all are
# The postings of a term; or, of a key, what it leads to.
_Listed = str | list[int]


def index_files(
    book: Book, documents: Documents, engine: Engine, remembered: Remembered | None = None
) -> dict[str, str]:
    """Return the files of the index of `documents`, by name; see `Remembered`."""
    symptoms, more = documents.symptoms, documents.more
    said = [text for item in (*symptoms, *more) for field in item.fields.values() for text in field]
    read = read_texts(said, [list(group.words) for group in book.desk.wording.synonyms], engine, remembered)
    first = postings("symptoms", symptoms, read.texts, remembered)
    second = postings("more", more, read.texts, remembered)
    found: dict[str, tuple[_Listed, str]] = {
        term: (first.get(term, ""), second.get(term, "")) for term in first | second
    }
    found |= {key: (leads, "") for key, leads in _keys(documents, engine).items()}
    files, common = dict[str, str](), found
    size, shards = _compressed([*found.items()]), 0
    if size > ONE_FILE:
        # What the desk's own playbooks and its other rows say.
        texts = [text for item in symptoms if not item.change for field in item.fields.values() for text in field]
        common = {term: found[term] for text in texts for term in read.texts[text].terms}
        rest = {term: listed for term, listed in found.items() if term not in common}
        shards = min(1 << (size // SHARD - 1).bit_length(), FILES)
        files |= {f"terms-{number}.json": _json(shard) for number, shard in enumerate(split(rest, shards, engine))}
    codes = sorted(
        {code for item in (*symptoms, *more) for code in item.fields.get("codes", ())}
        | {item.code for item in book.desk.scenarios.values() if item.code}
    )
    files["codes.json"] = _json(front_coded(codes, end="\n"))
    files["symptoms-0.json"] = _json({"terms": _alike((term, listed) for term, (listed, _) in common.items())})
    terms = _alike((term, listed) for term, (_, listed) in common.items())
    files["more-0.json"] = _json({"table": document_table(book, documents, more), "terms": terms})
    places = {item.address: number for number, item in enumerate(symptoms)}
    changes = {name: {"change": card} for name, card in documents.cards.items()}
    tiers: dict[str, dict[str, Any]] = {"symptoms": document_table(book, documents, symptoms), "more": {}}
    for name, items in (("symptoms", symptoms), ("more", more)):
        cards = [_card(item, places) | changes.get(item.change, {}) for item in items]
        size = _compressed(cards)
        each = max(-(-len(cards) // FILES), len(cards) * CARDS // size if size > ONE_FILE else len(cards), 1)
        for number, begin in enumerate(range(0, len(cards), each)):
            files[f"{name}-cards-{number}.json"] = _json(cards[begin : begin + each])
        tiers[name]["cards"] = each
    start = start_of(book, documents, read, engine, terms=found, codes=codes) | {"shards": shards, "tiers": tiers}
    contents = "".join([*files.values(), _json(start)])
    files["start.json"] = _json({"folder": hashlib.sha256(contents.encode()).hexdigest()[:12]} | start)
    return files


def _alike(found: Iterable[tuple[str, _Listed]]) -> dict[str, _Listed]:
    """Return what terms are listed with, terms of the same documents side by side, which compresses to less."""
    return dict(sorted((item for item in found if item[1]), key=lambda item: (len(item[1]), str(item[1]), item[0])))


def _keys(documents: Documents, engine: Engine) -> dict[str, list[int]]:
    """Return the targets of each key, by its letters as a term."""
    targets, found = key_targets(documents), dict[str, list[int]]()
    for key, letters in zip(targets, engine.call("each", "letters", list(targets)), strict=True):
        found.setdefault(f"={letters}", []).extend(targets[key])
    return found


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
