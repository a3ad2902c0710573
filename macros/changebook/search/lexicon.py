"""Shorthand: what analysts type for a word, and what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from changebook.book import Desk
from changebook.names import comparable


def shorthand(desk: Desk) -> dict[str, list[str]]:
    """Return the meanings of each short form, by the letters and digits of its words.

    They are those of the language, which every desk types, and those of the desk's own wording, which come first: what
    a desk means by a short form is all that it means there.
    """
    own = {_key(short): list(item.means) for item in desk.wording.shorthand for short in item.short}
    return everywhere(desk.settings.language) | own


def by_meaning(shorthand: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return meanings that many short forms share, each followed by these as one text, with a comma between two."""
    found: dict[tuple[str, ...], list[str]] = {}
    for short, means in shorthand.items():
        found.setdefault(tuple(means), []).append(short)
    return [[*means, ",".join(shorts)] for means, shorts in found.items()]


@cache
def everywhere(language: str) -> dict[str, list[str]]:
    """Return the meanings of the short forms that ship with the package for a language; there may be none."""
    entries = language_data("shorthand", language) or []
    return {_key(short): entry["means"] for entry in entries for short in entry["short"]}


def language_data(name: str, language: str) -> Any:
    """Return what ships with the package beside the endings of a language; None where nobody wrote it."""
    file = resources.files("changebook.search").joinpath("languages", f"{language}.{name}.yaml")
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) if file.is_file() else None


def _key(short: str) -> str:
    """Return the letters and digits of a short form's words; "..." between them is where others are."""
    around = (" ".join(filter(None, map(comparable, part.split()))) for part in short.split("..."))
    return " ... ".join(around)
