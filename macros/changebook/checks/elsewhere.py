"""What makes the list of what is not the desk's wrong."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model import NotOurs
from changebook.names import comparable
from changebook.source.places import Spot


def check_elsewhere(book: Book) -> Iterator[tuple[Spot, str]]:
    """What this desk does not handle names one of its teams, or someone else with a phone number. What callers say
    leads to one line of the list: no two words of it read alike.
    """
    seen: dict[str, NotOurs] = {}
    for item in book.desk.elsewhere.values():
        yield from ((book.spot(item, *steps), message) for steps, message in _whom(item))
        for number, word in enumerate(item.words):
            first = seen.setdefault(comparable(word), item)
            if first is not item:
                said = f"words[{number}]: {word!r} already leads to {first.what!r}; keep it in one"
                yield book.spot(item, "words", number), said


def _whom(item: NotOurs) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what is wrong with whom to call: the steps to it, and the message."""
    own = [key for key in ("name", "phone", "hours") if getattr(item, key)]
    if item.team and own:
        yield (own[0],), f"{own[0]}: the team {item.team!r} has its own; delete this line, or the team"
    elif not item.team and not item.name:
        yield (), f"{item.id}: nobody to call; add 'team', or 'name' and 'phone'"
    elif not item.team and not item.phone:
        yield ("name",), f"name: no number for {item.name!r}; add 'phone'"
