"""Messages that would repeat what was refused, without it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from changebook.errors import Problem

_PIECES = re.compile(r"[^\s,;:|^\"'\\()\[\]{}<>=&]+")
# Of a word that a message cuts short, so many letters tell nothing.
_FEW = 3
_HIDDEN = "[hidden]"
# What is in a name with a date of birth, and tells nothing.
_TELLS_NOTHING = frozenset("born date birth dob name patient value".split())


def hushed(text: str, values: Collection[str]) -> str:
    """Return `text`, a message, without any word of `values`, which were refused; it may quote a part of one."""
    return _quoted(tuple(values)).sub(_HIDDEN, text) if values else text


def hushed_problems(problems: Iterable[Problem], values: Collection[str]) -> list[Problem]:
    """Return `problems` without any word of `values` in their messages."""
    if not values:
        return list(problems)
    return [replace(problem, message=hushed(problem.message, values)) for problem in problems]


def hushed_values(values: Any, private: Collection[str]) -> Any:
    """Return plain `values` without any word of `private` in their texts."""
    if isinstance(values, str):
        return hushed(values, private)
    if isinstance(values, dict):
        return {key: hushed_values(value, private) for key, value in values.items()}
    return [hushed_values(value, private) for value in values] if isinstance(values, list | tuple) else values


@lru_cache(maxsize=4)
def _quoted(values: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the words of `values`, whole, as a part of an id, or cut short by a message."""
    words = {word for value in values for word in _PIECES.findall(value) if len(word) > _FEW}
    words -= {word for word in words if word.lower() in _TELLS_NOTHING}
    words |= {part for word in words for part in re.findall(r"[^\W_]{4,}", word)}
    words |= {re.sub(r"\D", "", word) for word in words if sum(sign.isdigit() for sign in word) > _FEW}
    cut = {f"{re.escape(word[:end])}\\.\\.\\." for word in words for end in range(_FEW, len(word))}
    whole = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile("|".join([*whole, *sorted(cut, key=len, reverse=True)]) or r"(?!)", re.I)
