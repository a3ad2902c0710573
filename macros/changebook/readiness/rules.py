"""All rules of the gate; the docstring of each is printed in the handbook."""

from __future__ import annotations

from changebook.readiness.card import gap_card
from changebook.readiness.evidence import gap_briefing, gap_decision, gap_rehearsals, gap_rehearsed
from changebook.readiness.gap import DeskRule, Rule
from changebook.readiness.hollow import gap_texts
from changebook.readiness.playbooks import gap_callers_words, gap_playbooks
from changebook.readiness.said import gap_answers, gap_claimed_keys, gap_sentence
from changebook.readiness.sections import (
    gap_affects,
    gap_announcement,
    gap_compliance,
    gap_dates,
    gap_rollback,
    gap_sections,
    gap_watch,
)
from changebook.readiness.shifts import gap_shifts
from changebook.readiness.support_tests import gap_runs, gap_tests
from changebook.readiness.waivers import gap_waivers
from changebook.readiness.wording import gap_standing_wording, gap_wording

GAPS: tuple[Rule, ...] = (
    gap_affects,
    gap_announcement,
    gap_answers,
    gap_briefing,
    gap_callers_words,
    gap_card,
    gap_claimed_keys,
    gap_compliance,
    gap_dates,
    gap_decision,
    gap_playbooks,
    gap_rehearsals,
    gap_rehearsed,
    gap_rollback,
    gap_runs,
    gap_sections,
    gap_sentence,
    gap_shifts,
    gap_tests,
    gap_texts,
    gap_waivers,
    gap_watch,
    gap_wording,
)
# Gaps of the desk's own playbooks: they are printed, and no change waits for them.
DESK_GAPS: tuple[DeskRule, ...] = (gap_standing_wording,)
