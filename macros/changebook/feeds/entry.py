"""A feed and its entries, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from changebook.render import Block

# Entries in a feed: the newest. Readers keep what they have fetched.
NEWEST = 50
# By the id of a change: the one it had first, of which the keys of its entries are made.
FirstIds = Mapping[str, str]


@dataclass(frozen=True)
class FeedEntry:
    """What a feed tells: `key` is the same for as long as it is about the same thing, `address` its page on the site,
    `updated` when what it says last changed (aware), and `says` its text.
    """

    key: str
    title: str
    address: str
    updated: datetime
    says: Block


@dataclass(frozen=True)
class Feed:
    """A feed at `path` on the site, about the page at `address`, its newest entries first."""

    path: str
    title: str
    address: str
    entries: tuple[FeedEntry, ...]


def feed(path: str, title: str, address: str, entries: list[FeedEntry]) -> Feed:
    """Return a feed of the newest of `entries`."""
    newest = sorted(entries, key=lambda entry: (-entry.updated.timestamp(), entry.key))
    return Feed(path, title, address, tuple(newest[:NEWEST]))
