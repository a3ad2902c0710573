"""What each kind of reader is told at launch, on the release note and as a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from changebook.book import Book
from changebook.book.told import desk_contact, own_words, sentence_for
from changebook.model import Change, Team
from changebook.model.blanks import blanks_in
from changebook.model.change import Audience, Notice
from changebook.readiness import partners_told
from changebook.render.timing import postponed_words, time_words, window_words

TITLES: dict[Audience, str] = {"desk": "For the service desk", "staff": "For staff", "partners": "For partners"}


@dataclass(frozen=True)
class AudienceVersion:
    """The announcement for one kind of reader: who is meant, what is said, and the same as a mail."""

    audience: Audience
    title: str
    readers: tuple[str, ...]
    notice: Notice
    subject: str
    mail: str

    @property
    def mailto(self) -> str:
        """A `mailto:` address that opens the mail, without a recipient."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.mail)}"

    @property
    def whole(self) -> str:
        """The mail with its subject above it, to copy."""
        return f"{self.subject}\n\n{self.mail}"

    @property
    def blanks(self) -> list[str]:
        """The [blanks] that the notice leaves to fill in; brackets elsewhere in the mail are quoted from a screen."""
        return [blank for _, line in self.told for blank in blanks_in(line)]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is said, line by line, each under what it is."""
        said = (("Do", self.notice.do), ("Do not", self.notice.do_not), ("Expected", self.notice.expect))
        return [(word, line) for word, lines in said for line in lines]


@dataclass(frozen=True)
class Announced:
    """The announcement of a change in its versions, and the team that sends it."""

    sender: Team | None
    versions: list[AudienceVersion]


def announced(book: Book, change: Change) -> Announced:
    """Return what is announced of a change; only versions that the record holds."""
    notices: list[tuple[Audience, Notice | None]] = []
    if change.announcement:
        said = change.announcement
        notices = [("desk", said.desk), ("staff", said.staff), ("partners", said.partners)]
    versions = [_version(book, change, audience, notice) for audience, notice in notices if notice]
    sender = book.desk.teams[change.communications] if change.communications else None
    return Announced(sender, versions)


def _version(book: Book, change: Change, audience: Audience, notice: Notice) -> AudienceVersion:
    desk, affects = book.desk, change.affects
    readers = {
        "desk": (),
        "staff": tuple(desk.groups[name].name for name in affects.groups),
        "partners": tuple(partner.name for partner in partners_told(change, book)),
    }[audience]
    wanted = {"staff": set(affects.groups), "partners": set(affects.partners)}.get(audience)
    shown = [item for item in change.visible if wanted is None or wanted & set(item.for_)]
    seen = tuple(f"{item.what}: {item.after or 'is gone'}" for item in shown)
    subject = f"{change.name}: {_when(change, book.now)}"
    mail = _mail(book, change, audience, notice=notice, seen=seen)
    return AudienceVersion(audience, TITLES[audience], readers, notice, subject, mail)


def _when(change: Change, now: datetime) -> str:
    if change.status == "cancelled":
        return "cancelled, nothing changes"
    if change.status == "rolled-back":
        return "rolled back, everything works as before"
    if not change.window:
        return "no date yet"
    if now >= change.window.end:
        return f"in use since {time_words(change.window.end, now)}"
    words, moved = window_words(change.window, now), postponed_words(change, now)
    return f"{words} ({moved[0].lower()}{moved[1:]})" if moved else words


def _mail(book: Book, change: Change, audience: Audience, *, notice: Notice, seen: tuple[str, ...]) -> str:
    """Return the mail as plain text: every list under its heading, one line an item."""
    when = _when(change, book.now)
    # The desk's sentence says whom to escalate to; others are told once, at the end, whom to contact.
    contact = f"{desk_contact(book, audience)}. Say \u201c{change.name}\u201d."
    blocks = [
        ("", [sentence_for(change, book, audience) if audience == "desk" else own_words(change)]),
        ("When", [when[:1].upper() + when[1:]]),
        ("Why", [change.why] if change.why else []),
        ("What to do", list(notice.do)),
        ("What not to do", list(notice.do_not)),
        ("What looks different", list(seen)),
        ("What to expect", list(notice.expect)),
        ("What stays the same", list(change.unchanged)),
        ("Whom to contact", [contact] if audience != "desk" else []),
    ]
    parts = []
    for heading, items in blocks:
        if items:
            marked = items if not heading or len(items) == 1 else [f"- {item}" for item in items]
            parts.append("\n".join([heading, *marked] if heading else marked))
    return "\n\n".join(parts).replace("`", "")
