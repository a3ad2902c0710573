"""Which pages a proposal adds, changes and removes: by what they show, not by which file was edited."""

from __future__ import annotations

from changebook.book.noting import difference
from changebook.review.facts import Facts, facts_after, pages_in
from changebook.review.kept import keep_facts, kept_facts
from changebook.review.record import PageChange, Side


def page_changes(base: Side, head: Side) -> list[PageChange]:
    """Return the pages that differ, by address. Lists across changes, which hand-written pages place, are not looked
    into: they follow from the records.
    """
    facts, new_facts = _facts(base, head)
    before, after = {**base.hand, **pages_in(facts)}, {**head.hand, **pages_in(new_facts)}
    found = [PageChange("added", address) for address in after.keys() - before.keys()]
    found += [PageChange("removed", address) for address in before.keys() - after.keys()]
    both = before.keys() & after.keys()
    found += [PageChange("changed", address) for address in both if before[address] != after[address]]
    return sorted(found, key=lambda page: page.address)


def _facts(base: Side, head: Side) -> tuple[Facts, Facts]:
    """Return the facts of both books. Those of one are made from those of the other, unless they were kept: what reads
    nothing that differs is the same in both.
    """
    kept, new_kept = kept_facts(base.key), kept_facts(head.key)
    by = difference(base.book, head.book)
    if new_kept and not kept and by is not None:
        new_facts = facts_after(new_kept, head.book, {})
        facts = facts_after(new_facts, base.book, by)
    else:
        facts = facts_after(kept, base.book, {})
        known, differing = (new_kept, {}) if new_kept or by is None else (facts, by)
        new_facts = facts_after(known, head.book, differing)
    for side, known, made in ((base, kept, facts), (head, new_kept, new_facts)):
        if side.key and made != known:
            keep_facts(side.key, made)
    return facts, new_facts
