"""What a change's playbook leaves behind: put into the general playbook, or dropped with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from changebook.book.folding import as_general, new_items
from changebook.checking.loading import load_book
from changebook.editing.lines import Value
from changebook.editing.record import Action, Append, Prepend, Put, Remove, record_edit
from changebook.errors import ChangebookError
from changebook.model import Change, Playbook, Scenario
from changebook.model.folding import Difference
from changebook.model.playbook import Severity
from changebook.model.status import MADE
from changebook.names import did_you_mean
from changebook.recording.chosen import Chosen, chosen, same_levels
from changebook.recording.plan import Clock, NotReadyError, Plan, readable, record_called, tried
from changebook.recording.specific import specific_words
from changebook.source import load_source
from changebook.source.scalars import Scalar


def plan_fold(
    folder: Path,
    name: str,
    playbook: str,
    keys: Sequence[str],
    *,
    drop: str | None,
    as_is: bool = False,
    today: str | None,
    clock: Clock,
) -> Plan:
    """Return the edit that puts what `keys` name in a playbook of the change `name` into the general playbook, and
    drops the rest for the reason `drop`. A key may name one item of a list, such as `checks:2`. Without keys,
    everything is folded, or with `drop` nothing. A severity whose level the general playbook has takes its place only
    where it is named by its number.

    Raises NotReadyError where what is folded speaks of this change only, unless `as_is`; ChangebookError where there is
    no such playbook, key or item, where a key cannot be folded alone, and for a change that is not made yet or was
    rolled back; BookError when a record is wrong or would be after it.
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
    folds = chosen(keys, own, scenario, every=not drop)
    asked = () if drop or (keys and "severity" not in keys) else tuple(same_levels(own, scenario))
    if asked and not folds:
        raise NotReadyError("nothing else is left to fold; decide on these levels of severity", asked)
    _check_teams(folds, own, scenario)
    file, general = folder / f"{change.id}.yaml", folder / "desk" / "scenarios" / f"{scenario.id}.yaml"
    raw = (load_source(file).values or {})["playbooks"][place]
    if not as_is:
        _check_words(folds, raw, change)
    said: list[Action] = [
        Append(("playbooks", place, "folded"), key)
        for key, places in folds.items()
        if places is None or places == new_items(key, own, scenario)
    ]
    if drop:
        said.append(Put(("playbooks", place, "dropped"), drop))
    folded = [action for key, places in folds.items() for action in _folded(key, places, raw[key], own, scenario)]
    escalate = folds.get("escalate") or ()
    if {own.escalate[at].to for at in escalate} - set(scenario.called()):
        folded = [*_named_teams(scenario), *folded]
    edits = [record_edit(general, folded, Scenario)] if folded else []
    edits += [record_edit(file, said, Change)] if said or not folded else []
    if not (said or folded):
        return Plan(edits[-1])
    elsewhere = tried(edits[-1], folder, today, clock, also=edits[:-1])[1]
    return Plan(edits[-1], elsewhere=elsewhere, also=tuple(edits[:-1]), left=asked)


def _found(change: Change, playbook: str) -> tuple[Playbook, int]:
    """Return the playbook of a change with the id `playbook`, and its place in the record."""
    ids = list(change.playbooks_by_id())
    if playbook not in ids:
        raise ChangebookError(f"{change.name} has no playbook {playbook!r}; {did_you_mean(playbook, ids)}")
    return change.playbooks[ids.index(playbook)], ids.index(playbook)


def _check_teams(folds: Chosen, own: Playbook, scenario: Scenario) -> None:
    """Raise ChangebookError where checks are folded that call a team that the general playbook would not name."""
    checks = [as_general(own.checks[at], own) for at in folds.get("checks") or ()]
    called = {result.to for check in checks for result in check.results if result.then == "escalate"}
    called -= {None, *scenario.called(), *(own.escalate[at].to for at in folds.get("escalate") or ())}
    if called:
        teams = " and ".join(sorted(called))
        raise ChangebookError(f"its checks call {teams}, whom {scenario.id} does not; fold escalate too")


def _check_words(folds: Chosen, raw: Mapping[str, Any], change: Change) -> None:
    """Raise NotReadyError, with what it found, where what is folded speaks of this change only."""
    found = [
        f"{where}: {words!r}"
        for key, places in folds.items()
        for where, words in specific_words(raw[key], change, place=key)
        if places is None or int(where.removeprefix(f"{key}:").partition(".")[0]) - 1 in places
    ]
    if found:
        texts = f"{len(found)} text{'s are' if len(found) > 1 else ' is'} about {change.name} only"
        remedy = "rewrite them in the record, name other keys or items, or add --as-is"
        raise NotReadyError(f"{texts}, see above; {remedy}. Nothing was changed", found)


def _folded(
    key: Difference, places: list[int] | None, value: Any, own: Playbook, scenario: Scenario
) -> Iterator[Action]:
    """Yield what puts the `value` of a key, of a list what is at `places`, into a scenario: checks before its own, as
    on the change's page, items of other lists after them, and texts in place of them.
    """
    if places is None:
        inner = value.items() if isinstance(value, dict) else [(None, value)]
        yield from (Put((key, name) if name else (key,), _plain(one)) for name, one in inner)
    elif key == "checks":
        yield from (Prepend((key,), _with_team(_plain(value[at]), own)) for at in reversed(places))
    elif key == "severity":
        levels = {entry.level: place for place, entry in enumerate(scenario.severity)}
        for at in places:
            yield from _severity(_plain(value[at]), levels.get(own.severity[at].level))
    else:
        yield from (Append((key,), _plain(value[at])) for at in places)


def _severity(entry: Any, place: int | None) -> Iterator[Action]:
    """Yield what adds a severity, or puts it in place of the one of its level."""
    if place is None:
        yield Append(("severity",), entry)
    else:
        for key in Severity.model_fields:
            steps = ("severity", place, key)
            yield Put(steps, entry[key]) if key in entry else Remove(steps)


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
