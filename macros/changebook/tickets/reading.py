"""An export of tickets, read by its mapping: one entry per ticket, and a count of whatever was odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from changebook.errors import ChangebookError
from changebook.model.mapping import TicketMapping
from changebook.model.ticket import TIMES
from changebook.tickets.exported import Export, Exported
from changebook.tickets.rows import Cells, rows_in
from changebook.tickets.times import TimeReader

_YES, _NO = {"true", "yes", "y", "t", "1", "x"}, {"false", "no", "n", "f", "0"}


def read_export(data: bytes, mapping: TicketMapping, zone: ZoneInfo) -> Export:
    """Return the tickets of an export, in its order; `zone` is the book's.

    Raises ChangebookError where the export cannot be read by `mapping`.
    """
    return _Reader(mapping, zone).read(data)


class _Reader:
    """Reads one export."""

    def __init__(self, mapping: TicketMapping, zone: ZoneInfo) -> None:
        self.mapping, self.columns = mapping, mapping.columns
        self.clock = TimeReader(mapping.zone or zone, day_first=mapping.day_first)
        self.missing = {"", *(value.casefold() for value in mapping.missing)}
        states = mapping.states
        self.states = {
            name: {value.casefold() for value in getattr(states, name)}
            for name in ("classified", "escalated", "resolved")
        }
        self.odd: Counter[str] = Counter()
        self.where: dict[str, list[str]] = {}

    def read(self, data: bytes) -> Export:
        """Return the export that `data` holds."""
        rows = 0
        by_number: dict[str, list[Cells]] = {}
        for place, row in rows_in(data, self.mapping):
            rows += 1
            if number := self.cell(row, self.columns.number):
                by_number.setdefault(number, []).append(row)
            else:
                self.leave_out("rows without a number, left out", f"row {place}")
        tickets = [ticket for number, found in by_number.items() if (ticket := self.ticket(number, found))]
        self.check_order()
        if not any(ticket.resolved for ticket in tickets):
            # The export has no such column: nobody can say which of them are still open.
            for ticket in tickets:
                ticket.closes = False
        return Export([self.sound(ticket) for ticket in tickets], rows, self.odd, self.where)

    def ticket(self, number: str, rows: list[Cells]) -> Exported | None:
        """Return what the rows of one ticket say, None where nobody can say when it was opened."""
        if self.mapping.rows == "event":
            rows = self.in_order(rows)
        elif len(rows) > 1:
            self.odd["tickets in more than one row, of which the last counts"] += 1
            rows = rows[-1:]
        opened = next(filter(None, (self.time(row, self.columns.opened) for row in rows)), None)
        if not opened:
            self.leave_out("tickets without a time of opening, left out", number)
            return None
        last, columns = rows[-1], self.columns
        told = Exported(
            number,
            opened,
            classified=self.moment(rows, columns.classified, "classified"),
            resolved=self.moment(rows[-1:], columns.resolved, ""),
            closes=bool(columns.resolved or (columns.state and self.states["resolved"])),
            category=self.newest(rows, columns.category),
            group=self.newest(rows, columns.group),
            caller=self.newest(rows, columns.caller).casefold(),
            channel=self.newest(rows, columns.channel).casefold(),
            text="\n".join(dict.fromkeys(text for row in rows for column in columns.text if (text := row(column)))),
            reassigned=self.moved(rows),
            escalated=self.ever(rows, columns.escalated),
            reopened=self.ever(rows, columns.reopened),
            first_contact=self.truth(last, columns.first_contact),
            sla_missed=self.truth(last, columns.sla_missed),
        )
        if not told.resolved and self.state(last) in self.states["resolved"]:
            told.resolved = self.since(rows, "resolved")
            told.closes = bool(told.resolved)  # resolved, and nobody says when
        if told.escalated is None and self.mapping.rows == "event" and self.states["escalated"]:
            told.escalated = any(self.state(row) in self.states["escalated"] for row in rows)
        if told.sla_missed is None and (met := self.truth(last, columns.sla_met)) is not None:
            told.sla_missed = not met
        return told

    def check_order(self) -> None:
        """Raise ChangebookError where days fit only the other order of day and month: the rest would be misread."""
        if not (misfits := self.clock.misfits):
            return
        if fits := self.clock.fits:
            both = f"{fits[0]!r} and {misfits[0]!r} have day and month in different orders"
            raise ChangebookError(f"{both}; export it again with one, best as 2026-11-27")
        right, order = ("false", "month") if self.mapping.day_first else ("true", "day")
        remedy = f"write 'day_first: {right}' in the mapping {self.mapping.id!r}"
        raise ChangebookError(f"{misfits[0]!r} has its {order} first, so others would be misread; {remedy}")

    def leave_out(self, what: str, which: str) -> None:
        """Count what is left out, and remember which it was."""
        self.odd[what] += 1
        self.where.setdefault(what, []).append(which)

    def sound(self, told: Exported) -> Exported:
        """Return a ticket without what cannot be, and with what follows from the rest."""
        moments = {name: getattr(told, name) for name in TIMES}
        told.unsure = frozenset(name for name, moment in moments.items() if moment in self.clock.unsure)
        if told.unsure:
            self.odd["tickets with a time that the clocks show twice or skip; how long these took is unknown"] += 1
        for name in ("classified", "resolved"):
            if not told.unsure & {"opened", name} and (moment := moments[name]) and moment < told.opened:
                self.odd[f"tickets {name} before they were opened, which is left out"] += 1
                setattr(told, name, None)
                told.closes = told.closes and name != "resolved"
        if told.escalated is None:
            told.escalated = told.reassigned
        if told.first_contact is None and told.reassigned is not None and told.closes:
            told.first_contact = bool(told.resolved and not (told.reassigned or told.escalated or told.reopened))
        return told

    def cell(self, row: Cells, column: str | None) -> str:
        """Return the text of a column, "" where it is missing."""
        text = row(column) if column else ""
        return "" if text.casefold() in self.missing else text

    def time(self, row: Cells, column: str | None) -> datetime | None:
        """Return the time in a column, None where it is missing or none."""
        if not (text := self.cell(row, column)):
            return None
        try:
            return self.clock.read(text)
        except (ValueError, OverflowError):
            self.odd["times that cannot be read"] += 1
            return None

    def moment(self, rows: list[Cells], column: str | None, state: str) -> datetime | None:
        """Return the first time in a column, else when the ticket was first in a `state`."""
        named = next(filter(None, (self.time(row, column) for row in rows)), None) if column else None
        if named or not state or self.mapping.rows != "event":
            return named
        first = next((row for row in rows if self.state(row) in self.states[state]), None)
        return self.time(first, self.columns.changed) if first else None

    def since(self, rows: list[Cells], state: str) -> datetime | None:
        """Return when a ticket came into the `state` in which it is now."""
        first = rows[-1]
        for row in reversed(rows):
            if self.state(row) not in self.states[state]:
                break
            first = row
        return self.time(first, self.columns.changed)

    def in_order(self, rows: list[Cells]) -> list[Cells]:
        """Return the events of a ticket by their time; those of one time, or without one, as the export has them."""
        timed = [(self.time(row, self.columns.changed), row) for row in rows]
        if any(moment is None for moment, _ in timed):
            return rows
        return [row for _, row in sorted(timed, key=lambda pair: pair[0] or datetime.min)]

    def state(self, row: Cells) -> str:
        """Return the state of a row."""
        return self.cell(row, self.columns.state).casefold()

    def newest(self, rows: Iterable[Cells], column: str | None) -> str:
        """Return the last value of a column that is not missing."""
        return next(filter(None, (self.cell(row, column) for row in reversed(list(rows)))), "") if column else ""

    def ever(self, rows: list[Cells], column: str | None) -> bool | None:
        """Return whether a column ever says yes, or a number above 0; None where it says nothing."""
        said = {self.truth(row, column) for row in rows}
        return True if True in said else False if False in said else None

    def moved(self, rows: list[Cells]) -> bool | None:
        """Return whether a ticket was ever given to another team."""
        teams = [text for row in rows if (text := self.cell(row, self.columns.teams)).isdecimal()]
        return any(int(text) > 1 for text in teams) if teams else self.ever(rows, self.columns.reassigned)

    def truth(self, row: Cells, column: str | None) -> bool | None:
        """Return whether a column says yes, or a number above 0; None where it says neither."""
        text = self.cell(row, column).casefold()
        # A tick where a number belongs says nothing.
        if (text in _YES or text in _NO) and not (text == "x" and column == self.columns.reassigned):
            return text in _YES
        if text.isdecimal():
            return True
        if text:
            self.odd[f"cells in the column {column!r} that say neither yes nor no, left out"] += 1
        return None
