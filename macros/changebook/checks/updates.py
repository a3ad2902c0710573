"""What makes an update wrong: what callers need and it does not say, and moments in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model.blanks import blanks_in
from changebook.source.places import Spot


def check_updates(book: Book) -> Iterator[tuple[Spot, str]]:
    """Until it is resolved, an update says when the next one is due, and while the cause is not known also what is
    checked and what callers can expect. Callers hear it as it is written, so it has no blank: an update says its times.
    """
    for change in book.asked:
        for number, update in enumerate(change.updates):
            where, open_ = f"updates[{number}]", update.state != "resolved"
            missing = [key for key in ("checking", "expect") if not getattr(update, key)]
            if open_ and not update.known and missing:
                said = f"the cause is not known; add {' and '.join(missing)}, or 'known: true'"
                yield book.spot(change, "updates", number), f"{where}: {said}"
            if open_ and not update.next:
                yield book.spot(change, "updates", number), f"{where}: no next update; add 'next', or say 'resolved'"
            for key in ("text", "checking", "expect"):
                for blank in dict.fromkeys(blanks_in(getattr(update, key) or "")):
                    said = f"{blank!r} is never filled in; write what callers are told, a time as 10:30"
                    yield book.spot(change, "updates", number, key), f"{where}.{key}: {said}"
            if update.next and update.next <= update.at:
                said = "is not after this one; fix one of the two"
                yield book.spot(change, "updates", number, "next"), f"{where}.next: the next update {said}"
