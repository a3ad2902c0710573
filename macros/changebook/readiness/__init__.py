"""What keeps a change from being ready. A gap stops no publication; the gate is red while one counts."""

from __future__ import annotations

from changebook.readiness.gap import CHECKPOINTS, CLAIMS, OPEN, Gap, ready_by
from changebook.readiness.gate import Readiness, Waived, gap_words, is_late, readiness
from changebook.readiness.rules import DESK_GAPS, GAPS
from changebook.readiness.tests import REPEAT

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
    "gap_words",
    "is_late",
    "readiness",
    "ready_by",
]
