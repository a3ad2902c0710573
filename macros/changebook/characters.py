"""Characters that a reader cannot see, or that turn text round: a reviewer would not see what is published."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\u00ad\u2028\u2029\x7f-\x9f]"
)


def hidden_in(text: str) -> re.Match[str] | None:
    """Return where the first such character stands in `text`, or None."""
    return _HIDDEN.search(text)
