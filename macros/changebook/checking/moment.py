"""The moment that somebody asks about, as they write it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from changebook.errors import ChangebookError
from changebook.model.scalar import in_zone


def moment_in(text: str, zone: ZoneInfo) -> datetime:
    """Return the time, or the beginning of the day, that `text` names; raise ChangebookError when it is neither."""
    moment = text if " " in text or "T" in text else " ".join((text, "00:00"))
    try:
        return in_zone(moment, zone)
    except PydanticCustomError as error:
        raise ChangebookError(error.message().replace(moment, text)) from error
