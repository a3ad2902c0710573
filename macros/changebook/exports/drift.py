"""Which replies of a helpdesk no longer say what the book says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from changebook.book import Book
from changebook.book.codes import TYPED_CODE, codes_gone
from changebook.exports.given_out import HeldReply
from changebook.exports.markup import lines_said
from changebook.exports.responses import Reply, known_references, replies
from changebook.model import Change
from changebook.render.timing import STATUS_WORDS

DriftKind = Literal["changed", "missing", "withdrawn", "unknown"]


@dataclass(frozen=True)
class Drift:
    """One reply that drifted: its reference, its name in the helpdesk or, if it is missing there, in the book, and
    what differs.
    """

    kind: DriftKind
    reference: str
    name: str
    what: str


@dataclass(frozen=True)
class Compared:
    """What a helpdesk holds beside the book: the replies that drifted, how many are the same, how many have no code."""

    drifts: list[Drift]
    same: int
    others: int


def drifted(book: Book, held: Iterable[HeldReply]) -> Compared:
    """Return what drifted: a reply is found by the code and the change in its name, else in its text.

    What helpdesks do to spaces and paragraphs is no drift; a reply without a code is the helpdesk's own.
    """
    known, mine, gone = known_references(book), replies(book), codes_gone(book.desk)
    theirs: dict[str, list[HeldReply]] = {}
    others = 0
    for item in held:
        named = _reference(item, known)
        others += not named
        theirs.setdefault(named, []).append(item)
    theirs.pop("", None)
    drifts: list[Drift] = []
    same = 0
    for reply in mine:
        found = _taken(reply, theirs.get(_today(reply.reference, known), []))
        what = _differs(reply, found)
        same += bool(found and not what and reply.offered)
        if what:
            kind: DriftKind = "missing" if not found else "changed" if reply.offered else "withdrawn"
            drifts.append(Drift(kind, reply.reference, found.name if found else reply.name, what))
    drifts += [_left(named, item, known, gone) for named, items in theirs.items() for item in items if item.offered]
    return Compared(sorted(drifts, key=lambda drift: (drift.reference, drift.name)), same, others)


def _reference(item: HeldReply, known: Mapping[str, Change | None]) -> str:
    """Return what a held reply is named by, today's name in place of a former one; "" if it names no code."""
    longest = sorted(known, key=len, reverse=True)
    for text in (item.name, *reversed(lines_said(item.text))):
        if code := TYPED_CODE.search(text):
            said = f"PB-{int(code[1]):03}{text[code.end() :]}".casefold()
            named = next((one for one in longest if re.match(rf"{re.escape(one.casefold())}(?!\w)", said)), "")
            return _today(named, known) if named else f"PB-{int(code[1]):03}"
    return ""


def _today(named: str, known: Mapping[str, Change | None]) -> str:
    change = known.get(named)
    return f"{named.partition(' ')[0]} {change.name}" if change else named


def _taken(reply: Reply, items: list[HeldReply]) -> HeldReply | None:
    """Take, of the held replies of one reference, the one that is most like `reply`."""
    if not items:
        return None
    best = max(items, key=lambda item: (_same(item, reply), item.name == reply.name, item.offered))
    items.remove(best)
    return best


def _same(item: HeldReply, reply: Reply) -> bool:
    return lines_said(item.text) == lines_said(reply.text)


def _differs(reply: Reply, found: HeldReply | None) -> str:
    """Return in words how a held reply differs from the book's, "" where it does not."""
    if not reply.offered:
        over = f"still offered, and its change is {STATUS_WORDS[reply.status].lower()}"
        return over if found and found.offered else ""
    if not found:
        return "not in the helpdesk"
    if not found.offered:
        return "inactive in the helpdesk"
    if not _same(found, reply):
        return "; ".join(_first_difference(lines_said(found.text), lines_said(reply.text)))
    return "" if found.name == reply.name else f"its name is now {reply.name!r}"


def _first_difference(theirs: list[str], ours: list[str]) -> Iterator[str]:
    at = next((at for at, (one, other) in enumerate(zip(theirs, ours, strict=False)) if one != other), -1)
    there, here = (theirs[at], ours[at]) if at >= 0 else ("", "")
    if at < 0:
        shared = min(len(theirs), len(ours))
        there, here = " ".join(theirs[shared:]), " ".join(ours[shared:])
    if there:
        yield f"helpdesk: {there!r}"
    if here:
        yield f"book: {here!r}"


def _left(named: str, item: HeldReply, known: Mapping[str, Change | None], gone: Mapping[str, str]) -> Drift:
    """Return what is wrong with an offered reply that the book has no response for; `gone` are codes that are gone."""
    change = known.get(named)
    if named in gone:
        instead = f"; {gone[named]} took its place" if gone[named] else ""
        return Drift("withdrawn", named, item.name, f"still offered, and its playbook is gone{instead}")
    if change:
        status = STATUS_WORDS[change.status].lower()
        return Drift(
            "withdrawn", named, item.name, f"still offered, and the change, {status}, has no such response now"
        )
    what = "a second reply of this code" if named in known else "the book has no playbook of this code"
    return Drift("unknown", named, item.name, what)
