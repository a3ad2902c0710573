"""How long it takes to find free slots for a year among many changes: `tests/bench/slots.py [CHANGES]`, 2,000 at first.

The changes are on the sample's calendar, three years of them, so that most days are full. Fails over a second of CPU.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from changebook.checking.loading import load_book
from changebook.model.phases import Window
from changebook.schedule import booking, free_slots, schedule_of

ROOT = Path(__file__).parents[2]
MOST = 1.0


def main(count: int = 2000) -> int:
    """Print the seconds that a year of slots takes, with the plan; return 1 if it is more than one."""
    book = load_book(ROOT / "changes", clock=lambda: datetime.now(UTC)).book
    assert book
    draw = random.Random(19)
    changes = {}
    for number, base in zip(range(count), list(book.changes.values()) * count, strict=False):
        start = book.now.replace(hour=draw.randrange(4, 22), minute=0) + timedelta(days=draw.randrange(-365, 730))
        window = Window.model_construct(start=start, end=start + timedelta(hours=1), outage=None)
        changes[f"change-{number}"] = base.model_copy(
            update={"id": f"change-{number}", "window": window, "phases": (), "status": "ready"}
        )
    crowded = replace(book, changes=changes)
    # A calendar that lets few hours through: every hour of every day is tried.
    roomy = book.desk.calendar.model_copy(update={"a_day": 9, "a_week": 40, "cluster": None})
    # One without overlap: there are slots to be found.
    open_ = roomy.model_copy(update={"overlap": None, "partner_gap": None})
    desks = {name: replace(book.desk, calendar=rules) for name, rules in (("roomy", roomy), ("open", open_))}
    for name, one in (("full", crowded), *((name, replace(crowded, desk=desk)) for name, desk in desks.items())):
        began = time.process_time()
        plan = schedule_of(one)
        planned = time.process_time() - began
        shared = next(item.touches for item in plan.golives if item.touches)
        wanted = booking(book.now.replace(hour=21, minute=0), timedelta(hours=2), touches=shared, partners=True)
        found = sum(1 for _ in free_slots(plan, wanted, after=book.now))
        took = time.process_time() - began
        print(f"{name}: {count} changes, plan {planned:.2f} s, {found} slots within a year, {took:.2f} s of CPU in all")
        if took > MOST:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
