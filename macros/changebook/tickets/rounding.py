"""Figures as people round them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, places: int = 0) -> Decimal:
    """Return a figure with so many places behind the point; a half is rounded away from zero: 1.75 is 1.8."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
