"""What makes a playbook wrong: its checks, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change, Playbook, Scenario
from changebook.model.playbook import Check, Result
from changebook.names import did_you_mean
from changebook.source.events import Steps
from changebook.source.places import Spot

# What somebody with a caller on the line reads at a glance.
DO_WORDS = 14
RESULT_WORDS = 18


def check_otherwise(book: Book) -> Iterator[tuple[Spot, str]]:
    """In `otherwise`, a playbook points to other playbooks, never to itself."""
    for guide, steps, owner in all_guides(book):
        for number, other in enumerate(guide.otherwise):
            if other.scenario == _scenario_of(guide):
                spot = book.spot(owner, *steps, "otherwise", number, "scenario")
                yield (
                    spot,
                    f"otherwise[{number}].scenario: {other.scenario!r} is this same playbook; name another one",
                )


def check_short_checks(book: Book) -> Iterator[tuple[Spot, str]]:
    """A check says what to do in 14 words at most; a result has 18 at most, `if` and `do` together."""
    for guide, steps, owner in all_guides(book):
        for number, check in enumerate(guide.checks):
            if (words := len(check.do.split())) > DO_WORDS:
                said = f"checks[{number}].do: {words} words, {DO_WORDS} at most; name one action, or write two checks"
                yield book.spot(owner, *steps, "checks", number, "do"), said
        for at, result in _results(guide):
            if (words := len(f"{result.if_} {result.do or ''}".split())) > RESULT_WORDS:
                said = f"{_place(at)}: {words} words, {RESULT_WORDS} at most; keep the sign and one step"
                yield book.spot(owner, *steps, *at), said


def check_paths(book: Book) -> Iterator[tuple[Spot, str]]:
    """Every path through the checks ends, and every check is reached: the last check of a scenario has no result
    `next`, each check before the last has one, and no result leads to the page it is on. The last check of a change
    has one too, where those of the scenario follow it.
    """
    for guide, steps, owner in all_guides(book):
        for at, result in _results(guide):
            spot, last = book.spot(owner, *steps, *at, "then"), at[1] == len(guide.checks) - 1
            if result.then == _scenario_of(guide):
                yield spot, f"{_place(at)}.then: {result.then!r} is this same playbook; name another one"
            elif result.then == "next" and last and isinstance(guide, Scenario):
                said = "no check follows the last one; write done, escalate or a scenario"
                yield spot, f"{_place(at)}.then: {said}"
        for number, check in enumerate(guide.checks[:-1]):
            if not _goes_on(check):
                said = f"checks[{number}]: no result leads to the checks below it; write 'then: next' for one of them"
                yield book.spot(owner, *steps, "checks", number), said
        if guide.checks and not _goes_on(guide.checks[-1]) and _follow(guide, book):
            below = f"checks[{len(guide.checks) - 1}]: no result leads to the general checks below it"
            said = f"{below}; write 'then: next' for one of them"
            yield book.spot(owner, *steps, "checks", len(guide.checks) - 1), said


def check_escalations(book: Book) -> Iterator[tuple[Spot, str]]:
    """A result that escalates calls a team under `escalate`, in its playbook or in the general one; `to` says which
    if the playbook has several. No other result has `to`.
    """
    for guide, steps, owner in all_guides(book):
        standing = book.desk.scenarios.get(_scenario_of(guide))
        named = tuple(dict.fromkeys((*guide.called(), *(standing.called() if standing else ()))))
        for at, result in _results(guide):
            if result.to and result.then != "escalate":
                said = f"{_place(at)}.to: 'to' needs 'then: escalate'; write that, or delete 'to'"
                yield book.spot(owner, *steps, *at, "to"), said
            elif result.to and result.to not in named and standing:
                said = f"{_place(at)}.to: no escalate entry goes to {result.to!r}; {did_you_mean(result.to, named)}"
                yield book.spot(owner, *steps, *at, "to"), said
            elif result.then == "escalate" and not result.to and len(teams := guide.called() or named) > 1:
                said = f"{_place(at)}: escalate has several teams; add 'to: TEAM', one of: {', '.join(teams)}"
                yield book.spot(owner, *steps, *at), said


def check_numbers(book: Book) -> Iterator[tuple[Spot, str]]:
    """No check or result has a team's phone number: `then: escalate` and `to` show the number of whoever answers
    at that hour. Neither does a line in a briefing or in the desk's announcement: they name the team, and pages
    add who answers now.
    """
    teams = {team.phone: team for team in book.desk.teams.values()}
    numbers = "|".join(re.escape(phone) for phone in sorted(teams, key=len, reverse=True))
    number = re.compile(rf"(?<![\w-])(?:{numbers})(?![\w-])")
    for guide, steps, owner in all_guides(book):
        for at, key, text in _said(guide):
            if (found := number.search(text)) and (team := teams.get(found[0])):
                remedy = f"write 'then: escalate' and 'to: {team.id}', so that the page says who answers now"
                said = f"{_place(at)}.{key}: says {found[0]}, the number of {team.name}; {remedy}"
                yield book.spot(owner, *steps, *at, key), said
    for change in book.asked:
        for place, text in _told_to_desk(change):
            if (found := number.search(text)) and (team := teams.get(found[0])):
                remedy = "write just its name, pages add the number of whoever answers now"
                said = f"{_place(place)}: says {found[0]}, the number of {team.name}; {remedy}"
                yield book.spot(change, *place), said


def check_downtime(book: Book) -> Iterator[tuple[Spot, str]]:
    """The `downtime` of a change's playbook replaces parts of its scenario's, so the scenario has one."""
    for change in book.asked:
        for number, playbook in enumerate(change.playbooks):
            scenario = book.desk.scenarios.get(playbook.scenario)
            if playbook.downtime and scenario and not scenario.downtime:
                said = f"{scenario.id!r} has no downtime procedure; write it in desk/scenarios/{scenario.id}.yaml"
                yield book.spot(change, "playbooks", number, "downtime"), f"playbooks[{number}].downtime: {said}"


def all_guides(book: Book) -> Iterator[tuple[Scenario | Playbook, Steps, Scenario | Change]]:
    """Yield every scenario and playbook that checks are asked about, the steps to it, and the record that holds it."""
    for scenario in book.desk.scenarios.values():
        yield scenario, (), scenario
    for change in book.asked:
        for number, playbook in enumerate(change.playbooks):
            yield playbook, ("playbooks", number), change


def _scenario_of(guide: Scenario | Playbook) -> str:
    return guide.id if isinstance(guide, Scenario) else guide.scenario


def _results(guide: Scenario | Playbook) -> Iterator[tuple[tuple[str, int, str, int], Result]]:
    for number, check in enumerate(guide.checks):
        for index, result in enumerate(check.results):
            yield ("checks", number, "results", index), result


def _said(guide: Scenario | Playbook) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for number, check in enumerate(guide.checks):
        yield ("checks", number), "do", check.do
    for at, result in _results(guide):
        yield at, "if", result.if_
        yield at, "do", result.do or ""


def _told_to_desk(change: Change) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, text in enumerate(change.briefing.first_15_minutes if change.briefing else ()):
        yield ("briefing", "first_15_minutes", number), text
    notice = change.announcement.desk if change.announcement else None
    for key in ("do", "do_not", "expect") if notice else ():
        for number, text in enumerate(getattr(notice, key)):
            yield ("announcement", "desk", key, number), text


def _follow(guide: Scenario | Playbook, book: Book) -> bool:
    """Return whether general checks come after those of a change on its page."""
    standing = book.desk.scenarios.get(_scenario_of(guide))
    return standing not in (None, guide) and not set(standing.checks) <= set(guide.checks)


def _goes_on(check: Check) -> bool:
    return any(result.then == "next" for result in check.results)


def _place(at: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).removeprefix(".")
