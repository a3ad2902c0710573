"""The announcement of a change line by line, each list under its heading: what its mail and every channel say."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.book.told import ROLLED_BACK, desk_contact, own_words, sentence_for
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.change import Audience, Visible
from changebook.model.notices import Notice
from changebook.model.status import GONE
from changebook.render.phasing import ReaderDates
from changebook.views.dates import when_lines
from changebook.views.versions import endings

# What is said under one heading, "" for what comes first; each item is a line of its own.
SaidUnder = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mailed:
    """What can be sent: its subject, and what is said in it."""

    subject: str
    blocks: tuple[SaidUnder, ...]

    @property
    def mail(self) -> str:
        """All of it as the text of a mail: every list under its heading, one line an item."""
        parts = []
        for heading, items in self.blocks:
            marked = items if not heading or len(items) == 1 else [f"- {item}" for item in items]
            parts.append("\n".join([heading, *marked] if heading else marked))
        return "\n\n".join(parts)

    @property
    def whole(self) -> str:
        """The mail with its subject above it, to copy."""
        return f"{self.subject}\n\n{self.mail}"


def announcement_lines(
    book: Book,
    change: Change,
    *,
    audience: Audience,
    notice: Notice,
    wanted: tuple[str, ...] | None,
    dates: list[ReaderDates],
) -> tuple[SaidUnder, ...]:
    """Return what is announced to those who see what `wanted` see (None: everything) and have these `dates`, each list
    under its heading, without back-ticks.
    """
    seen = () if change.is_outdated else change.visible
    shown = [item for item in seen if wanted is None or set(wanted) & set(item.for_)]
    former = _former_versions(book, change, wanted) if audience == "partners" and wanted else []
    # The desk's sentence says whom to escalate to; others are told once, at the end, whom to contact.
    contact = _("{contact}. Say “{name}.”", contact=desk_contact(book, audience), name=change.name)
    said = sentence_for(change, book, audience) if audience == "desk" else own_words(change)
    blocks = [
        ("", [ROLLED_BACK if change.is_outdated else said]),
        (_("When"), when_lines(book, change, dates=dates)),
        (_("Why"), [change.why] if change.why and audience != "partners" and not change.is_outdated else []),
        (_("What to do"), list(notice.do)),
        (_("What not to do"), list(notice.do_not)),
        (_("Version"), former),
        (_("What looks different"), list(map(_seen, shown))),
        (_("What to expect"), list(notice.expect)),
        (_("What stays the same"), list(change.unchanged) if audience != "patients" else []),
        (_("Whom to contact"), [contact] if audience != "desk" else []),
    ]
    return tuple((heading, tuple(item.replace("`", "") for item in items)) for heading, items in blocks if items)


def _seen(item: Visible) -> str:
    """Return what looks different, in a line; who looks for the former name of a field reads it."""
    former = (
        _(" (was {before})", before=item.before.removesuffix(".")) if item.change == "renamed" and item.before else ""
    )
    return f"{item.what}{former}: {item.after or _('is gone')}"


def _former_versions(book: Book, change: Change, partners: tuple[str, ...]) -> list[str]:
    """Return, for partners, how long each former version of what they exchange answers: of exchanges with one of their
    systems, if there are any, else of all.
    """
    found = list[str]()
    systems = {name for partner in partners for name in book.desk.partners[partner].systems}
    own = [exchange for exchange in change.contract if systems & {exchange.from_, exchange.to}]
    for exchange in (own or change.contract) if change.status not in GONE else ():
        if version := exchange.version:
            found += [*endings(version, book.now), *([version.credentials] if version.credentials else [])]
    return list(dict.fromkeys(found))
