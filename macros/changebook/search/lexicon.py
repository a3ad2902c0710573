"""Shorthand: what analysts type for a word, and what it means."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from changebook.book import Desk
from changebook.names import comparable


def shorthand(desk: Desk) -> dict[str, list[str]]:
    """Return the meanings of each short form, by the letters and digits of its words.

    They are those of `lexicon.yaml`, which every desk types, and those of the desk's own wording, which come first:
    what a desk means by a short form is all that it means there.
    """
    own = {_key(short): list(item.means) for item in desk.wording.shorthand for short in item.short}
    return everywhere() | own


@cache
def everywhere() -> dict[str, list[str]]:
    """Return the meanings of the short forms that ship with the package."""
    text = resources.files("changebook.search").joinpath("lexicon.yaml").read_text("utf-8")
    entries = yaml.load(text, Loader=yaml.CSafeLoader)
    return {_key(short): entry["means"] for entry in entries for short in entry["short"]}


def _key(short: str) -> str:
    return " ".join(filter(None, map(comparable, short.split())))
