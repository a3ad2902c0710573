"""The retrospective of a change: what was promised, what happened, and what to decide, made from its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.book.folding import new_items, own_guidance, undecided
from changebook.language import gettext as _
from changebook.model import Change, Kind, Playbook, Scenario, Team
from changebook.model.retrospective import GuideGap, Retrospective
from changebook.names import change_address
from changebook.readiness import readiness, retrospective_due
from changebook.render.timing import day_words, time_words
from changebook.views.assets import tried_words
from changebook.views.due import Due, due_of
from changebook.views.guidance import Link, playbook_link, playbook_title
from changebook.views.happened import Event, decisions, happened
from changebook.views.known_errors import Known, errors_of
from changebook.views.metrics import ChangeMetrics, metrics_on
from changebook.views.outcome import OUTCOME_WORDS
from changebook.views.queue_rules import RuleInForce, rules

_KEYS = {
    "callers_say": "callers' words",
    "keywords": "search words",
    "otherwise": "signs of something else",
    "file_as": "how it is filed",
    "escalate": "whom to call",
}


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
    metrics: ChangeMetrics | None
    leaving: list[Leaving]
    flaws: list[Flaw]
    rules: list[RuleInForce]
    categories: list[str]
    left: int


@dataclass(frozen=True)
class LateRetrospective:
    """A change whose retrospective should have been held, the team that holds it, and since when."""

    change: Change
    owner: Team
    due: Due


def late_retrospectives(book: Book) -> list[LateRetrospective]:
    """Return the stable changes whose retrospective is late, the latest first."""
    late = [
        (gap.due, book.changes[name])
        for name, ready in readiness(book).items()
        for gap in ready.counted
        if gap.name == "retrospective-missing" and gap.due and book.changes[name].status == "stable"
    ]
    late.sort(key=lambda item: (item[0].timestamp(), item[1].id))
    return [LateRetrospective(change, book.desk.teams[change.owner], due_of(due, book.now)) for due, change in late]


def retrospective_page(book: Book, change: Change) -> RetrospectivePage:
    """Return what the retrospective of a change shows."""
    told, desk = change.retrospective or Retrospective(), book.desk
    leaving, left_rules = list(_leaving(book, change)), rules(book, change)
    held = told.held is not None and told.held <= book.now.date()
    return RetrospectivePage(
        change=change,
        kind=desk.kinds[change.kind],
        told=told,
        outcome=_(OUTCOME_WORDS[told.outcome]) if told.outcome else "",
        held=held,
        due=None if held or change.status != "stable" else due_of(retrospective_due(change, book), book.now),
        promised=list(_promised(book, change)),
        events=happened(book, change),
        errors=errors_of(book, change),
        metrics=metrics_on(book, change, part="retrospective"),
        leaving=leaving,
        flaws=[Flaw(item, desk.teams[item.owner], _playbook(book, item.fixed_in)) for item in told.gaps],
        rules=left_rules,
        categories=[desk.categories[name].name for name in change.affects.categories],
        left=sum(bool(item.open) for item in leaving) + sum(not item.fixed_in for item in told.gaps) + len(left_rules),
    )


def _promised(book: Book, change: Change) -> Iterator[tuple[str, str]]:
    """Yield what was known and signed before the change was made: a label, and what was said."""
    teams, now = book.desk.teams, book.now
    if change.retrospective and change.retrospective.summary:
        yield _("Announced"), change.sentence
    named = (*change.affects.groups, *change.affects.partners)
    if named:
        yield _("Affected"), ", ".join(book.desk.audience(name).name for name in named)
    if tried := tried_words(book, change):
        yield _("Tested"), tried
    reviews = ((change.compliance, _("Privacy"), "reviewed_by"), (change.safety, _("Clinical safety"), "assessed_by"))
    for section, label, by in reviews:
        if section and section.at:
            yield label, f"{teams[getattr(section, by)].name}, {day_words(section.at, now)}"
    for made in [item for item in decisions(change) if item.decision == "go"][-1:]:
        yield _("Go"), f"{teams[made.by].name}, {time_words(made.at, now)}. {made.reason or ''}".strip()
    for waiver in change.waivers:
        yield _("Waived"), waiver.reason


def _leaving(book: Book, change: Change) -> Iterator[Leaving]:
    # A repeat takes over what was decided on when the first was closed.
    own = change.playbooks_by_id() if change.urgency != "standard" else {}
    for name, playbook in own.items():
        still = undecided(playbook, book.desk.scenarios[playbook.scenario])
        yield Leaving(
            playbook=Link(playbook_title(playbook, book), change_address(change.id, "playbooks", name)),
            folded=list(_folded(playbook, book.desk.scenarios[playbook.scenario])),
            open=[_words(key) for key in still],
            dropped=playbook.dropped or "",
            command=f'changebook fold {change.id} {name} {" ".join(still)} --drop "REASON"',
        )


def _folded(playbook: Playbook, scenario: Scenario) -> Iterator[str]:
    """Yield what of a playbook is general now: its keys, and of lists that are so in part, how many items."""
    for key in own_guidance(playbook):
        own = getattr(playbook, key)
        known = len(own) - len(new_items(key, playbook, scenario)) if isinstance(own, tuple) else 0
        if key in playbook.folded:
            yield _words(key)
        elif known:
            yield _("{words} ({known} of {count})", words=_words(key), known=known, count=len(own))


def _playbook(book: Book, name: str | None) -> Link | None:
    scenario = book.desk.scenarios.get(name or "")
    return playbook_link(book, scenario.id, change=None) if scenario else None


def _words(key: str) -> str:
    return _(_KEYS.get(key, key.replace("_", " ")))
