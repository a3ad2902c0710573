"""Two books to one review."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from changebook.errors import Problem
from changebook.recording.telling import collision_words
from changebook.review.pages import page_changes
from changebook.review.record import PageChange, Review, Side, WorseSearch
from changebook.review.reviewers import reviewers_of
from changebook.review.searches import worse_searches
from changebook.review.touched import names_of, renames, touched_records
from changebook.schedule import new_collisions
from changebook.search.index import Index


def compare(base: Side, head: Side) -> Review:
    """Return what `head` changes in `base`, both seen at the moment of `head`: nothing differs by the clock."""
    base = replace(base, book=replace(base.book, now=head.book.now))
    touched = touched_records(base, head)
    names, old_names = names_of(head.book), names_of(base.book)
    pages: tuple[PageChange, ...] | None = None
    worse: tuple[WorseSearch, ...] | None = None
    asked = 0
    if base.right and head.right:
        pages = tuple(page_changes(base, head))
        before = Index(base.book, base.sections)
        after = Index(head.book, head.sections, after=before)
        found: list[WorseSearch] = []
        if before.files != after.files:
            asked, found = worse_searches(base.book, before, after, renames(base.book, head.book))
        worse = tuple(found)
    return Review(
        reviewers=tuple(reviewers_of(base.book, head.book, touched)),
        touched=tuple(touched),
        names_added=tuple(sorted(names - old_names)),
        names_dropped=tuple(sorted(old_names - names)),
        problems_new=tuple(_only_in(head.problems, base.problems)),
        problems_gone=tuple(_only_in(base.problems, head.problems)),
        pages=pages,
        worse=worse,
        asked=asked,
        begins=base.absent,
        collides=tuple(collision_words(one, hit) for one, hit in new_collisions(base.book, head.book)),
    )


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
