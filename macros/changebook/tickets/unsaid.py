"""What an export does not say of its tickets: what is counted from it is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from changebook.model.mapping import TicketMapping
from changebook.tickets.exported import Exported

# What tickets are tied by and figures counted from: the words, what a ticket has, and the columns it can come from.
_NEEDED = (
    ("name of a change or code of a playbook", "text", ("text",)),
    ("category", "category", ("category",)),
    ("user group", "group", ("group",)),
    ("caller", "caller", ("caller",)),
    ("time of classification", "classified", ("classified",)),
    ("time of resolution", "resolved", ("resolved", "state")),
    ("escalation", "escalated", ("escalated", "reassigned", "teams")),
    ("first-contact resolution", "first_contact", ("first_contact", "reassigned", "teams")),
    ("missed SLA", "sla_missed", ("sla_missed", "sla_met")),
)
# Of a ticket's filing, some can lack it; an unresolved ticket lacks a time too, and nothing is wrong.
_SOME = ("category", "group")


def unsaid(tickets: Sequence[Exported], mapping: TicketMapping) -> Iterator[str]:
    """Yield a line for all that no ticket has, with the columns that would say it, and lines for what some lack."""
    never = []
    for words, name, columns in _NEEDED:
        without = sum(getattr(ticket, name) in (None, "") for ticket in tickets)
        if without == len(tickets):
            asked = [column for key in columns for column in _each(getattr(mapping.columns, key))]
            never.append(f"{words} ({' and '.join(map(repr, asked)) or 'no column in the mapping'})")
        elif without and name in _SOME:
            yield f"{without} of {len(tickets)} tickets without a {words}"
    if tickets and never:
        yield f"Unknown for every ticket, its column is missing or empty: {', '.join(never)}"


def _each(columns: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return columns if isinstance(columns, tuple) else (columns,) if columns else ()
