"""What each kind of reader is told at launch, on the release note and as a mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from changebook.book import Book
from changebook.book.told import desk_contact, own_words, sentence_for
from changebook.model import Change, Team
from changebook.model.blanks import blanks_in
from changebook.model.change import Audience, Notice, Visible
from changebook.model.status import GONE
from changebook.model.timeline import with_outages_of
from changebook.names import slug
from changebook.readiness import partners_told
from changebook.render.dated import dated_for
from changebook.render.phasing import ReaderDates, partner_dates
from changebook.render.timing import date_words
from changebook.views.dates import dates_of, when_lines, when_of

TITLES: dict[Audience, str] = {
    "desk": "For the service desk",
    "staff": "For staff",
    "partners": "For partners",
    "patients": "For patients",
}


@dataclass(frozen=True)
class AudienceVersion:
    """The announcement for one kind of reader: who is meant, what is said, and the same as a mail.

    `own` is the same for each partner by its name, where the dates of a change in phases or what they do differ
    between them; `to_do` is what this one partner does besides.
    """

    audience: Audience
    title: str
    readers: tuple[str, ...]
    notice: Notice
    subject: str
    mail: str
    own: tuple[AudienceVersion, ...] = ()
    to_do: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its part of an address on the page: that of its kind of reader, or of the one partner it is for."""
        return "-".join(filter(None, (self.audience, slug(self.title) if self.title not in TITLES.values() else "")))

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
        notices = [("desk", said.desk), ("staff", said.staff), ("partners", said.partners), ("patients", said.patients)]
        if said.to_do and not said.partners:
            notices[2] = ("partners", Notice())
    versions = [_version(book, change, audience, notice) for audience, notice in notices if notice]
    sender = book.desk.teams[change.communications] if change.communications else None
    return Announced(sender, versions)


def _version(book: Book, change: Change, audience: Audience, notice: Notice) -> AudienceVersion:
    desk, affects = book.desk, change.affects
    readers = {
        "desk": (),
        "staff": tuple(desk.groups[name].name for name in affects.groups),
        "partners": tuple(partner.name for partner in partners_told(change, book)),
        "patients": (),
    }[audience]
    # Each reads of the outages that they notice.
    noticed = {"desk": (*affects.groups, *affects.partners), "staff": affects.groups, "partners": affects.partners}
    change = with_outages_of(change, noticed.get(audience, ()))
    wanted = {"staff": affects.groups, "partners": affects.partners, "patients": ()}.get(audience)
    dates = dates_of(book, change, audience=audience)
    whole = _worded(book, change, audience, notice=notice, wanted=wanted, dates=dates)
    own = []
    differ = len(dates) > 1 or (change.announcement and change.announcement.to_do)
    for name in affects.partners if audience == "partners" and differ else ():
        of_one = partner_dates(book, with_outages_of(change, (name,)), name)
        to_do = change.announcement.to_do_of(name) if change.announcement else ()
        theirs = with_outages_of(dated_for(book, change, name), (name,))
        said = (theirs.announcement and theirs.announcement.partners) or notice
        told = said.model_copy(update={"do": (*said.do, *to_do)})
        mail = _worded(book, theirs, audience, notice=told, wanted=(name,), dates=[of_one])
        own.append(replace(mail, title=of_one.who, readers=(of_one.who,), to_do=to_do))
    return replace(whole, readers=readers, own=tuple(own))


def _worded(
    book: Book,
    change: Change,
    audience: Audience,
    *,
    notice: Notice,
    wanted: tuple[str, ...] | None,
    dates: list[ReaderDates],
) -> AudienceVersion:
    """Return the announcement to those who see what `wanted` see (None: everything) and have these `dates`."""
    shown = [item for item in change.visible if wanted is None or set(wanted) & set(item.for_)]
    seen = tuple(map(_seen, shown))
    subject = f"{change.name}: {when_of(book, change, dates=dates)}"
    former = _former_versions(book, change, wanted) if audience == "partners" and wanted else []
    mail = _mail(book, change, audience, notice=notice, seen=seen, dates=dates, former=former)
    return AudienceVersion(audience, TITLES[audience], (), notice, subject, mail)


def _seen(item: Visible) -> str:
    """Return what looks different, in a line; who looks for the former name of a field reads it."""
    former = f" (was {item.before.removesuffix('.')})" if item.change == "renamed" and item.before else ""
    return f"{item.what}{former}: {item.after or 'is gone'}"


def _mail(
    book: Book,
    change: Change,
    audience: Audience,
    *,
    notice: Notice,
    seen: tuple[str, ...],
    dates: list[ReaderDates],
    former: list[str],
) -> str:
    """Return the mail as plain text: every list under its heading, one line an item."""
    # The desk's sentence says whom to escalate to; others are told once, at the end, whom to contact.
    contact = f"{desk_contact(book, audience)}. Say \u201c{change.name}\u201d."
    blocks = [
        ("", [sentence_for(change, book, audience) if audience == "desk" else own_words(change)]),
        ("When", when_lines(book, change, dates=dates)),
        ("Why", [change.why] if change.why and audience != "partners" else []),
        ("What to do", list(notice.do)),
        ("What not to do", list(notice.do_not)),
        ("The former version", former),
        ("What looks different", list(seen)),
        ("What to expect", list(notice.expect)),
        ("What stays the same", list(change.unchanged) if audience != "patients" else []),
        ("Whom to contact", [contact] if audience != "desk" else []),
    ]
    parts = []
    for heading, items in blocks:
        if items:
            marked = items if not heading or len(items) == 1 else [f"- {item}" for item in items]
            parts.append("\n".join([heading, *marked] if heading else marked))
    return "\n\n".join(parts).replace("`", "")


def _former_versions(book: Book, change: Change, partners: tuple[str, ...]) -> list[str]:
    """Return, for partners, how long each former version of what they exchange answers: of exchanges with one of their
    systems, if there are any, else of all.
    """
    found, now = [], book.now
    systems = {name for partner in partners for name in book.desk.partners[partner].systems}
    own = [exchange for exchange in change.contract if systems & {exchange.from_, exchange.to}]
    for exchange in (own or change.contract) if change.status not in GONE else ():
        version = exchange.version
        known = (
            [(version.old, version.old_until), *((one.version, one.until) for one in version.older)] if version else []
        )
        for name, until in known:
            if until:
                answers = "answers until" if until >= now.date() else "stopped answering after"
                found.append(f"{name} {answers} {date_words(until, now)}.")
        if version and version.credentials:
            found.append(version.credentials)
    return list(dict.fromkeys(found))
