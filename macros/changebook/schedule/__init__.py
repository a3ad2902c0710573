"""What the desk can carry: go-lives, the rules of its calendar, and the slots that are free."""

from changebook.schedule.golives import GoLive, golive
from changebook.schedule.meetings import HELD_FOR, HELD_WORDS, Meeting, meetings
from changebook.schedule.plan import Closure, Plan, plan_of
from changebook.schedule.rules import Collision, collisions, collisions_of
from changebook.schedule.slots import Slot, free_slots, slots_for

__all__ = [
    "HELD_FOR",
    "HELD_WORDS",
    "Closure",
    "Collision",
    "GoLive",
    "Meeting",
    "Plan",
    "Slot",
    "collisions",
    "collisions_of",
    "free_slots",
    "golive",
    "meetings",
    "plan_of",
    "slots_for",
]
