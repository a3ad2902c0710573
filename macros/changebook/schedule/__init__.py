"""What the desk can carry: go-lives, the rules of its calendar, and the slots that are free."""

from changebook.schedule.compare import new_collisions
from changebook.schedule.golives import Booking, booking
from changebook.schedule.meetings import HELD_FOR, HELD_WORDS, Meeting, meetings
from changebook.schedule.rules import Collision, collisions, collisions_of
from changebook.schedule.slots import Slot, free_slots, slots_after, slots_for
from changebook.schedule.whole import Closure, Schedule, schedule_of

__all__ = [
    "HELD_FOR",
    "HELD_WORDS",
    "Booking",
    "Closure",
    "Collision",
    "Meeting",
    "Schedule",
    "Slot",
    "booking",
    "collisions",
    "collisions_of",
    "free_slots",
    "meetings",
    "new_collisions",
    "schedule_of",
    "slots_after",
    "slots_for",
]
