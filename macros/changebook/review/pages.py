"""Which pages a proposal adds, changes and removes: by what they show, not by which file was edited."""

from __future__ import annotations

from changebook.review.facts import Facts, pages_in
from changebook.review.record import PageChange, Side


def page_changes(base: Side, head: Side, facts: Facts, new_facts: Facts) -> list[PageChange]:
    """Return the pages that differ, by address, of what is known of both books. Lists across changes, which
    hand-written pages place, are not looked into: they follow from the records.
    """
    before, after = {**base.hand, **pages_in(facts)}, {**head.hand, **pages_in(new_facts)}
    found = [PageChange("added", address) for address in after.keys() - before.keys()]
    found += [PageChange("removed", address) for address in before.keys() - after.keys()]
    both = before.keys() & after.keys()
    found += [PageChange("changed", address) for address in both if before[address] != after[address]]
    return sorted(found, key=lambda page: page.address)
