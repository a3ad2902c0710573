"""What a change's playbook leaves behind: put into the general playbook, or dropped with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from changebook.book.folding import own_guidance, undecided
from changebook.checking.loading import load_book
from changebook.editing.lines import Value
from changebook.editing.record import Action, Append, Prepend, Put, record_edit
from changebook.errors import ChangebookError
from changebook.model import Change, Playbook, Scenario
from changebook.model.folding import Difference
from changebook.model.status import MADE
from changebook.names import did_you_mean
from changebook.recording.plan import Clock, Plan, readable, record_called, tried
from changebook.source import load_source
from changebook.source.scalars import Scalar


def plan_fold(
    folder: Path, name: str, playbook: str, keys: Sequence[str], *, drop: str | None, today: str | None, clock: Clock
) -> Plan:
    """Return the edit that puts what `keys` name in a playbook of the change `name` into the general playbook, and
    drops the rest for the reason `drop`. Without keys, everything is folded, or with `drop` nothing. Severity is not
    folded where the general playbook has one of its levels: that keeps its own, and a person decides.

    Raises ChangebookError where there is no such playbook or key, where a key cannot be folded alone, and for a change
    that is not made yet or was rolled back; BookError when a record is wrong or would be after it.
    """
    loaded = load_book(folder, today=today, clock=clock)
    book = readable(loaded)
    change = record_called(loaded, book, name)
    if change.status not in MADE:
        raise ChangebookError(f"{change.name} is {change.status}: nothing of it is general yet")
    if change.status == "rolled-back":
        raise ChangebookError(f"{change.name} was rolled back: nothing of it is general")
    own, place = _found(change, playbook)
    scenario = book.scenario(own.scenario)
    left = undecided(own, scenario)
    known = own_guidance(own)
    if unknown := [key for key in keys if key not in known]:
        raise ChangebookError(f"{playbook} has no {unknown[0]!r} to fold; {did_you_mean(unknown[0], known)}")
    chosen = [key for key in left if key in keys or not (keys or drop)]
    kept = _kept_levels(own, scenario) if "severity" in chosen else ""
    if kept:
        kept += f"; edit it by hand, then run: changebook fold {change.id} {playbook} --drop REASON"
        chosen.remove("severity")
        if not (chosen or drop):
            raise ChangebookError(kept)
    _check_teams(chosen, own, scenario)
    file, general = folder / f"{change.id}.yaml", folder / "desk" / "scenarios" / f"{scenario.id}.yaml"
    values = load_source(file).values or {}
    raw = values["playbooks"][place]
    said: list[Action] = [Append(("playbooks", place, "folded"), key) for key in chosen]
    if drop:
        said.append(Put(("playbooks", place, "dropped"), drop))
    edit = record_edit(file, said, Change)
    folded = [action for key in chosen for action in _folded(key, raw[key], own, scenario)]
    if "escalate" in chosen and set(own.called()) - set(scenario.called()):
        folded = [*_named_teams(scenario), *folded]
    also = (record_edit(general, folded, Scenario),) if folded else ()
    if not said:
        return Plan(edit)
    by_hand: tuple[str, ...] = (kept,) if kept and not drop else ()
    return Plan(edit, elsewhere=tried(edit, folder, today, clock, also=also)[1], also=also, left=by_hand)


def _found(change: Change, playbook: str) -> tuple[Playbook, int]:
    """Return the playbook of a change with the id `playbook`, and its place in the record."""
    ids = list(change.playbooks_by_id())
    if playbook not in ids:
        raise ChangebookError(f"{change.name} has no playbook {playbook!r}; {did_you_mean(playbook, ids)}")
    return change.playbooks[ids.index(playbook)], ids.index(playbook)


def _kept_levels(own: Playbook, scenario: Scenario) -> str:
    """Return why the severity of a playbook cannot be folded, "" where it can: a level has one entry."""
    new = {entry.level for entry in own.severity if entry not in scenario.severity}
    levels = sorted(new & {entry.level for entry in scenario.severity})
    if not levels:
        return ""
    return f"severity: the general playbook has its own level {' and '.join(map(str, levels))}"


def _check_teams(keys: Sequence[Difference], own: Playbook, scenario: Scenario) -> None:
    """Raise ChangebookError where checks are folded that call a team that the general playbook would not name."""
    if "checks" not in keys or "escalate" in keys:
        return
    new = [check for check in own.checks if check not in scenario.checks]
    results = [result for check in new for result in check.results if result.then == "escalate"]
    called = {result.to or next(iter(own.called()), "") for result in results} - {"", *scenario.called()}
    if called:
        teams = " and ".join(sorted(called))
        raise ChangebookError(f"its checks call {teams}, whom {scenario.id} does not; fold escalate too")


def _folded(key: Difference, value: Any, own: Playbook, scenario: Scenario) -> Iterator[Action]:
    """Yield what puts the `value` of a key into a scenario: checks before its own, as on the change's page, items of
    other lists after them, and texts in place of them.
    """
    if isinstance(value, list):
        mine, general = getattr(own, key), getattr(scenario, key)
        items = [_plain(item) for item, read in zip(value, mine, strict=True) if read not in general]
        if key == "checks":
            yield from (Prepend((key,), _with_team(item, own)) for item in reversed(items))
        else:
            yield from (Append((key,), item) for item in items)
    elif isinstance(value, dict):
        yield from (Put((key, inner), _plain(one)) for inner, one in value.items())
    else:
        yield Put((key,), _plain(value))


def _named_teams(scenario: Scenario) -> Iterator[Action]:
    """Yield what says, of a scenario with one team, that its results call that one: it is about to have more."""
    for number, check in enumerate(scenario.checks):
        for at, result in enumerate(check.results):
            if result.then == "escalate" and not result.to:
                yield Put(("checks", number, "results", at, "to"), scenario.called()[0])


def _with_team(check: Any, own: Playbook) -> Any:
    """Return a check whose results say whom they call, where the change's own playbook said it for them."""
    called = own.called()
    results = [
        {**result, "to": called[0]} if called and result["then"] == "escalate" and "to" not in result else result
        for result in check["results"]
    ]
    return {**check, "results": results}


def _plain(value: Any) -> Value:
    """Return a value of a file as it is written again: a number bare where it was."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    bare = isinstance(value, Scalar) and value.reads_as and value.isdecimal() and str(int(value)) == value
    return int(value) if bare else str(value)
