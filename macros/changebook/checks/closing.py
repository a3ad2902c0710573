"""What a retrospective says about other records is true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.book import Book
from changebook.names import did_you_mean
from changebook.source.places import Spot

# A page: of a change, written by hand, or outside the book.
_PAGE = re.compile(r"(?:changes/(?P<change>[a-z0-9-]+)/[a-z0-9/-]*|[\w/-]+\.md|https://\S+)(?:#\S+)?")


def check_fixed_in(book: Book) -> Iterator[tuple[Spot, str]]:
    """`fixed_in` in a retrospective is the id of a playbook, or a page: of a change, such as
    `changes/claims-api-2-4/faq/`, written by hand, such as `docs/faq.md`, or outside the book, with its `https`
    address.
    """
    for change in book.asked:
        for number, item in enumerate(change.retrospective.gaps if change.retrospective else ()):
            where, named = f"retrospective.gaps[{number}].fixed_in", item.fixed_in
            if not named or named in book.desk.scenarios:
                continue
            page = _PAGE.fullmatch(named)
            other = page and page["change"]
            known = book.changes if other else book.desk.scenarios
            if not page or (other and other not in known):
                what = "change" if other else "playbook or page"
                spot = book.spot(change, "retrospective", "gaps", number, "fixed_in")
                yield spot, f"{where}: no {what} {other or named!r}; {did_you_mean(other or named, known)}"
