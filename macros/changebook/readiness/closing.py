"""Gaps that are left once a change is stable: its retrospective, and what nobody has decided on before it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from changebook.book import Book
from changebook.book.folding import undecided
from changebook.language import gettext as _
from changebook.model import Change
from changebook.readiness.gap import Gap, gap, retrospective_due, text_name
from changebook.readiness.rules import gap_rule

_ASKED = ("held", "outcome", "summary")


@gap_rule("retrospective-missing")
def gap_retrospective(change: Change, book: Book) -> Iterator[Gap]:
    """A change has a retrospective, with its date, outcome and summary, once it has been stable for as long as
    `retrospective_within` in `book.yaml`, and before it is closed: `retrospective-missing`. A standard change needs
    none.
    """
    if change.status not in ("stable", "closed") or change.urgency == "standard":
        return
    made = change.retrospective
    lacking = [key for key in _ASKED if not (made and getattr(made, key))]
    if made and made.held and made.held > book.now.date():
        lacking.insert(0, "held")
    if lacking:
        said = _("not written: {lacking}; hold the retrospective, then write them", lacking=", ".join(map(_, lacking)))
        yield gap(change, book, "retrospective-missing", ("retrospective",), said, waits=True)


@gap_rule(firm=("guide-gap", "playbook-undecided"), own=True)
def gap_closing(change: Change, book: Book) -> Iterator[Gap]:
    """A closed change leaves nothing open: each gap of its retrospective says where it is fixed, `guide-gap/TEXT`, and
    all that is different in its playbooks is folded into the general ones or dropped with a reason, unless it is a
    standard change: `playbook-undecided/PLAYBOOK`.
    """
    if change.status != "closed":
        return
    for number, item in enumerate(change.retrospective.gaps if change.retrospective else ()):
        if not item.fixed_in:
            place, where = ("retrospective", "gaps", number), f"retrospective.gaps[{number}].fixed_in"
            said = _("{gap!r} is not fixed; fix it, and write where", gap=item.gap)
            found = gap(change, book, text_name("guide-gap", ("retrospective",), item.gap), place, said, where=where)
            yield replace(found, closer=item.owner)
    # A repeat takes over what was decided on when the first was closed.
    own = change.playbooks_by_id() if change.urgency != "standard" else {}
    for number, (name, playbook) in enumerate(own.items()):
        standing = book.desk.scenarios.get(playbook.scenario)
        if standing and (keys := undecided(playbook, standing)):
            said = _(
                "neither folded nor dropped: {keys}; run: changebook fold {id} {name}",
                keys=", ".join(keys),
                id=change.id,
                name=name,
            )
            due = retrospective_due(change, book)
            yield gap(change, book, f"playbook-undecided/{name}", ("playbooks", number), said, due=due)
