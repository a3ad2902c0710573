"""Where readers say that a page is wrong: a mail address, or the forge's issues."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from changebook.characters import shown
from changebook.model import shape
from changebook.model.plain import fault, keyed, plain
from changebook.model.shape import Shape

ISSUES = "issues"
_MAIL = r"[A-Za-z0-9][A-Za-z0-9._%+\-]*@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,63}"


def _feedback(value: Any) -> str:
    text = keyed(plain(value).strip())
    if text != ISSUES and not re.fullmatch(_MAIL, text):
        raise fault(f"{shown(text)} is not an email address; write one, such as knowledge@example.org, or {ISSUES}")
    return text


Feedback = Annotated[
    str, BeforeValidator(_feedback), Shape(f"an email address, or `{ISSUES}`", shape.pattern(f"{ISSUES}|{_MAIL}"))
]
