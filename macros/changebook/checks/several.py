"""What makes several playbooks of one scenario in one change wrong."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.names import anchor, did_you_mean
from changebook.source.places import Spot


def check_several_playbooks(book: Book) -> Iterator[tuple[Spot, str]]:
    """A change may have several playbooks of one scenario, each with a title and an address of its own: the title
    is not that of another one, and not the name of a general playbook's file.
    """
    taken = {name for one in book.desk.scenarios.values() for name in (one.id, *one.former_files)}
    for change in book.asked:
        seen: list[tuple[str, str, str]] = []
        for number, playbook in enumerate(change.playbooks):
            name, scenario = playbook.scenario, book.desk.scenarios.get(playbook.scenario)
            title = playbook.title or (scenario.title if scenario else name)
            further = any(one == name for one, _, _ in seen)
            entry = (name, anchor(title), anchor(title) if further else name)
            same = (at for at, one in enumerate(seen) if one[:2] == entry[:2] or one[2] == entry[2])
            spot = book.spot(change, "playbooks", number, *(("title",) if playbook.title else ()))
            if (other := next(same, None)) is not None:
                said = f"{title!r} is the title of playbooks[{other}] too; give each its own"
                yield spot, f"playbooks[{number}].title: {said}"
            elif further and entry[2] in taken:
                said = f"{title!r} would have the address of the playbook {entry[2]!r}; add a word"
                yield spot, f"playbooks[{number}].title: {said}"
            seen.append(entry)


def check_rehearsed_playbooks(book: Book) -> Iterator[tuple[Spot, str]]:
    """A rehearsal that names a playbook by its title names one that the change has of that scenario."""
    for change in book.asked:
        for number, held in enumerate(change.rehearsals):
            titles = [own.title for own in change.playbooks if own.scenario == held.scenario and own.title]
            if held.playbook and held.playbook not in titles:
                said = f"no playbook of {held.scenario!r} here is called {held.playbook!r}"
                yield (
                    book.spot(change, "rehearsals", number, "playbook"),
                    f"rehearsals[{number}].playbook: {said}; {did_you_mean(held.playbook, titles)}",
                )
