"""Feeds as Atom documents (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from changebook.feeds.entry import Feed, FeedEntry
from changebook.render import Renderer

_ATOM = "http://www.w3.org/2005/Atom"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed_files(
    feeds: Iterable[Feed], renderer: Renderer, *, whose: str, site: str, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """Yield each feed as a file: its path on the site and what is in it.

    `whose` is the organization; ids follow from it and from what an entry is about, so that moving the site makes no
    entry new. `site` is the site's address, "" where nobody says: links then lead on from the feed. Nothing was
    updated later than `now` (aware), and a feed without entries then.
    """
    for feed in feeds:
        root = site or "../" * feed.path.count("/")
        past = tuple(replace(entry, updated=min(entry.updated, now)) for entry in feed.entries)
        yield feed.path, _document(replace(feed, entries=past), renderer, whose, root, now)


def _document(feed: Feed, renderer: Renderer, whose: str, root: str, now: datetime) -> bytes:
    top = ET.Element("feed", xmlns=_ATOM)
    _add(top, "id", _id(whose, feed.path))
    _add(top, "title", feed.title)
    _add(top, "updated", _time(max((entry.updated for entry in feed.entries), default=now)))
    _add(ET.SubElement(top, "author"), "name", whose)
    ET.SubElement(top, "link", rel="self", type="application/atom+xml", href=f"{root}{feed.path}")
    ET.SubElement(top, "link", rel="alternate", type="text/html", href=f"{root}{feed.address}")
    for entry in feed.entries:
        _add_entry(top, entry, renderer, whose, root)
    ET.indent(top)
    return f"{_DECLARATION}{ET.tostring(top, encoding='unicode')}\n".encode()


def _add_entry(top: ET.Element, entry: FeedEntry, renderer: Renderer, whose: str, root: str) -> None:
    one = ET.SubElement(top, "entry")
    _add(one, "id", _id(whose, entry.key))
    _add(one, "title", entry.title)
    _add(one, "updated", _time(entry.updated))
    ET.SubElement(one, "link", rel="alternate", type="text/html", href=f"{root}{entry.address}")
    _add(one, "content", renderer.html(entry.says, root=root).strip()).set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = text
    return child


def _id(whose: str, key: str) -> str:
    return uuid5(uuid5(NAMESPACE_URL, f"changebook:{whose}"), key).urn


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
