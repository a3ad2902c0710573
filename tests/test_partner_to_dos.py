"""What single partners have to do: in their own mail, on their page and in the note's part for partners only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from changebook.book import Book
from changebook.model import Change
from changebook.model.contract import Version
from changebook.model.notices import Announcement, PartnerToDo
from changebook.pages import blocks, pages_of
from changebook.pages.filling import block_of
from changebook.views.announcement import announced
from golden_texts import text_of

TO_DO = "Send a score with each result."


def with_to_dos(book: Book, **announced: object) -> tuple[Book, Change]:
    """Return the small desk with a change that affects two partners, of which Far Labs has something to do."""
    change = book.change("complete-change")
    assert change.announcement
    to_do = (PartnerToDo(partners=("far-labs",), do=(TO_DO,)),)
    announcement = change.announcement.model_copy(update={"to_do": to_do, **announced})
    affects = change.affects.model_copy(update={"partners": ("far-labs", "state-registry")})
    changed = change.model_copy(update={"announcement": announcement, "affects": affects})
    return replace(book, changes={**book.changes, change.id: changed}), changed


def mails(book: Book, change: Change) -> dict[str, str]:
    """Return the mail of each partner by its name, that to all of them under ""."""
    (version,) = [one for one in announced(book, change).versions if one.audience == "partners"]
    return {"": version.mail} | {one.title: one.mail for one in version.own}


def test_a_partners_to_dos_are_in_its_own_mail_and_in_no_other(book: Book) -> None:
    found = mails(*with_to_dos(book))
    assert [who for who, mail in found.items() if TO_DO in mail] == ["Far Labs"]
    assert set(found) == {"", "Far Labs", "State Registry"}
    # What all partners do comes first.
    general = found[""].partition("What to do\n")[2].split("\n")[0]
    assert f"- {general}\n- {TO_DO}" in found["Far Labs"]


def test_a_change_without_to_dos_has_one_mail_for_its_partners(book: Book) -> None:
    assert set(mails(*with_to_dos(book, to_do=()))) == {""}


def test_to_dos_alone_make_a_version_for_partners(book: Book) -> None:
    book, change = with_to_dos(book)
    alone = change.model_copy(
        update={"announcement": Announcement(to_do=change.announcement.to_do if change.announcement else ())}
    )
    assert f"What to do\n{TO_DO}" in mails(book, alone)["Far Labs"]


@pytest.mark.slow
def test_pages_name_them_for_partners_and_nowhere_else(book: Book) -> None:
    book, change = with_to_dos(book)
    note = text_of(blocks.release_note(book, change.id), book)
    part = note.partition("### For partners")[2]
    assert "Far Labs" in part
    assert TO_DO in part
    assert TO_DO not in note.partition("### For partners")[0]
    naming = {page.address for page in pages_of(book) if TO_DO in text_of(block_of(page, book), book)}
    assert naming == {"changes/complete-change/release-note/", "partners/far-labs/"}


def test_a_change_that_was_rolled_back_leaves_nothing_to_do(book: Book) -> None:
    book, change = with_to_dos(book)
    assert TO_DO in text_of(blocks.partner(book, "far-labs"), book)
    over = replace(book, changes={change.id: change.model_copy(update={"status": "rolled-back"})})
    assert TO_DO not in text_of(blocks.partner(over, "far-labs"), over)


def test_a_partners_own_mail_says_how_long_the_version_it_uses_answers(book: Book) -> None:
    book, change = with_to_dos(book)
    (first, *_) = change.contract
    partner = book.desk.partners["far-labs"].model_copy(update={"systems": (first.to,)})
    desk = replace(book.desk, partners={**book.desk.partners, partner.id: partner})
    own = first.model_copy(
        update={"version": Version.model_construct(old="2.3", new="2.4", old_until=date(2027, 2, 28))}
    )
    other = first.model_copy(
        update={
            "exchange": "other",
            "from_": "nowhere",
            "to": "nowhere-else",
            "version": Version.model_construct(old="STU3", new="R4", old_until=date(2027, 3, 31)),
        }
    )
    found = mails(replace(book, desk=desk), change.model_copy(update={"contract": (own, other)}))
    assert "2.3 works through 28 Feb 2027." in found["Far Labs"]
    assert "STU3" not in found["Far Labs"]
    # Of a partner whose systems are in no exchange, all may be meant.
    assert "STU3 works through 31 Mar 2027." in found["State Registry"]
