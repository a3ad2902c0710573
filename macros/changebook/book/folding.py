"""What of a change's playbook is folded into the general one, and what nobody has decided on."""

from __future__ import annotations

from typing import Any, get_args

from changebook.model import Playbook, Scenario
from changebook.model.folding import Difference
from changebook.model.playbook import Check


def own_guidance(playbook: Playbook) -> tuple[Difference, ...]:
    """Return the keys of guidance that a change's playbook has, in the model's order."""
    return tuple(key for key in get_args(Difference) if getattr(playbook, key))


def still_different(playbook: Playbook, scenario: Scenario, *, repeats: bool = False) -> Playbook:
    """Return a change's playbook without what is folded, as a whole or item by item: that is general now.

    With `repeats`, items that are general in the same words stay: a change that is new says first what callers ask.
    """
    fields, left = type(playbook).model_fields, dict[str, Any]()
    for key in own_guidance(playbook):
        if key in playbook.folded:
            left[key] = fields[key].default
        elif isinstance(own := getattr(playbook, key), tuple):
            general, new = getattr(scenario, key), new_items(key, playbook, scenario)
            left[key] = tuple(item for place, item in enumerate(own) if place in new or (repeats and item in general))
    return playbook.model_copy(update=left)


def undecided(playbook: Playbook, scenario: Scenario) -> tuple[Difference, ...]:
    """Return those of its keys that are neither folded nor dropped, and hold what the general playbook lacks."""
    if playbook.dropped:
        return ()
    left = (key for key in own_guidance(playbook) if key not in playbook.folded)
    return tuple(key for key in left if _is_new(key, playbook, scenario))


def new_items(key: Difference, playbook: Playbook, scenario: Scenario) -> list[int]:
    """Return the places in a list of a change's playbook of those items that the general playbook lacks."""
    general = getattr(scenario, key)
    return [
        place
        for place, item in enumerate(getattr(playbook, key))
        if item not in general and as_general(item, playbook) not in general
    ]


def as_general(item: Any, playbook: Playbook) -> Any:
    """Return an item of a change's playbook as the general one has it: a check says whom its results call."""
    called = playbook.called()
    if not (isinstance(item, Check) and called):
        return item
    results = [
        result.model_copy(update={"to": called[0]}) if result.then == "escalate" and not result.to else result
        for result in item.results
    ]
    return item.model_copy(update={"results": tuple(results)})


def _is_new(key: Difference, playbook: Playbook, scenario: Scenario) -> bool:
    if scenario.downtime and key == "downtime":
        return scenario.downtime.with_change(playbook.downtime) != scenario.downtime
    own = getattr(playbook, key)
    return bool(new_items(key, playbook, scenario) if isinstance(own, tuple) else own != getattr(scenario, key))
