"""Who must be told when a window moves, and of which collisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change
from changebook.model.timeline import window_for
from changebook.readiness import partners_told
from changebook.render.timing import duration_words
from changebook.schedule import Collision


def to_tell(book: Book, change: Change) -> Iterator[str]:
    """Yield everybody who counts on the former window of `change`, with the number and why: teams, then partners."""
    why = defaultdict[str, list[str]](list)
    if change.communications:
        why[change.communications].append("sends the announcements")
    if change.bridge:
        why[change.bridge.lead].append("leads the bridge")
    if change.go_no_go:
        why[change.go_no_go.by].append("decides go or no-go")
    for team in change.briefing.attended if change.briefing else ():
        why[team].append("was briefed on the former date")
    for name, reasons in why.items():
        if team_of := book.desk.teams.get(name):
            yield f"{team_of.name}, {team_of.phone}: {', '.join(reasons)}"
    for partner in partners_told(change, book):
        needs = f"needs {duration_words(partner.notice)} of notice" if partner.notice else "is affected"
        window = window_for(change, partner.id)
        if partner.notice and window and window.start - book.now < partner.notice:
            days = (window.start.date() - book.now.date()).days
            needs += f" and has {days} day{'' if days == 1 else 's'}: agree on that, or move it later"
        was = any(told.partner == partner.id for told in change.told)
        yield f"{partner.contact}: {partner.name} {needs}{'; it was told the former date' if was else ''}"


def collision_words(change: Change, hit: Collision) -> str:
    """Return a collision in a line: the change, what is said, and whether it is stopped by it."""
    effect = "stops it" if hit.stops and change.urgency != "emergency" else "for the desk to know"
    return f"{change.name}: {hit.said} ({effect})"
