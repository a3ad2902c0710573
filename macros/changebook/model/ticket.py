"""A ticket, as far as it is counted: no text, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

TIMES = ("opened", "classified", "resolved")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is kept of one ticket; times are UTC, and None or "" means that the export does not say.

    `mark` is a digest of its number, by which the next export of it is known. `change` and `playbook` are the id of the
    change and the code of the playbook that it is tied to; `closes` says that one without a time of resolution is open;
    `answered_by` is the address of the playbook that was published before it was opened, "no" where none was; `unsure`
    names the times that are in an hour which clocks show twice or skip.
    """

    mark: str
    opened: datetime
    classified: datetime | None = None
    resolved: datetime | None = None
    closes: bool = False
    change: str = ""
    playbook: str = ""
    category: str = ""
    group: str = ""
    first_contact: bool | None = None
    escalated: bool | None = None
    repeat: bool | None = None
    sla_missed: bool | None = None
    answered_by: str = ""
    unsure: frozenset[str] = frozenset()
