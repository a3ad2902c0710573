"""What a change cost the desk: before, at and after its launch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from changebook.book import Book
from changebook.language import day_month, decimal, plural
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.status import SETTLED
from changebook.model.ticket import Ticket
from changebook.names import audience_address, change_address, scenario_address
from changebook.render.charts import Column, column_chart
from changebook.render.timing import date_words
from changebook.tickets.phases import LAUNCH, Life, PhaseName, life_of
from changebook.tickets.rounding import rounded
from changebook.tickets.shape import Suggestion, shape_of
from changebook.views.assets import is_briefed
from changebook.views.figures import FigureRow, figure_rows
from changebook.views.guidance import Link

PHASES: dict[PhaseName, str] = {"baseline": "Before", "launch": "Launch", "after": "After"}
# The section of a page that shows them.
COST = "cost"
# Every so many days the chart has a date.
_WEEK = 7


@dataclass(frozen=True)
class Counts:
    """A line of a table: what it is of, where that is, how many tickets, and how many per 100 people."""

    name: str
    address: str
    tickets: int
    per_hundred: str = ""


@dataclass(frozen=True)
class ChangeMetrics:
    """A change in tickets: how many are tied to it, what its launch suggests, the chart of its days with the sentence
    that says what to see and the weeks behind it, every figure in each time, and tickets by user group and playbook.
    """

    change: Change
    tied: int
    suggests: Suggestion
    says: str
    chart: Markup
    weeks: list[tuple[str, int, bool]]
    times: list[tuple[str, str]]
    rows: list[FigureRow]
    groups: list[Counts]
    playbooks: list[Counts]


def metrics_part(change: Change) -> str:
    """Return the page of a change that shows its tickets, by its part of the address: the launch page, later the
    retrospective, and "", the hub, of a change that was in too much of a hurry to have a launch page.
    """
    return "retrospective" if change.status in SETTLED else "launch" if is_briefed(change) else ""


def tickets_place(change: Change) -> Link:
    """Return where the tickets of a change are shown."""
    return Link(change.name, f"{change_address(change.id, metrics_part(change))}#{COST}")


def metrics_on(book: Book, change: Change, *, part: str) -> ChangeMetrics | None:
    """Return a change in tickets if its page `part` is the one that shows them, and something was counted."""
    return metrics_of(book, change) if part == metrics_part(change) else None


def metrics_of(book: Book, change: Change) -> ChangeMetrics | None:
    """Return a change in tickets, None where nothing was counted."""
    life = life_of(book, change)
    if not life or not change.window:
        return None
    lots = life.lots
    zone = book.desk.settings.zone
    times = [
        (_(PHASES[name]), " – ".join(day_month(moment.astimezone(zone)) for moment in lot.spans[0]))
        for name, lot in lots.items()
    ]
    says = _says(life, change, book)
    return ChangeMetrics(
        change=change,
        tied=len(life.tied),
        suggests=shape_of(lots["launch"], lots.get("baseline")),
        says=says,
        chart=_chart(life, change, says),
        weeks=list(_weeks(life)),
        times=times,
        rows=figure_rows(list(lots.values())),
        groups=list(by_group(book, life.tied, affects=change.affects.groups)),
        playbooks=list(_by_playbook(book, change, life.tied)),
    )


def _says(life: Life, change: Change, book: Book) -> str:
    """Return what the chart shows: the worst day, a normal one, and when days were normal again."""
    assert change.window
    start = change.window.start.date()
    launch = [(day, count) for day, count in life.daily if start <= day <= start + LAUNCH]
    day, most = max(launch, key=lambda pair: pair[1])
    if not most:
        return _("No ticket in the launch.")
    worst = _("Busiest day, {date}: {most}.", date=date_words(day, book.now), most=most)
    if life.normal is None:
        return _(
            "{worst} What a normal day is, nobody knows: import the tickets of all four weeks before it.", worst=worst
        )
    normal = _("Before launch: {number} a day.", number=decimal(rounded(life.normal, 1)))
    if life.days_to_normal is None:
        return _("{worst} {normal} Not back to normal yet.", worst=worst, normal=normal)
    days = life.days_to_normal
    after = plural(days, "Back to normal after {days} day.", "Back to normal after {days} days.")
    back = after.format(days=days) if days else _("Normal from the first day.")
    return f"{worst} {normal} {back}"


def _chart(life: Life, change: Change, says: str) -> Markup:
    assert change.window
    start = change.window.start.date()
    columns = [
        Column(
            day_month(day) if (day - start).days % _WEEK == 0 else "",
            count,
            strong=start <= day < start + LAUNCH,
        )
        for day, count in life.daily
    ]
    return column_chart(columns, _("Tickets a day, launch days in strong color. {says}", says=says))


def _weeks(life: Life) -> Iterator[tuple[str, int, bool]]:
    """Yield the tickets of each week from the launch, and whether the week is in the launch."""
    for week, count in life.weekly:
        before = plural(-week, "{count} week before", "{count} weeks before")
        words = _("Week {number}", number=week + 1) if week >= 0 else before.format(count=-week)
        yield words, count, 0 <= week * _WEEK < LAUNCH.days


def by_group(book: Book, tickets: Iterable[Ticket], *, affects: Iterable[str] = ()) -> Iterator[Counts]:
    """Yield the tickets of each user group, those that a change `affects` first, then those of nobody known."""
    counts = Counter(ticket.group for ticket in tickets)
    groups = book.desk.groups
    affected = [name for name in dict.fromkeys(affects) if name in groups]
    others = [name for name in counts if name in groups and name not in affected]
    if not counts.keys() & groups.keys():
        return
    for name in (*affected, *others):
        group = groups[name]
        per = decimal(rounded(100 * counts[name] / group.people, 1)) if group.people else ""
        yield Counts(group.name, audience_address(name), counts[name], per)
    if unknown := sum(count for name, count in counts.items() if name not in groups):
        yield Counts(_("User group unknown"), "", unknown)


def _by_playbook(book: Book, change: Change, tied: tuple[Ticket, ...]) -> Iterator[Counts]:
    """Yield the tickets that lead to each playbook, the most first, then those that lead to none."""
    counts = Counter(ticket.playbook for ticket in tied)
    known = {item.code: item for item in book.desk.scenarios.values() if item.code}
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if code in known:
            own = change.playbook_for(known[code].id)
            address = change_address(change.id, "playbooks", own.scenario) if own else scenario_address(known[code].id)
            yield Counts(f"{code} {known[code].title}", address, count)
    if without := sum(count for code, count in counts.items() if code not in known):
        yield Counts(_("No playbook"), "", without)
