"""The retrospective of a change: what was promised, what happened, and what to decide, made from its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from changebook.book import Book
from changebook.book.folding import own_guidance, undecided
from changebook.model import Change, Kind, Team
from changebook.model.launch import Decision, FormerDecision
from changebook.model.phases import Phase
from changebook.model.retrospective import GuideGap, Retrospective
from changebook.model.timeline import spans_of
from changebook.names import change_address
from changebook.readiness import retrospective_due
from changebook.render.timing import DECISION_WORDS, day_words, time_words
from changebook.views.assets import OUTCOME_WORDS, tried_words
from changebook.views.due import Due, due_of
from changebook.views.known_errors import Known, errors_of
from changebook.views.playbook import Link, playbook_link, playbook_title
from changebook.views.queue_rules import RuleInForce, rules
from changebook.views.told import outages_told
from changebook.views.updates import updates_of

_KEYS = {
    "callers_say": "callers' words",
    "keywords": "search words",
    "otherwise": "signs of something else",
    "file_as": "how it is filed",
    "escalate": "whom to call",
}


@dataclass(frozen=True)
class Event:
    """Something that happened: when (`timed` unless it is a whole day), what, and what was said of it."""

    at: datetime
    what: str
    text: str = ""
    timed: bool = True


@dataclass(frozen=True)
class Leaving:
    """A playbook of a change: what of it is folded, and still open, in words, why the rest is dropped, and the command
    that decides on what is open.
    """

    playbook: Link
    folded: list[str]
    open: list[str]
    dropped: str
    command: str


@dataclass(frozen=True)
class Flaw:
    """Something that the pages lacked, the team that fixes it, and the playbook where it is fixed, if it is one."""

    gap: GuideGap
    owner: Team
    playbook: Link | None


@dataclass(frozen=True)
class RetrospectivePage:
    """Everything that a meeting on a change needs; `left` is how many decisions are open before it can be closed, `due`
    when it must be held, None once it was or where nobody asks for it.
    """

    change: Change
    kind: Kind
    told: Retrospective
    outcome: str
    held: bool
    due: Due | None
    promised: list[tuple[str, str]]
    events: list[Event]
    errors: list[Known]
    leaving: list[Leaving]
    flaws: list[Flaw]
    rules: list[RuleInForce]
    categories: list[str]
    left: int


def retrospective_page(book: Book, change: Change) -> RetrospectivePage:
    """Return what the retrospective of a change shows."""
    told, desk = change.retrospective or Retrospective(), book.desk
    leaving, left_rules = list(_leaving(book, change)), rules(book, change)
    held = told.held is not None and told.held <= book.now.date()
    return RetrospectivePage(
        change=change,
        kind=desk.kinds[change.kind],
        told=told,
        outcome=OUTCOME_WORDS[told.outcome] if told.outcome else "",
        held=held,
        due=None if held or change.status != "stable" else due_of(retrospective_due(change, book), book.now),
        promised=list(_promised(book, change)),
        events=sorted(_events(book, change), key=lambda event: event.at.timestamp()),
        errors=errors_of(book, change),
        leaving=leaving,
        flaws=[Flaw(item, desk.teams[item.owner], _playbook(book, item.fixed_in)) for item in told.gaps],
        rules=left_rules,
        categories=[desk.categories[name].name for name in change.affects.categories],
        left=sum(bool(item.open) for item in leaving) + sum(not item.fixed_in for item in told.gaps) + len(left_rules),
    )


def _promised(book: Book, change: Change) -> Iterator[tuple[str, str]]:
    """Yield what was known and signed before the change was made: a label, and what was said."""
    kind, teams, now = book.desk.kinds[change.kind], book.desk.teams, book.now
    yield f"{kind.risk.capitalize()} support risk", kind.driver
    named = (*change.affects.groups, *change.affects.partners)
    if named:
        yield "Affected", ", ".join(book.desk.audience(name).name for name in named)
    if tried := tried_words(book, change):
        yield "Tested", tried
    reviews = ((change.compliance, "Privacy", "reviewed_by"), (change.safety, "Clinical safety", "assessed_by"))
    for section, label, by in reviews:
        if section and section.at:
            yield label, f"{teams[getattr(section, by)].name}, {day_words(section.at, now)}"
    for made in [item for item in _decisions(change) if item.decision == "go"][-1:]:
        yield "Go", f"{teams[made.by].name}, {time_words(made.at, now)}. {made.reason or ''}".strip()
    for waiver in change.waivers:
        yield "Waived", waiver.reason


def _events(book: Book, change: Change) -> Iterator[Event]:
    """Yield what happened to a change from its first window on, in no order."""
    desk, back = book.desk, change.go_no_go.at.date() if change.go_no_go and change.status == "rolled-back" else None
    ends = back or change.stable or change.closed or book.now.date()
    for moved in change.postponed:
        yield _day(book, moved.at, f"Postponed from {time_words(moved.from_, book.now)}", moved.why or "")
    for made in _decisions(change):
        if made.decision not in ("pending", "go"):
            yield Event(made.at, f"{DECISION_WORDS[made.decision]}, {desk.teams[made.by].name}", made.reason or "")
    for span in spans_of(change):
        phase = f" of {span.name}" if isinstance(span, Phase) else ""
        yield Event(span.start, f"Go-live{phase}", f"Until {span.end:%H:%M}")
    for word in updates_of(book, change):
        yield Event(word.at, word.words, word.text)
    since = change.window.start if change.window else book.now
    touched = {*change.affects.systems, *change.affects.partners}
    for topic in outages_told(book):
        if touched.intersection((topic.id, *topic.systems)):
            for word in topic.words:
                if since <= word.at and word.at.date() <= ends:
                    yield Event(word.at, f"{topic.name}: {word.words}", word.text)
    for rule in change.queue_rules:
        if rule.removed and rule.removed <= book.now.date():
            yield _day(book, rule.removed, "Queue rule removed", rule.what)
    for day, what in ((change.stable, "Stable"), (change.closed, "Closed")):
        if day and day <= book.now.date():
            yield _day(book, day, what)


def _decisions(change: Change) -> tuple[FormerDecision | Decision, ...]:
    return change.go_no_go.history if change.go_no_go else ()


def _day(book: Book, day: date, what: str, text: str = "") -> Event:
    return Event(datetime.combine(day, time.max, book.now.tzinfo), what, text, timed=False)


def _leaving(book: Book, change: Change) -> Iterator[Leaving]:
    # A repeat takes over what was decided on when the first was closed.
    own = change.playbooks_by_id() if change.urgency != "standard" else {}
    for name, playbook in own.items():
        still = undecided(playbook, book.desk.scenarios[playbook.scenario])
        yield Leaving(
            playbook=Link(playbook_title(playbook, book), change_address(change.id, "playbooks", name)),
            folded=[_words(key) for key in own_guidance(playbook) if key in playbook.folded],
            open=[_words(key) for key in still],
            dropped=playbook.dropped or "",
            command=f'changebook fold {change.id} {name} {" ".join(still)} --drop "REASON"',
        )


def _playbook(book: Book, name: str | None) -> Link | None:
    scenario = book.desk.scenarios.get(name or "")
    return playbook_link(book, scenario.id, change=None) if scenario else None


def _words(key: str) -> str:
    return _KEYS.get(key, key.replace("_", " "))
