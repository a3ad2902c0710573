"""What a record leaves out is left out of its pages: no empty list, no word of the program, nothing made up."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from changebook.book import Book
from changebook.model import Change
from changebook.model.playbook import Playbook
from changebook.pages import blocks, pages_of
from changebook.pages.filling import block_of
from golden_texts import html_of, text_of

# A list, table or section without anything in it, and how the program writes "nothing".
_EMPTY = re.compile(r"<(ul|ol|dl|tbody|section|p)(?: [^>]*)?>\s*</\1>")
_NOTHING = re.compile(r">\s*None\b|\bNone\s*<|\bundefined\b")


def left_out(cls: type[Change | Playbook]) -> dict[str, Any]:
    """Return the optional fields of a record, each as it is where it is not written."""
    fields = cls.model_fields.items()
    return {name: info.get_default() for name, info in fields if not info.is_required()}


def of_change(book: Book, change: Change) -> Book:
    return replace(book, changes={**book.changes, change.id: change})


def broken(book: Book) -> list[str]:
    """Return what is empty, or says that it is nothing, on the pages of the complete change."""
    pages = [page for page in pages_of(book) if page.change == "complete-change"]
    return [
        f"{page.address}: {found[0]}"
        for page in pages
        for html in (html_of(block_of(page, book)),)
        for found in (_EMPTY.search(html), _NOTHING.search(html))
        if found
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(left_out(Change)))
def test_a_field_that_a_change_leaves_out_leaves_no_hole(book: Book, name: str) -> None:
    change = book.changes["complete-change"]
    without = {name: left_out(Change)[name]}
    # Without a window a change is a draft, and a rehearsal may name a playbook.
    without |= {"status": "draft"} if name == "window" else {}
    without |= {"rehearsals": ()} if name == "playbooks" else {}
    assert broken(of_change(book, change.model_copy(update=without))) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(left_out(Playbook)))
def test_a_field_that_a_playbook_leaves_out_leaves_no_hole(book: Book, name: str) -> None:
    change = book.changes["complete-change"]
    without = {name: left_out(Playbook)[name]}
    # A result of its check calls a team that only its own escalation names.
    without |= {"checks": ()} if name == "escalate" else {}
    own = change.playbooks[0].model_copy(update=without)
    assert broken(of_change(book, change.model_copy(update={"playbooks": (own,)}))) == []


def test_of_a_group_that_sees_nothing_new_nothing_is_said_of_its_screens(book: Book) -> None:
    change = book.changes["complete-change"]
    seen = tuple(item.model_copy(update={"for_": ("nurses",)}) for item in change.visible)
    for visible in (seen, ()):
        changed = of_change(book, change.model_copy(update={"visible": visible}))
        hub = text_of(blocks.hub(changed, change.id), changed)
        what_people_see = hub.partition("What people")[2].partition("\n## ")[0]
        rows = [line for line in what_people_see.splitlines() if line.startswith("- ")]
        assert len(rows) == len(visible)
        assert not [row for row in rows if "Clerks" in row]
        assert "screens" not in what_people_see
        group = text_of(blocks.group(changed, "clerks"), changed)
        assert "screens" not in group
