"""What of a change's playbook is folded into the general one, and what nobody has decided on."""

from __future__ import annotations

from typing import get_args

from changebook.model import Playbook, Scenario
from changebook.model.folding import Difference


def own_guidance(playbook: Playbook) -> tuple[Difference, ...]:
    """Return the keys of guidance that a change's playbook has, in the model's order."""
    return tuple(key for key in get_args(Difference) if getattr(playbook, key))


def still_different(playbook: Playbook) -> Playbook:
    """Return a change's playbook without what is folded: that is general now."""
    fields = type(playbook).model_fields
    return playbook.model_copy(update={key: fields[key].default for key in playbook.folded})


def undecided(playbook: Playbook, scenario: Scenario) -> tuple[Difference, ...]:
    """Return those of its keys that are neither folded nor dropped, and hold what the general playbook lacks."""
    if playbook.dropped:
        return ()
    left = (key for key in own_guidance(playbook) if key not in playbook.folded)
    return tuple(key for key in left if _is_new(key, playbook, scenario))


def _is_new(key: Difference, playbook: Playbook, scenario: Scenario) -> bool:
    if scenario.downtime and key == "downtime":
        return scenario.downtime.with_change(playbook.downtime) != scenario.downtime
    own, general = getattr(playbook, key), getattr(scenario, key)
    return not set(own) <= set(general) if isinstance(own, tuple) else bool(own != general)
