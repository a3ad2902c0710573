"""What home says of changes today: those that go live, what is planned next, and what is late and for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.model.phases import Period
from changebook.model.status import OPEN
from changebook.model.timeline import is_done, spans_of
from changebook.readiness import readiness
from changebook.render.timing import coming, starts
from changebook.views.assets import in_a_sentence, is_briefed
from changebook.views.board import first_due
from changebook.views.checklist import owed_words
from changebook.views.due import Due
from changebook.views.duty import Rota, rota
from changebook.views.known_errors import Known, errors_of
from changebook.views.milestones import Milestone, due_on
from changebook.views.queue_rules import RuleInForce, rules

_AFTER = timedelta(days=1)
_SHOWN = 3
_ERRORS_SHOWN = 3
_AHEAD = 365


@dataclass(frozen=True)
class Notes:
    """What a line about a change warns of: open known errors, readiness that is due."""

    errors: int
    late: Due | None


@dataclass(frozen=True)
class GoLive:
    """A change on its launch day: its window or phase of today, who leads the bridge, whether it has a card, and what
    today asks for.

    `errors` are open ones, the one with most people affected first, and `more_errors` how many are left out; `rules`
    are queue rules that have ended, or begin or end today; `due` is what has to be done today and is not done, by its
    time; `readiness` is a badge for gaps that are late or due today.
    """

    change: Change
    span: Period | None
    lead: Rota | None
    card: bool
    errors: list[Known]
    more_errors: int
    rules: list[RuleInForce]
    due: list[Milestone]
    readiness: Due | None


@dataclass(frozen=True)
class Today:
    """The launches of the day, how many more there are, and the change that goes live next.

    `heading` says whether any of them goes live today, or all did, or should have, the day before; `begun` whether
    there is a playbook.
    """

    heading: str
    launches: list[GoLive]
    more: int
    next: Change | None
    next_span: Period | None
    begun: bool


def today(book: Book) -> Today:
    """Return the launches of the book's today, the first window first, and what comes next."""
    launches = {change.id: launching(book, change) for change in book.changes.values() if change.status in OPEN}
    spans = {name: span for name, span in launches.items() if span}
    found = [book.changes[name] for name in sorted(spans, key=lambda name: (spans[name].start.timestamp(), name))]
    shown = [_go_live(book, change) for change in found[:_SHOWN]]
    is_today = any(span.end.date() >= book.now.date() for span in spans.values())
    made = all(is_done(book.changes[name], span, book.now) for name, span in spans.items())
    heading = _("Launch day") if is_today else _("Just launched") if made else _("Window has passed")
    ahead = next(iter(coming(book, _AHEAD)), None)
    span = starts(book, ahead, _AHEAD)[0] if ahead else None
    return Today(heading, shown, len(found[_SHOWN:]), ahead, span, bool(book.desk.scenarios))


def is_launch(book: Book, change: Change) -> bool:
    """Return whether today is a change's launch day: from midnight of it, or of a phase, until a day after."""
    return change.status in OPEN and launching(book, change) is not None


def launching(book: Book, change: Change) -> Period | None:
    """Return the window or phase of a change whose launch day is today, the one that ends last."""
    found = [span for span in spans_of(change) if span.start.date() <= book.now.date() and book.now < span.end + _AFTER]
    return max(found, key=lambda span: span.end.timestamp(), default=None)


def notes_of(book: Book, change: Change) -> Notes:
    """Return what a line about `change` warns of."""
    errors = sum(error.state == "open" for error in change.known_errors)
    return Notes(errors, readiness_due(book, change))


def readiness_due(book: Book, change: Change) -> Due | None:
    """Return what is late or due today and for what, else what is owed: `Readiness 18 hours late, 5 gaps`, `9 items
    to do by Fri 4 Dec`; None where nothing is.
    """
    due = first_due(book, change)
    if not due:
        owed = readiness(book)[change.id].owed
        passes = next((item.due for item in owed if item.due), None)
        return Due(False, owed_words(owed, book.now), passes) if passes else None
    dates = [gap.due for gap in readiness(book)[change.id].gaps if gap.due]
    gaps = sum(moment.date() <= book.now.date() for moment in dates)
    return Due(due.late, f"{_('Readiness')} {in_a_sentence(due.words)}, {gaps} {plural(gaps, 'gap', 'gaps')}")


def _go_live(book: Book, change: Change) -> GoLive:
    errors = [item for item in errors_of(book, change) if item.error.state == "open"]
    return GoLive(
        change=change,
        span=launching(book, change),
        lead=rota(book.desk, book.desk.teams[change.bridge.lead]) if change.bridge else None,
        card=is_briefed(change),
        errors=errors[:_ERRORS_SHOWN],
        more_errors=len(errors[_ERRORS_SHOWN:]),
        rules=[item for item in rules(book, change) if _is_of_today(item, book)],
        due=due_on(book, change, day=book.now.date()),
        readiness=readiness_due(book, change),
    )


def _is_of_today(item: RuleInForce, book: Book) -> bool:
    starts = item.rule.starts
    return item.rule.ends.date() <= book.now.date() or bool(starts and starts.date() == book.now.date())
