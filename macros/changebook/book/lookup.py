"""A change by whatever people call it."""

from __future__ import annotations

from changebook.book import Book
from changebook.errors import UnknownTermError
from changebook.model import Change
from changebook.names import did_you_mean, name_fault


def change_called(book: Book, words: str) -> Change:
    """Return the change whose id, shared name or former name is `words`, in any case, or whose id it was.

    Raises UnknownTermError, which offers the nearest name.
    """
    called: dict[str, Change] = {}
    shown: list[str] = []
    for change in book.changes.values():
        shown += [change.id, change.name, *change.former_names]
        called |= {change.id: change, change.name.casefold(): change}
    for change in book.changes.values():
        # A former name, and the id it once made; an id or a shared name of today goes before both.
        for name in change.former_names:
            called.setdefault(name.casefold(), change)
            called.setdefault(book.desk.settings.id_of(name), change)
    if found := called.get(" ".join(words.split()).casefold()):
        return found
    raise UnknownTermError(f"no change {words!r}; {did_you_mean(words, shown)}")


def name_refusal(book: Book, name: str) -> str | None:
    """Return why a new change cannot be called `name`, with the remedy, or None when it can."""
    if message := name_fault(name):
        return f"name: {message}"
    for change in book.changes.values():
        if name.casefold() in (old.casefold() for old in change.former_names):
            return f"name: {name!r} is a former name of {change.id}.yaml; choose a name nobody has used"
    file = book.folder / f"{book.desk.settings.id_of(name)}.yaml"
    if file.exists():
        return f"name: {name!r} belongs in {file.as_posix()}, which already exists; edit it, or choose another name"
    return None
