"""How far a change is, and the sets of statuses that rules and pages ask about: each is defined here only."""

from __future__ import annotations

from typing import Literal

Status = Literal["draft", "ready", "live", "stable", "closed", "rolled-back", "cancelled"]
# How fast a change must be made, and with that what it may owe until afterwards.
Urgency = Literal["planned", "standard", "expedited", "emergency"]
# These wait for no board and no lead time.
HURRIED: tuple[Urgency, ...] = ("expedited", "emergency")

PLANNED: tuple[Status, ...] = ("draft", "ready")
# The desk works with these now.
IN_USE: tuple[Status, ...] = ("live", "stable")
# Each claims that support is ready.
CLAIMS: tuple[Status, ...] = ("ready", *IN_USE)
# Still to be got ready, or watched.
OPEN: tuple[Status, ...] = ("draft", *CLAIMS)
# Gaps are looked for in these: a change that is closed needs what it needed while it was live.
GATED: tuple[Status, ...] = (*OPEN, "closed")
# Still news to callers and desk.
NEW: tuple[Status, ...] = (*PLANNED, "live")
# No longer new, and callers may still ask.
SETTLED: tuple[Status, ...] = ("stable", "closed", "rolled-back")
# The window has begun.
MADE: tuple[Status, ...] = ("live", *SETTLED)
# Nothing is released under these, so nothing is go.
GONE: tuple[Status, ...] = ("cancelled", "rolled-back")
