"""What a playbook has an analyst do and say: its checks, whom they call, and the links between playbooks."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.book.answers import playbook_named
from changebook.book.codes import reference
from changebook.book.folding import still_different
from changebook.model import Change, Playbook, Scenario
from changebook.model.playbook import Check, Result
from changebook.model.status import NEW
from changebook.model.text import OUTCOMES
from changebook.names import change_address, scenario_address
from changebook.views.calls import Call, Item, both, calls_of


@dataclass(frozen=True)
class Link:
    """A page's title and address."""

    title: str
    address: str


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
class ReadGuidance:
    """What a playbook has an analyst do and say, and what its change adds to it, if anything."""

    new: Playbook | None
    reference: str
    queue: str
    callers_say: list[Item[str]]
    checks: list[CheckRow]
    first_response: str
    calls: list[Call]


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


def guidance_of(book: Book, scenario: Scenario, *, change: Change | None = None, name: str = "") -> ReadGuidance:
    """Return what the general playbook of `scenario` says, or that of `change` over it: the first, or the one with the
    id `name`. Lists of the change go before the general ones, its texts replace them.
    """
    own = change and change.playbook_for(name or scenario.id)
    new = still_different(own, scenario, repeats=change.status in NEW) if change and own else None
    file_as = scenario.filed(new)
    queue = file_as.queue or book.desk.teams[book.desk.categories[file_as.category].team].queue
    calls = calls_of(both(new.escalate if new else (), scenario.escalate), book, scenario=scenario, queue=queue)
    return ReadGuidance(
        new=new,
        reference=reference(scenario, change),
        queue=queue,
        callers_say=both(new.callers_say if new else (), scenario.callers_say),
        checks=_checks(new, scenario, book, change=change, calls=calls),
        first_response=(new and new.first_response) or scenario.first_response,
        calls=calls,
    )


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
