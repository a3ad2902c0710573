"""A change with the times of its window written in: `[go-live]`, `[go-live day]` and `[end]`, wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from changebook.model import Change, Record
from changebook.model.blanks import window_blanks
from changebook.model.keys import keys_of
from changebook.model.phases import Window
from changebook.render.timing import day_words, time_words


def dated(change: Change, now: datetime) -> Change:
    """Return `change` as all of its pages, mails and searches say it; without a window its blanks stay."""
    window = change.window
    return _filled(change, lambda text: _words(text, window, now)) if window else change


def _words(text: str, window: Window, now: datetime) -> str:
    blanks = list(window_blanks(text))
    if not blanks:
        return text
    start, end = window.start, window.end
    words = {
        "[go-live]": time_words(start, now),
        "[go-live day]": day_words(start, now),
        "[end]": time_words(end, now),
    }
    for blank in reversed(blanks):
        text = text[: blank.start()] + words[blank[0]] + text[blank.end() :]
    return text


def _filled(record: Record, fill: Callable[[str], str]) -> Any:
    """Return `record` with `fill` done to its sentences, the same record where that changes none."""
    new: dict[str, Any] = {}
    for key in keys_of(type(record)):
        if key.inner or (key.shape and key.shape.sentence):
            old = getattr(record, key.name)
            if old and (made := _value(old, fill)) is not old:
                new[key.name] = made
    return record.model_copy(update=new) if new else record


def _value(value: Any, fill: Callable[[str], str]) -> Any:
    """Return a value with `fill` done to its sentences, the same one where that changes none."""
    if isinstance(value, str):
        made = fill(value)
        return made if made != value else value
    if isinstance(value, Record):
        return _filled(value, fill)
    if isinstance(value, tuple):
        items = tuple(_value(item, fill) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value
