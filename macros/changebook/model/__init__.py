"""Frozen records of what a book holds, without places and without a clock."""

from changebook.model.calendar import Calendar
from changebook.model.change import Change
from changebook.model.desk import Category, Group, System, Team, Workflow
from changebook.model.elsewhere import NotOurs
from changebook.model.kinds import Case, Kind
from changebook.model.partners import Partner
from changebook.model.phases import Site
from changebook.model.playbook import Playbook, Scenario
from changebook.model.record import Entry, Record
from changebook.model.settings import Forge, Settings
from changebook.model.updates import Outage
from changebook.model.wording import Wording

__all__ = [
    "Calendar",
    "Case",
    "Category",
    "Change",
    "Entry",
    "Forge",
    "Group",
    "Kind",
    "NotOurs",
    "Outage",
    "Partner",
    "Playbook",
    "Record",
    "Scenario",
    "Settings",
    "Site",
    "System",
    "Team",
    "Wording",
    "Workflow",
]
