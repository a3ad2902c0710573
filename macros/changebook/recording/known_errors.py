"""A known error as an edit of its change's record: a new one at the end of the list, or what is new of one."""

from __future__ import annotations

from collections.abc import Mapping

from changebook.editing.lines import Value
from changebook.editing.record import Append, Put
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.names import error_anchor
from changebook.recording.plan import NightStep

# As the record writes them; a new error needs those of `_NEEDED`.
_KEYS = ("title", "scenario", "workaround", "state", "severity", "affected", "tickets", "confusion", "owner")
_NEEDED = {"title": "TITLE", "workaround": "--workaround", "severity": "--severity"}


def known_error_said(change: Change, number: str, said: Mapping[str, Value | None]) -> NightStep:
    """Return the step that writes what is `said` of the known error `number`: one that the record has is changed where
    it says something else, another is added, open and fixed by the owner of the change if nothing else is said.

    Raises ChangebookError where a new one lacks what callers need, and where nothing is said of one that is there.
    """
    given = {key: value for key in _KEYS if (value := said.get(key)) is not None}
    like = error_anchor(change.id, number)
    known = (at for at, item in enumerate(change.known_errors) if error_anchor(change.id, item.number) == like)
    if (place := next(known, None)) is not None:
        if not given:
            raise ChangebookError(f"{change.name} has {number} already; say what is new, such as --state fixed")
        return NightStep(tuple(Put(("known_errors", place, key), value) for key, value in given.items()))
    if missing := [option for key, option in _NEEDED.items() if key not in given]:
        raise ChangebookError(f"{change.name} has no known error {number!r}; to add it, give {' and '.join(missing)}")
    whole = {"state": "open", "owner": change.owner, **given}
    return NightStep((Append(("known_errors",), {"id": number, **{key: whole[key] for key in _KEYS if key in whole}}),))
