"""Two books to one review."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from changebook.book import Book
from changebook.book.noting import difference
from changebook.errors import Problem
from changebook.recording.telling import collision_words
from changebook.review.facts import Facts
from changebook.review.gaps import with_gaps, with_gaps_that_differ
from changebook.review.kept import facts_of_both, kept_index
from changebook.review.pages import page_changes
from changebook.review.record import PageChange, Review, Side, WorseSearch
from changebook.review.reviewers import reviewers_of
from changebook.review.searches import finds_the_same, said_alike, worse_searches
from changebook.review.touched import names_of, renames, touched_records
from changebook.schedule import new_collisions
from changebook.search.index import Index


def compare(base: Side, head: Side) -> Review:
    """Return what `head` changes in `base`, both seen at the moment of `head`: nothing differs by the clock."""
    own, base = base, replace(base, book=_as_in(head.book, base.book))
    touched = touched_records(base, head)
    names, old_names = names_of(head.book), names_of(base.book)
    by = difference(base.book, head.book)
    pages: tuple[PageChange, ...] | None = None
    worse: tuple[WorseSearch, ...] | None = None
    asked = 0
    if base.right and head.right:
        facts, new_facts = facts_of_both(base, head, by)
        pages = tuple(page_changes(base, head, facts, new_facts))
        found: list[WorseSearch] = []
        if by is None or not finds_the_same(base, head, facts, new_facts, by):
            asked, found = _searches(base, head, facts, new_facts)
        worse = tuple(found)
        if by is not None and base.folder and head.folder:
            own, head = with_gaps_that_differ(base, head, facts, new_facts)
    # The gaps of the book before are those at its own moment.
    own, head = with_gaps(own), with_gaps(head)
    return Review(
        reviewers=tuple(reviewers_of(base.book, head.book, touched)),
        touched=tuple(touched),
        names_added=tuple(sorted(names - old_names)),
        names_dropped=tuple(sorted(old_names - names)),
        problems_new=tuple(_only_in(head.problems, own.problems)),
        problems_gone=tuple(_only_in(own.problems, head.problems)),
        pages=pages,
        worse=worse,
        asked=asked,
        begins=base.absent,
        collides=tuple(collision_words(one, hit) for one, hit in new_collisions(base.book, head.book)),
    )


def _as_in(head: Book, base: Book) -> Book:
    """Return `base` at the moment of `head`, with its records where the files are the same: none of them is read."""
    changes = dict(base.changes)
    # Of the clock, the texts of a record say no more than the year.
    if repr(base.desk.settings) == repr(head.desk.settings) and base.now.year == head.now.year:
        for name in changes.keys() & head.changes.keys():
            path = head.folder / f"{name}.yaml"
            if base.digests.get(path) == head.digests.get(path) is not None:
                changes[name] = head.changes[name]
    return replace(base, changes=changes, now=head.now)


def _searches(base: Side, head: Side, facts: Facts, new_facts: Facts) -> tuple[int, list[WorseSearch]]:
    """Return how many searches were tried, none where search is the same, and those that find their page no more."""
    before = kept_index(base, facts)
    after = Index(head.book, head.sections, after=before, same=said_alike(facts, new_facts) - {""})
    # Its name is that of all files.
    if before.files["start.json"] == after.files["start.json"]:
        return 0, []
    return worse_searches(base.book, before, after, renames(base.book, head.book))


def _only_in(here: tuple[Problem, ...], there: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems that only the first list has; a problem that only moved to another line is the same one."""
    known = Counter(replace(problem, line=0, column=0) for problem in there)
    found = []
    for problem in here:
        same = replace(problem, line=0, column=0)
        if known[same]:
            known[same] -= 1
        else:
            found.append(problem)
    return found
