"""Waivers: a gap that is accepted until a date, for a reason, by somebody other than the owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.evidence import Waiver
from changebook.names import did_you_mean
from changebook.readiness.gap import Gap, gap, team_name
from changebook.readiness.hollow import is_hollow
from changebook.readiness.rules import firm_names, gap_names, gap_rule

# A waiver bridges the time until the thing is done, not the life of the change.
LONGEST = timedelta(days=30)


@gap_rule(firm=("waiver-unknown", "waiver-refused", "waiver-own", "waiver-long", "waiver-repeated"))
def gap_waivers(change: Change, book: Book) -> Iterator[Gap]:
    """A waiver names a gap as the gate does, one that can be waived; a team other than the owner approves it, and it
    ends within 30 days after the window; for a closed change it counts if it was valid on the day under `closed`:
        `waiver-unknown/GAP`, `waiver-refused/GAP`, `waiver-own/GAP`, `waiver-long/GAP`. It gives a reason of its own,
        no other waiver's: `waiver-repeated/GAP`.
    """
    reasons: dict[str, int] = {}
    for number, waiver in enumerate(change.waivers):
        where, kind = ("waivers", number), waiver.gap.partition("/")[0]
        if kind not in gap_names():
            said = _("no gap is called {kind!r}; {known}", kind=kind, known=did_you_mean(kind, gap_names()))
            yield gap(change, book, f"waiver-unknown/{kind}", (*where, "gap"), said)
        elif kind in firm_names():
            said = _("{gap!r} cannot be waived; close it, and delete the waiver", gap=waiver.gap)
            yield gap(change, book, f"waiver-refused/{waiver.gap}", (*where, "gap"), said)
        if waiver.approver == change.owner:
            said = _("{team} owns the change; have another team approve it", team=team_name(waiver.approver, book))
            yield gap(change, book, f"waiver-own/{waiver.gap}", (*where, "approver"), said)
        if _too_long(waiver, change):
            said = _("more than 30 days after the window; choose an earlier day")
            yield gap(change, book, f"waiver-long/{waiver.gap}", (*where, "expires"), said)
        first = reasons.setdefault(" ".join(waiver.reason.split()).casefold(), number)
        if first != number:
            said = _(
                "waivers {first} and {other} give the same reason; say why for each gap, or close one",
                first=first + 1,
                other=number + 1,
            )
            yield gap(change, book, f"waiver-repeated/{waiver.gap}", (*where, "reason"), said)


def waiver_of(item: Gap, change: Change, book: Book) -> Waiver | None:
    """Return the waiver that holds for a gap today, or None; of a closed change, one that held when it was closed."""
    if not change.waivers or item.section == "waivers" or item.kind in firm_names():
        return None
    day = waived_on(change, book)
    for waiver in change.waivers:
        sound = waiver.approver != change.owner and not is_hollow(waiver.reason, book) and not _too_long(waiver, change)
        if waiver.gap == item.name and sound and waiver.expires >= day:
            return waiver
    return None


def expired_waiver(item: Gap, change: Change, book: Book) -> Waiver | None:
    """Return a waiver of this gap that no longer holds because its last day has passed, or None."""
    day = waived_on(change, book)
    return next((waiver for waiver in change.waivers if waiver.gap == item.name and waiver.expires < day), None)


def waived_on(change: Change, book: Book) -> date:
    """Return the day on which a waiver must hold: that of closing, else today."""
    return (change.closed if change.status == "closed" else None) or book.now.date()


def _too_long(waiver: Waiver, change: Change) -> bool:
    return change.window is not None and waiver.expires > (change.window.end + LONGEST).date()
