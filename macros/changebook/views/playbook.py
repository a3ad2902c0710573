"""One playbook as an analyst reads it: the general guidance and what differs while a change is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from changebook.book import Book
from changebook.book.answers import playbook_named
from changebook.book.codes import reference
from changebook.book.folding import still_different
from changebook.model import Category, Change, Playbook, Scenario, Team
from changebook.model.playbook import TOLD, Check, FileAs, Result, Severity
from changebook.model.text import OUTCOMES
from changebook.names import change_address, scenario_address
from changebook.views.by_hand import ByHand, by_hand
from changebook.views.calls import Call, Item, both, calls_of
from changebook.views.causes import Cause, causes
from changebook.views.due import ReviewDue, review_due
from changebook.views.harm import PossibleHarm, harm_of
from changebook.views.sayings import in_one_row

CAUSES_SHOWN = 8


@dataclass(frozen=True)
class Link:
    """A page's title and address."""

    title: str
    address: str


@dataclass(frozen=True)
class Elsewhere:
    """A sign that it is another scenario, and the playbook to read then."""

    when: str
    playbook: Link


@dataclass(frozen=True)
class OutcomeRow:
    """One result of a check: its sign, what to do, and its verb, with whom to call or the playbook to go to."""

    sign: str
    do: str
    verb: str
    call: Call | None
    playbook: Link | None


@dataclass(frozen=True)
class CheckRow:
    """One check as it is shown, and whether the change adds it."""

    do: str
    is_new: bool
    outcomes: list[OutcomeRow]


@dataclass(frozen=True)
class PlaybookPage:
    """Everything the playbook page shows, in its order."""

    title: str
    reference: str
    address: str
    change: Change | None
    scenario: Scenario
    owner: Team
    review: ReviewDue
    usual: int
    callers_say: list[Item[str]]
    codes: list[Item[str]]
    elsewhere: list[Elsewhere]
    checks: list[CheckRow]
    first_response: str
    calls: list[Call]
    worse: list[Item[Severity]]
    file_as: FileAs
    category: Category
    queue: str
    workaround: list[Item[str]]
    by_hand: ByHand | None
    rollback: list[Item[str]]
    causes: list[Cause]
    more_causes: int
    harm: PossibleHarm | None

    @property
    def sayings(self) -> int:
        """How many of what callers say are shown at once, the first ones."""
        return in_one_row((item.value for item in self.callers_say), under_change=bool(self.change))

    @property
    def grave(self) -> list[Item[Severity]]:
        """The triggers of severity 1 and 2; all of them where none is."""
        return [item for item in self.worse if item.value.level <= TOLD] or self.worse

    def folded(self, items: list[Item[Any]], *, shown: int) -> list[Item[Any]]:
        """Return what is folded away of `items` after the first `shown`; of a change, only what it adds itself."""
        return [item for item in items[shown:] if item.is_new or not self.change]


def playbook_title(playbook: Playbook, book: Book) -> str:
    """Return the title of a change's playbook: its own, else its scenario's."""
    return playbook.title or book.desk.scenarios[playbook.scenario].title


def playbook_link(book: Book, name: str, *, change: Change | None, code: str = "") -> Link:
    """Return the page to read for the scenario `name`: the playbook of `change` where it has one, else the general one.

    Of several, it is the one that `code` leads to, else the first; `name` may also be the id of any of them.
    """
    own = playbook_named(change, name, code=code) if change else ""
    playbook = change.playbook_for(own) if change else None
    if change and playbook:
        return Link(playbook_title(playbook, book), change_address(change.id, "playbooks", own))
    return Link(book.desk.scenarios[name].title, scenario_address(name))


def usual_severity(scenario: Scenario, playbook: Playbook | None = None) -> int:
    """Return the severity level a symptom usually has: the priority its ticket is usually filed with."""
    return scenario.filed(playbook).priority


def playbook_page(book: Book, scenario: Scenario, *, change: Change | None = None, name: str = "") -> PlaybookPage:
    """Return the general playbook of `scenario`, or that of `change` over it: the first, or the one with the id `name`.

    Lists of the change go before the general ones, its texts replace them.
    """
    name, desk = name or scenario.id, book.desk
    new = still_different(own, scenario) if change and (own := change.playbook_for(name)) else None
    file_as, found = scenario.filed(new), causes(book)[scenario.id]
    category = desk.categories[file_as.category]
    queue = file_as.queue or desk.teams[category.team].queue
    calls = calls_of(both(new.escalate if new else (), scenario.escalate), book, scenario=scenario, queue=queue)
    return PlaybookPage(
        title=playbook_title(new, book) if new else scenario.title,
        reference=reference(scenario, change),
        address=playbook_link(book, name, change=change).address,
        change=change,
        scenario=scenario,
        owner=desk.teams[scenario.owner],
        review=review_due(scenario.review_by, book.now),
        usual=usual_severity(scenario, new),
        callers_say=both(new.callers_say if new else (), scenario.callers_say),
        codes=both(new.codes if new else (), scenario.codes),
        elsewhere=[
            Elsewhere(item.value.when, playbook_link(book, item.value.scenario, change=change))
            for item in both(new.otherwise if new else (), scenario.otherwise)
        ]
        + (_beside(book, change, scenario.id, name) if change and new else []),
        checks=_checks(new, scenario, book, change=change, calls=calls),
        first_response=(new and new.first_response) or scenario.first_response,
        calls=calls,
        worse=sorted(both(new.severity if new else (), scenario.severity), key=lambda item: item.value.level),
        file_as=file_as,
        category=category,
        queue=queue,
        workaround=both(new.workaround if new else (), scenario.workaround),
        by_hand=by_hand(book, scenario, playbook=new),
        rollback=both(new.rollback if new else (), scenario.rollback),
        causes=found[:CAUSES_SHOWN],
        more_causes=len(found[CAUSES_SHOWN:]),
        harm=harm_of(book, scenario.id, change=change),
    )


def _beside(book: Book, change: Change, scenario: str, name: str) -> list[Elsewhere]:
    """Return the playbooks beside `name` that a change has of a scenario, each by what its callers say first."""
    return [
        Elsewhere(f"The caller says \u201c{one.callers_say[0]}\u201d", playbook_link(book, other, change=change))
        for other, one in change.playbooks_by_id().items()
        if one.scenario == scenario and other != name and one.callers_say
    ]


def _checks(
    new: Playbook | None, scenario: Scenario, book: Book, *, change: Change | None, calls: list[Call]
) -> list[CheckRow]:
    """Return the checks of a change, then the general ones; what escalates calls its own playbook's first team."""

    def row(check: Check, guide: Playbook | Scenario) -> CheckRow:
        first = (guide.called() or scenario.called())[0]
        return CheckRow(check.do, guide is new, [outcome(result, result.to or first) for result in check.results])

    def outcome(result: Result, team: str) -> OutcomeRow:
        verb = result.then if result.then in OUTCOMES else "go"
        return OutcomeRow(
            sign=result.if_,
            do=result.do or "",
            verb=verb,
            call=next(call for call in calls if call.team.id == team) if verb == "escalate" else None,
            playbook=playbook_link(book, result.then, change=change) if verb == "go" else None,
        )

    own = [row(check, new) for check in new.checks] if new else []
    return own + [row(check, scenario) for check in scenario.checks if not new or check not in new.checks]
