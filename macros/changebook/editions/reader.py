"""Who reads an edition, and which changes and items of changes are for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from changebook.book import Book
from changebook.model import Change, Partner, Record
from changebook.model.change import Question, Visible
from changebook.model.contract import Exchange
from changebook.model.notices import PartnerToDo
from changebook.model.phases import Phase
from changebook.model.playbook import Playbook
from changebook.model.updates import Update

Edition = Literal["desk", "staff", "partners"]


@dataclass(frozen=True, eq=False)
class Reader:
    """The readers of the edition of staff, or of that of one partner.

    `known` are the ids that they may read, by the desk's list; ids of other lists are never shown.
    """

    edition: Edition
    partner: Partner | None
    known: Mapping[str, frozenset[str]]

    def is_for(self, change: Change) -> bool:
        """Return whether a change is for these readers: never a draft, for staff what affects them, for a partner what
        affects it or concerns all partners.
        """
        affects, said = change.affects, change.announcement
        to_partners = bool(said and said.partners)
        if change.status == "draft":
            return False
        if self.partner:
            return str(self.partner.id) in affects.partners or (to_partners and not affects.partners)
        return bool(affects.groups or (said and (said.staff or said.patients)) or not (affects.partners or to_partners))

    def keeps(self, item: Record) -> bool:
        """Return whether an item of a list is for these readers."""
        if isinstance(item, Question):
            return self._asks(item)
        if isinstance(item, Update):
            return self.edition in item.readers
        if isinstance(item, PartnerToDo | Visible):
            told = item.partners if isinstance(item, PartnerToDo) else item.for_
            return not self.known["audiences"].isdisjoint(told)
        if isinstance(item, Phase):
            staff = item.groups or item.sites or not item.partners
            return item.is_for(str(self.partner.id), partner=True) if self.partner else bool(staff)
        if isinstance(item, Exchange) and self.partner:
            # What systems here say to one another, and to another partner, is not told.
            return item.from_ in self.partner.systems or item.to in self.partner.systems
        # Of playbooks, staff have what they do on paper, and nothing else.
        return not isinstance(item, Playbook) or item.downtime is not None

    def _asks(self, item: Question) -> bool:
        if self.partner:
            own = str(self.partner.id) in item.partners or not (item.partners or item.groups)
            return own and item.for_readers("partners")
        return bool(item.groups or not item.partners) and item.for_readers("staff", "patients")


def reader_of(book: Book, edition: Edition, partner: str = "") -> Reader:
    """Return the readers of the edition of staff, or of that of `partner`.

    Raises UnknownTermError for a partner that the book does not hold.
    """
    desk = book.desk
    one = book.partner(partner) if edition == "partners" else None
    # A partner reads of no system but its own.
    systems = one.systems if one else desk.systems
    groups, partners = (() if one else desk.groups), ((str(one.id),) if one else ())
    known = {
        "systems": frozenset(name for name in systems if name in desk.systems and not desk.systems[name].internal),
        "groups": frozenset(groups),
        "partners": frozenset(partners),
        "sites": frozenset(() if one else desk.sites),
        "scenarios": frozenset(() if one else (name for name, item in desk.scenarios.items() if item.downtime)),
    }
    known["audiences"] = known["groups"] | known["partners"]
    return Reader(edition, one, known)
