"""What makes the desk's own records wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from changebook.book import Book
from changebook.book.codes import codes_used, next_code
from changebook.checks.playbooks import all_guides
from changebook.model import Group, Partner, Record, Scenario, System, Team
from changebook.model.feedback import ISSUES
from changebook.model.text import OUTCOMES
from changebook.names import anchor, did_you_mean
from changebook.source.events import Steps
from changebook.source.places import Spot


def check_backups(book: Book) -> Iterator[tuple[Spot, str]]:
    """A backup is a different team from the one it covers for: of a team, a scenario or an escalation. A scenario that
    escalates to its owner names its own backup there too.
    """
    desk = book.desk
    owned: tuple[Team | Scenario, ...] = (*desk.teams.values(), *desk.scenarios.values())
    for record in owned:
        owner = record.owner if isinstance(record, Scenario) else record.id
        if record.backup == owner:
            yield book.spot(record, "backup"), f"backup: {owner!r} cannot cover for itself; name another team"
    for guide, steps, owner_of in all_guides(book):
        for number, call in enumerate(guide.escalate):
            if call.to == call.backup:
                spot = book.spot(owner_of, *steps, "escalate", number, "backup")
                yield spot, f"escalate[{number}].backup: {call.to!r} cannot cover for itself; name another team"
            elif isinstance(guide, Scenario) and call.to == guide.owner and guide.backup not in (call.to, call.backup):
                spot = book.spot(guide, "escalate", number, "backup")
                said = f"{call.backup!r}, and the playbook's own backup is {guide.backup!r}; name one team in both"
                yield spot, f"escalate[{number}].backup: {said}"


def check_standing_titles(book: Book) -> Iterator[tuple[Spot, str]]:
    """No two scenarios have the same title: callers' words must lead to one playbook."""
    seen: dict[str, str] = {}
    for scenario in book.desk.scenarios.values():
        first = seen.setdefault(anchor(scenario.title), scenario.id)
        if first != scenario.id:
            yield (
                book.spot(scenario, "title"),
                f"title: {scenario.title!r} is the title of {first}.yaml too; make the two different",
            )


def check_desk_names(book: Book) -> Iterator[tuple[Spot, str]]:
    """No two teams have the same name, nor two systems, user groups or partners: readers tell them apart by it."""
    desk = book.desk
    tables: tuple[Mapping[str, Team | System | Group | Partner], ...] = (
        desk.teams,
        desk.systems,
        desk.groups,
        desk.partners,
    )
    for table in tables:
        seen: dict[str, str] = {}
        for record in table.values():
            first = seen.setdefault(record.name.casefold(), record.id)
            if first != record.id:
                said = f"{record.name!r} is the name of {first!r} too; make the two different"
                yield book.spot(record, "name"), f"name: {said}"


def check_scenario_names(book: Book) -> Iterator[tuple[Spot, str]]:
    """No scenario's file is named `done`, `next` or `escalate`: in a check's `then`, these mean something else."""
    for scenario in book.desk.scenarios.values():
        if scenario.id in OUTCOMES:
            said = f"{scenario.id!r} already means something in a check's 'then'; name the file after its symptom"
            yield book.spot(scenario), f"file name: {said}"


def check_playbook_codes(book: Book) -> Iterator[tuple[Spot, str]]:
    """Every scenario has a code that no other one has. A code stays with its playbook for good, and is not given again
    after it is gone, for old tickets name it: its successor has it under `former_codes`, else `desk/book.yaml` under
    `retired_codes`.
    """
    free = f"the next one that is free is {next_code(codes_used(book.desk))}"
    gone = {code: what for _, _, code, what in _gone(book)}
    seen: dict[str, str] = {}
    for scenario in book.desk.scenarios.values():
        if not scenario.code:
            yield book.spot(scenario), f"code: missing; {free}"
        elif (first := seen.setdefault(scenario.code, scenario.id)) != scenario.id:
            yield book.spot(scenario, "code"), f"code: {scenario.code!r} is the code of {first}.yaml too; {free}"
        elif scenario.code in gone:
            yield book.spot(scenario, "code"), f"code: {scenario.code!r} is {gone[scenario.code]}; {free}"


def check_former_codes(book: Book) -> Iterator[tuple[Spot, str]]:
    """A code that is gone leads to one playbook or to none: it is named once, in `former_codes` or `retired_codes`."""
    seen: dict[str, tuple[Record, str]] = {}
    for record, steps, code, what in _gone(book):
        first, where = seen.setdefault(code, (record, what))
        if first is not record:
            said = f"{code!r} is {where} already; name it in one place"
            yield book.spot(record, *steps), f"{steps[0]}[{steps[1]}]: {said}"


def _gone(book: Book) -> Iterator[tuple[Record, Steps, str, str]]:
    """Yield each code that a playbook had which is gone: the record that names it, the steps to it, and what it is."""
    settings = book.desk.settings
    for number, code in enumerate(settings.retired_codes):
        yield settings, ("retired_codes", number), code, "a retired code of desk/book.yaml"
    for scenario in book.desk.scenarios.values():
        for number, code in enumerate(scenario.former_codes):
            yield scenario, ("former_codes", number), code, f"a former code of {scenario.id}.yaml"


def check_outages(book: Book) -> Iterator[tuple[Spot, str]]:
    """A known outage is of one of the desk's systems or partners. Until it works again it says when the next update is
    due, and that is after its last word.
    """
    desk = book.desk
    for outage in desk.status.values():
        if outage.id not in desk.systems and outage.id not in desk.partners:
            known = (*desk.systems, *desk.partners)
            yield book.spot(outage), f"no system or partner {outage.id!r}; {did_you_mean(outage.id, known)}"
        if outage.state != "ok" and not outage.next_update:
            yield book.spot(outage), "next_update: missing; callers must hear when the next update is due"
        if outage.updated and outage.updated < outage.since:
            yield book.spot(outage, "updated"), "updated: before the outage began; fix one"
        elif outage.next_update and outage.next_update <= outage.said_at:
            when, said = "when" if outage.next_update == outage.said_at else "before", bool(outage.updated)
            what = "it was last updated" if said else "the outage began"
            yield book.spot(outage, "next_update"), f"next_update: due {when} {what}; fix one"


def check_feedback(book: Book) -> Iterator[tuple[Spot, str]]:
    """If feedback goes to the forge's issues, the book names a forge."""
    settings = book.desk.settings
    if settings.feedback == ISSUES and not settings.forge:
        said = f"{ISSUES!r} are the forge's, and there is no forge; add one, or write an email address"
        yield book.spot(settings, "feedback"), f"feedback: {said}"


def check_holidays(book: Book) -> Iterator[tuple[Spot, str]]:
    """No two holidays are on the same day."""
    settings = book.desk.settings
    found: defaultdict[date, list[int]] = defaultdict(list)
    for number, holiday in enumerate(settings.holidays):
        found[holiday.day].append(number)
    for day, (first, *more) in found.items():
        for number, other in ((first, more[0]), *((number, first) for number in more)) if more else ():
            said = f"{day} is the day of holidays[{other}] too, {settings.holidays[other].name!r}; keep one of the two"
            yield book.spot(settings, "holidays", number, "day"), f"holidays[{number}].day: {said}"
