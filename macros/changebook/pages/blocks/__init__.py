"""The macros: what a page in `docs/` can place among its prose.

Each takes the book and the arguments a page writes, and returns a block. The docstrings are what the
handbook prints; the book itself is no argument of a page. An argument that the book does not hold
raises UnknownTermError.
"""

from __future__ import annotations

from collections.abc import Callable

from changebook.pages.blocks.badges import badge
from changebook.pages.blocks.calendar import go_live_calendar
from changebook.pages.blocks.change import (
    change_name,
    contract,
    hub,
    playbook,
    questions,
    release_note,
    scenario,
)
from changebook.pages.blocks.desk import group, partner, system
from changebook.pages.blocks.launch import launch
from changebook.pages.blocks.lists import (
    change_list,
    first_responses,
    group_list,
    kind_table,
    known_errors,
    on_call,
    partner_list,
    question_list,
    release_notes,
    scenario_matrix,
    search_field,
    symptoms,
    systems,
    top_known_errors,
    unanswered_searches,
)
from changebook.pages.blocks.metrics import (
    burden_by_kind,
    change_metrics,
    playbooks_by_use,
    tickets_to_expect,
)
from changebook.pages.blocks.now import now_board, now_strip, updates
from changebook.pages.blocks.readiness import readiness_board, readiness_sheet
from changebook.pages.blocks.retrospective import lessons, retrospective, retrospectives_to_hold
from changebook.pages.blocks.since import changed_since, since_strip
from changebook.pages.blocks.today import (
    heard_today,
    known_outages,
    launches,
    live_changes,
    next_changes,
    recent_changes,
    rules_to_remove,
)
from changebook.pages.blocks.upkeep import missing_articles, stale_articles
from changebook.render import Block

BLOCKS: tuple[Callable[..., Block], ...] = (
    badge,
    burden_by_kind,
    change_list,
    change_metrics,
    change_name,
    changed_since,
    contract,
    first_responses,
    go_live_calendar,
    group,
    group_list,
    heard_today,
    hub,
    kind_table,
    known_errors,
    known_outages,
    launch,
    launches,
    lessons,
    live_changes,
    missing_articles,
    next_changes,
    now_board,
    now_strip,
    on_call,
    partner,
    partner_list,
    playbook,
    playbooks_by_use,
    question_list,
    questions,
    readiness_board,
    readiness_sheet,
    recent_changes,
    release_note,
    release_notes,
    retrospective,
    retrospectives_to_hold,
    rules_to_remove,
    scenario,
    scenario_matrix,
    search_field,
    since_strip,
    stale_articles,
    symptoms,
    system,
    systems,
    tickets_to_expect,
    top_known_errors,
    unanswered_searches,
    updates,
)
