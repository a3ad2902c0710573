"""Tickets as an export has them, before they are tied and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Exported:
    """A ticket as the export has it, before it is tied and counted; None and "" mean that it does not say.

    `closes` says whether the export tells resolved tickets from open ones, `unsure` names the times that are in an hour
    which clocks show twice or skip.
    """

    number: str
    opened: datetime
    classified: datetime | None = None
    resolved: datetime | None = None
    closes: bool = False
    category: str = ""
    group: str = ""
    caller: str = ""
    channel: str = ""
    text: str = ""
    reassigned: bool | None = None
    escalated: bool | None = None
    reopened: bool | None = None
    first_contact: bool | None = None
    sla_missed: bool | None = None
    unsure: frozenset[str] = frozenset()


@dataclass
class Export:
    """The tickets of an export, how many rows it has, how often something in it was odd, in words, and where, if that
    left something out.
    """

    tickets: list[Exported]
    rows: int = 0
    odd: Counter[str] = field(default_factory=Counter)
    where: dict[str, list[str]] = field(default_factory=dict)
