"""The public holidays of a region."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module

from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store


@lru_cache(maxsize=8)
def public_holidays(region: str | None, first: int, last: int, language: str) -> Mapping[date, str]:
    """Return the public holidays of a region in some years, with their names in a language, or in the region's own."""
    if not region:
        return {}
    country, _, part = region.partition("-")
    given = {"subdiv": part or None, "years": range(first, last + 1)}
    key, kept = fingerprint("holidays", program(), region, str(first), str(last), language), store()
    try:
        known: Mapping[date, str] = unpack(kept.get([key]).get(key, b""))
    except BrokenError:
        pass
    else:
        return known
    # All countries are imported at once, which takes longer than the rest of a plan.
    holidays = import_module("holidays").country_holidays
    spoken = holidays(country).supported_languages
    own = next((name for name in spoken if name.partition("_")[0] == language), None)
    found = dict(holidays(country, language=own, **given).items())
    kept.put({key: pack(found)})
    return found
