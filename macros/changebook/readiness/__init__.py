"""What keeps a change from being ready. A gap stops no publication; the gate is red while one counts."""

from __future__ import annotations

from changebook.readiness.gap import CHECKPOINTS, CLAIMS, OPEN, Gap, ready_by
from changebook.readiness.gate import Readiness, Waived, gap_words, is_late, readiness
from changebook.readiness.rules import DESK_GAPS, GAPS
from changebook.readiness.sections import is_empty
from changebook.readiness.support_tests import REPEAT, article_of, last_run

__all__ = [
    "CHECKPOINTS",
    "CLAIMS",
    "DESK_GAPS",
    "GAPS",
    "OPEN",
    "REPEAT",
    "Gap",
    "Readiness",
    "Waived",
    "article_of",
    "gap_words",
    "is_empty",
    "is_late",
    "last_run",
    "readiness",
    "ready_by",
]
