"""What is going on now as JSON: for the pages that are open, and for other programs. Texts are plain."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from changebook.book import Book
from changebook.cache.notes import once
from changebook.names import change_address, error_address
from changebook.render.claim import badge_words, claim_words
from changebook.render.prose import plain_prose
from changebook.views.now import InPlay, Now, going_on
from changebook.views.told import Topic


def now_file(book: Book) -> str:
    """Return the file: what pages show of now, when it was published, and a version that changes with what it says."""
    facts = {"built": _iso(book.now), "version": version_of(book), **_facts(book, going_on(book))}
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


@once  # each page with a part of it asks
def version_of(book: Book) -> str:
    """Return what tells an open page whether what is going on now is still what it shows; days that pass are not."""
    facts = _facts(book, going_on(book))
    for change in facts["changes"]:
        change["words"] = badge_words(book.changes[change["id"]], book)
    said = json.dumps(facts, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:12]


def _facts(book: Book, now: Now) -> dict[str, Any]:
    return {
        "updates": [_told_facts(item) for item in (*now.told, *now.over)],
        "changes": [_change_facts(book, item) for item in now.changes],
        "more_changes": now.more_changes,
        "known_errors": [
            {
                "number": item.error.number,
                "title": plain_prose(item.error.title),
                "workaround": plain_prose(item.error.workaround),
                "affected": item.error.affected,
                "change": item.change.name,
                "address": error_address(item.change.id, item.error.number),
            }
            for item in now.errors
        ],
        "more_known_errors": now.more_errors,
    }


def _told_facts(item: Topic) -> dict[str, Any]:
    word = item.word
    return {
        "id": item.id,
        "name": item.name,
        "address": item.address,
        "kind": "change" if item.change else "outage",
        "at": _iso(word.at),
        "state": word.state,
        "words": word.words,
        "text": plain_prose(word.text),
        "checking": word.checking and plain_prose(word.checking),
        "expect": word.expect and plain_prose(word.expect),
        "next": word.next and _iso(word.next),
        "updates": len(item.words),
    }


def _change_facts(book: Book, item: InPlay) -> dict[str, Any]:
    change, said = item.change, item.change.go_no_go
    pending = said is not None and said.decision == "pending"
    return {
        "id": change.id,
        "name": change.name,
        "address": change_address(change.id),
        "status": change.status,
        "words": claim_words(change, book),
        "start": item.span and _iso(item.span.start),
        "end": item.span and _iso(item.span.end),
        "decision": said and said.decision,
        "decision_due": _iso(said.at) if said and pending else None,
        "decided_at": _iso(said.at) if said and not pending else None,
        "reason": said and said.reason and plain_prose(said.reason),
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
