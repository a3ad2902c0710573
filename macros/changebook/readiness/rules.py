"""All rules of the gate; the docstring of each is printed in the handbook."""

from __future__ import annotations

from changebook.readiness.card import gap_card
from changebook.readiness.evidence import gap_briefing, gap_decision, gap_rehearsals
from changebook.readiness.gap import Rule
from changebook.readiness.hollow import gap_hollow, gap_placeholders
from changebook.readiness.said import gap_answers, gap_callers_words, gap_claimed_keys, gap_sentence
from changebook.readiness.sections import (
    gap_affects,
    gap_announcement,
    gap_compliance,
    gap_dates,
    gap_rollback,
    gap_sections,
    gap_watch,
)
from changebook.readiness.tests import gap_runs, gap_tests
from changebook.readiness.waivers import gap_waivers

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
    gap_hollow,
    gap_placeholders,
    gap_rehearsals,
    gap_rollback,
    gap_runs,
    gap_sections,
    gap_sentence,
    gap_tests,
    gap_waivers,
    gap_watch,
)
