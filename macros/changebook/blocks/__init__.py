"""The macros: what a page in `docs/` can place among its prose.

Each takes the book and the arguments a page writes, and returns a block. The docstrings are what the
handbook prints; the book itself is no argument of a page. An argument that the book does not hold
raises UnknownTermError.
"""

from __future__ import annotations

from collections.abc import Callable

from changebook.blocks.change import change_name, contract, hub, playbook, questions, release_note, scenario, system
from changebook.blocks.lists import (
    change_list,
    kind_table,
    live_changes,
    next_changes,
    question_list,
    recent_changes,
    release_notes,
    scenario_matrix,
    symptoms,
    systems,
)
from changebook.render import Block

BLOCKS: tuple[Callable[..., Block], ...] = (
    change_list,
    change_name,
    contract,
    hub,
    kind_table,
    live_changes,
    next_changes,
    playbook,
    question_list,
    questions,
    recent_changes,
    release_note,
    release_notes,
    scenario,
    scenario_matrix,
    symptoms,
    system,
    systems,
)
