"""Frozen records of what a book holds, without places and without a clock."""

from changebook.model.change import Change
from changebook.model.desk import (
    Case,
    Category,
    Forge,
    Group,
    Kind,
    Outage,
    Partner,
    Settings,
    System,
    Team,
    Wording,
    Workflow,
)
from changebook.model.playbook import Playbook, Scenario
from changebook.model.record import Entry, Record

__all__ = [
    "Case",
    "Category",
    "Change",
    "Entry",
    "Forge",
    "Group",
    "Kind",
    "Outage",
    "Partner",
    "Playbook",
    "Record",
    "Scenario",
    "Settings",
    "System",
    "Team",
    "Wording",
    "Workflow",
]
