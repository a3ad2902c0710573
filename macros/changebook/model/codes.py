"""The code of a playbook: three digits, more where a desk has a thousand playbooks."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from changebook.characters import shown
from changebook.model import shape
from changebook.model.plain import fault, keyed, plain
from changebook.model.shape import Shape

_CODE = r"PB-[0-9]{3,5}"


def _code(value: Any) -> str:
    text = keyed(plain(value).strip())
    if not re.fullmatch(_CODE, text):
        raise fault(f"{shown(text)} is not a playbook's code; write PB- and three digits, such as PB-014")
    return text


PlaybookCode = Annotated[str, BeforeValidator(_code), Shape("a playbook's code", shape.pattern(_CODE), word=True)]
