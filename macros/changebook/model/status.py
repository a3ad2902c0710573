"""How far a change is, and the sets of statuses that rules and pages ask about: each is defined here only."""

from __future__ import annotations

from typing import Literal

Status = Literal["draft", "ready", "live", "stable", "closed", "rolled-back", "cancelled"]

PLANNED: tuple[Status, ...] = ("draft", "ready")
# The desk works with these now.
IN_USE: tuple[Status, ...] = ("live", "stable")
# Each claims that support is ready.
CLAIMS: tuple[Status, ...] = ("ready", *IN_USE)
# Gaps are looked for in these.
OPEN: tuple[Status, ...] = ("draft", *CLAIMS)
# Still news to callers and desk.
NEW: tuple[Status, ...] = (*PLANNED, "live")
# No longer new, and callers may still ask.
SETTLED: tuple[Status, ...] = ("stable", "closed", "rolled-back")
# The window has begun.
MADE: tuple[Status, ...] = ("live", *SETTLED)
# Nothing is released under these, so nothing is go.
GONE: tuple[Status, ...] = ("cancelled", "rolled-back")
