"""Staff and partners read no name that is the desk's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from changebook.book import Book
from changebook.editions.edition import texts_for
from changebook.editions.reader import Reader, reader_of
from changebook.editions.words import Hidden
from changebook.model import Change, Scenario
from changebook.model.reading import dotted
from changebook.naming.fields import BREAK
from changebook.source.events import Steps
from changebook.source.places import Spot


def check_outside_words(book: Book) -> Iterator[tuple[Spot, str]]:
    """What staff or partners read names no team, queue or alert of the desk, no system marked `internal`, no draft and,
    for a partner, no other partner, nor the first word of its name. A line that must says why: `# name-ok: REASON`.
    """
    said: set[tuple[str, Steps, str]] = set()
    for reader in readers(book):
        hidden = Hidden(book, reader, short=True)
        for record, steps, word in named_outside(book, reader, hidden):
            if (str(record.id), steps, word) not in said:
                said.add((str(record.id), steps, word))
                who = reader.partner.name if reader.partner else "staff"
                message = f"{word!r} is {hidden.kinds[word]}, and {who} would read it; write what they know it by"
                yield replace(book.spot(record, *steps), words=word), f"{dotted(steps)}: {message}"


def readers(book: Book) -> Iterator[Reader]:
    """Yield the readers of every edition but the desk's: staff, then each partner that is told of changes."""
    yield reader_of(book, "staff")
    yield from (reader_of(book, "partners", name) for name, partner in book.desk.partners.items() if partner.asks)


def named_outside(book: Book, reader: Reader, hidden: Hidden) -> Iterator[tuple[Change | Scenario, Steps, str]]:
    """Yield each hidden name that a change, or a downtime procedure, says to `reader`, with the steps to the text."""
    records: list[Change | Scenario] = [book.desk.scenarios[name] for name in sorted(reader.known["scenarios"])]
    records += [change for change in book.asked if reader.is_for(change)]
    for record in records:
        texts = list(texts_for(record, reader))
        # One search a record, not one a field.
        if any(hidden.found(BREAK.join(text for _, text in texts))):
            yield from ((record, steps, word) for steps, text in texts for word in hidden.found(text))
