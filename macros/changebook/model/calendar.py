"""`desk/calendar.yaml`: how many go-lives the desk can carry, and when there are none."""

from __future__ import annotations

import re
from datetime import datetime
from importlib import import_module
from typing import Annotated, Any, Literal

from annotated_types import MinLen
from dateutil.rrule import rrulestr
from pydantic import BeforeValidator

from changebook.characters import shown
from changebook.model.plain import fault, typed
from changebook.model.record import Record, field
from changebook.model.scalar import Count, Duration, Moment, WorkingHours
from changebook.model.shape import Shape
from changebook.model.text import TeamId, Title

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# What two changes may have in common: callers of one are taken for callers of the other.
Shared = Literal["groups", "categories", "partners", "playbooks"]
# Without COUNT, which could look for a day that never comes, and without hours, which the start gives.
_BY = "BY(?:DAY|MONTH|MONTHDAY|SETPOS|WEEKNO|YEARDAY)=[A-Z0-9,+-]+"
_PART = rf"(?:INTERVAL=[1-9][0-9]{{0,2}}|UNTIL=20[0-9]{{6}}|WKST=[A-Z]{{2}}|{_BY})"
_RULE = re.compile(rf"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;{_PART})*")


def _recurrence(value: Any) -> str:
    text = typed(value)
    try:
        if not _RULE.fullmatch(text):
            raise ValueError("it has a part that is not known here")
        rrulestr(text, dtstart=datetime(2000, 1, 1))
    except ValueError as error:
        raise fault(
            f"{shown(text)} is no rule of repetition: {error}; write one of RFC 5545 by days, FREQ=MONTHLY;BYMONTHDAY=1"
        ) from error
    return text


def _region(value: Any) -> str:
    text = typed(value)
    country, _, part = text.partition("-")
    # A tenth of a second, for a book that has a region only.
    known = import_module("holidays").list_supported_countries()
    if country not in known or (part and part not in known[country]):
        raise fault(f"no public holidays are known of {shown(text)}; write a country, US, or a state of it, US-IL")
    return text


_RECURRENCE = Shape("a rule of RFC 5545, `FREQ=MONTHLY;BYMONTHDAY=1`", {"type": "string"})
Recurrence = Annotated[str, BeforeValidator(_recurrence), _RECURRENCE]
Region = Annotated[str, BeforeValidator(_region), Shape("a country or a state, `US-IL`", {"type": "string"})]


class Cluster(Record):
    """When go-lives are so close together that a support lead must run the bridge."""

    go_lives: Count = field("How many go-lives make a cluster.", readers="desk")
    within: Duration = field("Within how long.", readers="desk")
    leads: Annotated[tuple[TeamId, ...], MinLen(1)] = field(
        "The teams that can be the support lead; one of them is `bridge.lead`.", readers="desk"
    )


class Overlap(Record):
    """How long a change is watched, and what a later change must not share with it until then."""

    within: Duration = field("How long after its window a change is watched.", readers="desk")
    stops: tuple[Shared, ...] = field("What a later change must not share with it.", readers="desk", default=())
    warns: tuple[Shared, ...] = field("What the desk is told of when shared.", readers="desk", default=())


class Blackout(Record):
    """A time in which nothing goes live, once or again and again."""

    name: Title = field("What it is for, such as Billing close.", readers="desk")
    start: Moment = field("When it begins, or began the first time.", readers="desk")
    lasts: Duration = field("How long it lasts, by the clock on the wall.", readers="desk")
    repeats: Recurrence | None = field("How it comes again.", readers="desk", default=None)
    effect: Literal["stop", "warn"] = field(
        "stop: nothing goes live; warn: the desk is told.", readers="desk", default="stop"
    )


class Calendar(Record):
    """`desk/calendar.yaml`: how many go-lives the desk can carry. A rule that is left out holds nobody up."""

    a_day: Count | None = field("The most go-lives on one day.", readers="desk", default=None)
    a_week: Count | None = field("The most go-lives from Monday to Sunday.", readers="desk", default=None)
    staffed: WorkingHours | None = field("The hours in which a change may be made.", readers="desk", default=None)
    holidays: Region | None = field(
        "Whose public holidays have no go-lives, besides those in `desk/book.yaml`.", readers="desk", default=None
    )
    last_day: Weekday | None = field(
        "The last day of the week for a go-live; later ones need `cover: strong`.", readers="desk", default=None
    )
    partner_gap: Duration | None = field(
        "The least time between two changes that partners notice.", readers="desk", default=None
    )
    cluster: Cluster | None = field("When a support lead is needed.", readers="desk", default=None)
    overlap: Overlap | None = field("What changes must not share while one is watched.", readers="desk", default=None)
    blackouts: tuple[Blackout, ...] = field("Times without go-lives.", readers="desk", default=())
