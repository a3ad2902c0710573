"""Ask search for every key of a generated book: each name, former name, code, alert and queue of every change.

    python tests/bench/keys.py 1000

Prints the keys that do not lead to exactly their change's pages, and how many there are. Fails if there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from books import write_book
from changebook.book import Book
from changebook.checking.problems import check_book
from changebook.model import Change
from changebook.search.index import Index
from changebook.views.assets import assets
from changebook.views.change import symptoms_of


def main() -> None:
    """Ask for every key and print those that lead astray."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("changes", type=int)
    size = parser.parse_args().changes
    with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch:
        book = check_book(write_book(Path(scratch), size), clock=lambda: datetime(2026, 11, 27, 8, tzinfo=UTC)).book
    assert book
    index, start = Index(book), time.process_time()
    changes = book.changes.values()
    astray = list(keys_astray(book, index, changes))
    print(*astray, sep="\n", end="\n" * bool(astray))
    asked = sum(len(keys_of(change)) for change in changes)
    print(f"{asked} keys of {len(changes)} changes: {len(astray)} lead astray; {time.process_time() - start:.0f} CPU s")
    sys.exit(bool(astray))


def keys_of(change: Change) -> list[str]:
    """Return what leads to a change outright; a cancelled one is the cause of no code, alert or queue."""
    names = [change.name, *change.former_names]
    if change.status == "cancelled":
        return names
    codes = [answer.code for exchange in change.contract for answer in exchange.answers]
    alerts, queues = [watch.alert for watch in change.watch], [rule.to for rule in change.queue_rules if rule.to]
    return [*names, *codes, *alerts, *queues]


def keys_astray(book: Book, index: Index, changes: Iterable[Change]) -> Iterator[str]:
    """Yield the keys of `changes` that do not lead, before anything else, to all pages of their change alone."""
    for change in changes:
        guides = [item.address for item in (*symptoms_of(book, change), *assets(book, change))]
        for key in keys_of(change):
            hits = index.ask(key).hits
            pinned = [hit for hit in hits if hit.pinned]
            found = {hit.document.address for hit in pinned}
            found |= {address.partition("#")[0] for address in found}
            if hits[: len(pinned)] != pinned:
                yield f"{key}: something else comes before the pages of {change.id}"
            elif {hit.document.change for hit in pinned} != {change.id}:
                yield f"{key}: leads to {sorted({hit.document.change for hit in pinned})}, not to {change.id} alone"
            elif missing := {f"changes/{change.id}/", *guides} - found:
                yield f"{key}: does not lead to {sorted(missing)}"


if __name__ == "__main__":
    main()
