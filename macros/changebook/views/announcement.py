"""What each kind of reader is told at launch, on the release note and as a mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.model.blanks import blanks_in
from changebook.model.change import Audience
from changebook.model.notices import Notice
from changebook.model.timeline import with_outages_of
from changebook.names import slug
from changebook.readiness import partners_told
from changebook.render.dated import dated_for
from changebook.render.phasing import ReaderDates, partner_dates
from changebook.views.dates import dates_of, when_of
from changebook.views.lines import Mailed, announcement_lines

TITLES: dict[Audience, str] = {
    "desk": "For the service desk",
    "staff": "For staff",
    "partners": "For partners",
    "patients": "For patients",
}


@dataclass(frozen=True)
class AudienceVersion(Mailed):
    """The announcement for one kind of reader: who is meant, and what is said.

    `own` is the same for each partner by its name, where the dates of a change in phases or what they do differ
    between them; `to_do` is what this one partner does besides.
    """

    audience: Audience
    title: str
    readers: tuple[str, ...]
    notice: Notice
    own: tuple[AudienceVersion, ...] = ()
    to_do: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its part of an address on the page: that of its kind of reader, or of the one partner it is for."""
        return "-".join(
            filter(None, (self.audience, slug(self.title) if self.title != _(TITLES[self.audience]) else ""))
        )

    @property
    def mailto(self) -> str:
        """A `mailto:` address that opens the mail, without a recipient."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.mail)}"

    @property
    def blanks(self) -> list[str]:
        """The [blanks] that the notice leaves to fill in; brackets elsewhere in the mail are quoted from a screen."""
        return [blank for _word, line in self.told for blank in blanks_in(line)]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is said, line by line, each under what it is."""
        said = ((_("Do"), self.notice.do), (_("Do not"), self.notice.do_not), (_("Expected"), self.notice.expect))
        return [(word, line) for word, lines in said for line in lines]


@dataclass(frozen=True)
class Announced:
    """The announcement of a change in its versions, and the team that sends it."""

    sender: Team | None
    versions: list[AudienceVersion]


def announced(book: Book, change: Change) -> Announced:
    """Return what is announced of a change; only versions that the record holds."""
    notices: list[tuple[Audience, Notice | None]] = []
    if said := change.announced_now:
        notices = [("desk", said.desk), ("staff", said.staff), ("partners", said.partners), ("patients", said.patients)]
        if said.to_do and not said.partners:
            notices[2] = ("partners", Notice())
    versions = [_version(book, change, audience, notice) for audience, notice in notices if notice]
    sender = book.desk.teams[change.communications] if change.communications else None
    return Announced(sender, versions)


def version_for(book: Book, change: Change, *, audience: Audience) -> AudienceVersion:
    """Return the announcement to one kind of reader; where the record holds none, what follows from it all the same."""
    found = (version for version in announced(book, change).versions if version.audience == audience)
    return next(found, None) or _version(book, change, audience, Notice())


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
    differ = len(dates) > 1 or (change.announced_now and change.announced_now.to_do)
    for name in affects.partners if audience == "partners" and differ else ():
        of_one = partner_dates(book, with_outages_of(change, (name,)), name)
        to_do = change.announced_now.to_do_of(name) if change.announced_now else ()
        theirs = with_outages_of(dated_for(book, change, name), (name,))
        said = (theirs.announced_now and theirs.announced_now.partners) or notice
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
    subject = f"{change.name}: {when_of(book, change, dates=dates)}"
    blocks = announcement_lines(book, change, audience=audience, notice=notice, wanted=wanted, dates=dates)
    return AudienceVersion(subject, blocks, audience, _(TITLES[audience]), (), notice)
