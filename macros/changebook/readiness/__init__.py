"""What keeps a change from being ready. A gap stops no publication; the gate says no while one counts."""

from __future__ import annotations

from changebook.readiness.evidence import GRAVE, Standing, is_held, last_rehearsals, rehearsed_playbook, standing
from changebook.readiness.gap import CHECKPOINTS, Gap, end_of_day, ready_by, retrospective_due
from changebook.readiness.gate import Readiness, Waived, by_due, gap_words, is_late, is_settled, readiness
from changebook.readiness.notices import first_told, partners_told
from changebook.readiness.rules import change_rules, desk_rules, gap_names, gap_rule, own_gap_rules
from changebook.readiness.said import offered_sentence, sentences
from changebook.readiness.sections import is_empty
from changebook.readiness.support_tests import (
    REPEAT,
    Stage,
    article_of,
    is_slow,
    last_run,
    not_in_production,
    passed_in,
    passes,
)
from changebook.readiness.urgency import owed_by, required
from changebook.readiness.waivers import waived_on

__all__ = [
    "CHECKPOINTS",
    "GRAVE",
    "REPEAT",
    "Gap",
    "Readiness",
    "Stage",
    "Standing",
    "Waived",
    "article_of",
    "by_due",
    "change_rules",
    "desk_rules",
    "end_of_day",
    "first_told",
    "gap_names",
    "gap_rule",
    "gap_words",
    "is_empty",
    "is_held",
    "is_late",
    "is_settled",
    "is_slow",
    "last_rehearsals",
    "last_run",
    "not_in_production",
    "offered_sentence",
    "owed_by",
    "own_gap_rules",
    "partners_told",
    "passed_in",
    "passes",
    "readiness",
    "ready_by",
    "rehearsed_playbook",
    "required",
    "retrospective_due",
    "sentences",
    "standing",
    "waived_on",
]
