"""Which pages the site of staff or of a partner has: few, and none that only the desk reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.book.told import own_words
from changebook.language import gettext as _
from changebook.names import calendar_address, change_address, id_fault
from changebook.outside import facts
from changebook.outside.calendar import edition_calendar
from changebook.render import Block

TABS = (("What changed", ""), ("FAQ", "faq/"), ("Contact", "contact/"))
SEARCH_PAGE = "search/"


@dataclass(frozen=True)
class OutsidePage:
    """A page: its address, title and summary, the tab that it is under, and what it shows."""

    address: str
    title: str
    summary: str
    tab: str
    block: Block


def outside_pages(book: Book, *, partner: bool) -> Iterator[OutsidePage]:
    """Yield the pages of an edition; those of a change lie where the desk's site has them too."""
    home, answers, call = (_(name) for name, _address in TABS)
    organization = book.desk.settings.organization
    yield OutsidePage(
        "",
        home,
        _("What changes at {organization}.", organization=organization),
        home,
        Block("edition/list", facts.note_list(book)),
    )
    dates = Block("edition/calendar", edition_calendar(book))
    yield OutsidePage(
        calendar_address(),
        _("Calendar"),
        _("What changes when at {organization}.", organization=organization),
        home,
        dates,
    )
    yield OutsidePage(
        "faq/", answers, _("Questions and answers."), answers, Block("edition/faq", facts.all_answers(book))
    )
    contact = Block("edition/contact", facts.call_the_desk(book, partner=partner))
    yield OutsidePage("contact/", call, _("Whom to call."), call, contact)
    yield OutsidePage(SEARCH_PAGE, _("Search"), _("Search these pages."), "", Block("edition/search"))
    for change in book.changes.values():
        shown, said = facts.note(book, change, partner=partner), own_words(change)
        address = change_address(change.id, "release-note")
        yield OutsidePage(address, change.name, said, home, Block("edition/note", shown))
        if shown.handout:
            address = change_address(change.id, "handout")
            yield OutsidePage(
                address, _("{name}: handout", name=change.name), said, home, Block("edition/handout", shown)
            )


def leading_on(book: Book) -> Iterator[tuple[str, str, str]]:
    """Yield each address that leads on, the title and the target: those of the desk's site, and of former names."""
    former = (
        (book.desk.settings.id_of(name), change) for change in book.changes.values() for name in change.former_names
    )
    olds = {old: change for old, change in former if not id_fault(old) and old not in book.changes}
    for folder, change in (*((str(one.id), one) for one in book.changes.values()), *olds.items()):
        note = change_address(change.id, "release-note")
        parts = ("", "faq") if folder == change.id else ("", "release-note", "faq")
        for part in parts:
            yield change_address(folder, part), change.name, f"{note}#questions" if part == "faq" else note
