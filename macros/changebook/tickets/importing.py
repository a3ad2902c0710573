"""What an export adds to the counted tickets: each tied, marked as a repeat or not, and stripped to what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from changebook.book import Book
from changebook.model import Category, Group
from changebook.model.mapping import TicketMapping
from changebook.model.ticket import Ticket
from changebook.names import comparable
from changebook.tickets.answered import Published
from changebook.tickets.exported import Export, Exported
from changebook.tickets.kept import mark_of
from changebook.tickets.tying import Tie, Ties

# Who calls again so soon about the same was not helped the first time.
AGAIN = timedelta(days=7)


@dataclass(frozen=True)
class NotTied:
    """A ticket that is tied to no change: its number, when it was opened, and what is known of it."""

    number: str
    opened: datetime
    tie: Tie


@dataclass(frozen=True)
class Counted:
    """The tickets of an export as they are kept; how many are tied to a change in which way; those that are not, those
    between two changes first; how often something was odd; and the values that mean nothing here, by what they are of.
    """

    tickets: list[Ticket] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)
    not_tied: list[NotTied] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    strange: Mapping[str, Counter[str]] = field(default_factory=dict)


def count_export(export: Export, mapping: TicketMapping, book: Book, *, change: str = "") -> Counted:
    """Return what is kept of an export; with `change`, what names no other change is about that one.

    `book.past` says what was published when, as far back as it was asked.
    """
    ties, published = Ties(book), Published(book)
    categories = _Values(book.desk.categories, {item.value: item.category for item in mapping.categories})
    groups = _Values(book.desk.groups, {item.value: item.group for item in mapping.groups})
    found = Counted(odd=export.odd.copy(), strange={"category": categories.strange, "group": groups.strange})
    again = _called_again(export.tickets, found.odd)
    for told in export.tickets:
        category = categories.known(told.category)
        tie = ties.tie(told.text, told.opened, category)
        if change and not tie.change and not tie.between:
            tie = replace(tie, change=change, how="export")
        if tie.change:
            found.ways[tie.how] += 1
        else:
            found.not_tied.append(NotTied(told.number, told.opened, tie))
        found.tickets.append(
            Ticket(
                mark_of(mapping.id, told.number),
                told.opened,
                told.classified,
                told.resolved,
                closes=told.closes,
                change=tie.change,
                playbook=tie.playbook,
                category=category,
                group=groups.known(told.group),
                first_contact=told.first_contact,
                escalated=told.escalated,
                repeat=_repeat(told, again),
                sla_missed=told.sla_missed,
                answered_by=published.answer(tie.change, tie.playbook, told.opened),
                unsure=told.unsure,
            )
        )
    found.not_tied.sort(key=lambda item: (-item.tie.between, not item.tie.playbook, item.opened, item.number))
    return found


def _called_again(tickets: Iterable[Exported], odd: Counter[str]) -> set[str]:
    """Return the numbers of tickets whose caller had one of the same category in the seven days before."""
    again: set[str] = set()
    last: dict[tuple[str, str], Exported] = {}
    for told in sorted(tickets, key=lambda item: (item.opened, item.number)):
        if not told.caller or not told.category:
            continue
        before = last.get((told.caller, told.category))
        if before and told.opened - before.opened <= AGAIN:
            again.add(told.number)
            if told.channel and before.channel and told.channel != before.channel:
                odd["tickets of a caller who had come through another channel, counted as repeats"] += 1
        last[(told.caller, told.category)] = told
    return again


def _repeat(told: Exported, again: set[str]) -> bool | None:
    if told.number in again or told.reopened:
        return True
    return False if told.reopened is False or (told.caller and told.category) else None


class _Values:
    """Values of an export to ids of one of the desk's lists; those that are neither are counted."""

    def __init__(self, table: Mapping[str, Category] | Mapping[str, Group], named: Mapping[str, str]) -> None:
        self.ids = {comparable(words): entry.id for entry in table.values() for words in (entry.id, entry.name)}
        self.ids |= {comparable(value): name for value, name in named.items() if name in table}
        self.seen: dict[str, str] = {}
        self.strange: Counter[str] = Counter()

    def known(self, value: str) -> str:
        """Return the id that `value` means, "" if it means none."""
        if value not in self.seen:
            self.seen[value] = self.ids.get(comparable(value), "")
        found = self.seen[value]
        if value and not found:
            self.strange[value] += 1
        return found
