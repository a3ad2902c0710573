"""All checks and gaps of a book, each at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from changebook.book import Book
from changebook.checking.images import wrong_images
from changebook.checking.loaded import Loaded
from changebook.checking.loading import load_book
from changebook.checking.private import docs_of, phones_of, private_in_pages
from changebook.checks import CHECKS
from changebook.errors import Problem
from changebook.naming.excuses import excused_lines
from changebook.naming.finder import finder_of
from changebook.naming.outside import wrong_in_pages
from changebook.pages.files import made_files
from changebook.privacy.masking import hushed_problems
from changebook.readiness import desk_rules, gap_words, readiness
from changebook.source import DESK_BYTES, Source, load_source
from changebook.source.entries import wrong_links, wrong_pages
from changebook.source.handwritten import hidden_in_pages, wrong_addresses
from changebook.source.places import Spot
from changebook.source.settings import other_docs, theme_folder


def check_book(
    folder: Path,
    *,
    shown_as: Path | None = None,
    today: str | None = None,
    clock: Callable[[], datetime],
    search: bool = False,
    gaps: bool = True,
) -> Loaded:
    """Load the book in `folder` and return it with every problem and gap, in the order of their places.

    The arguments are those of `load_book`. With `search`, the searches under `must_find` are tried too, and whether
    playbooks are found by their callers' words with one left out, once nothing else is wrong. Without `gaps`, what is
    not ready is left out.
    """
    loaded = load_book(folder, shown_as=shown_as, today=today, clock=clock)
    if loaded.book:
        book = loaded.book
        wrong = [found for check in CHECKS for found in check(book)]
        wrong += wrong_images(book, docs_of(folder))
        missing = list(_gaps(book)) if gaps else []
        sound = not wrong and not loaded.problems
        if search and sound:
            # Only here: no other command that reads a book waits for what builds an index.
            from changebook.checking.searching import searched  # noqa: PLC0415

            missed, hard = searched(book, folder)
            wrong, missing = wrong + missed, missing + hard
        loaded.problems += placed(folder, book, wrong) + placed(folder, book, missing, gap=True)
        docs, docs_shown_as = docs_of(folder), docs_of(shown_as or folder)
        loaded.problems += _wrong_around(book, docs, docs_shown_as, sound=sound)
        told = list(private_in_pages(docs, docs_shown_as, phones_of(book)))
        loaded.private += tuple(one.value for one in told if one.value)
        loaded.problems += [one.problem for one in told]
    return replace(loaded, problems=sorted(hushed_problems(loaded.problems, loaded.private)))


def _gaps(book: Book) -> Iterator[tuple[Spot, str]]:
    counted = [gap for found in readiness(book).values() for gap in found.counted]
    counted += [gap for rule in desk_rules() for gap in rule(book)]
    return ((gap.spot, gap_words(gap, book)) for gap in counted)


def _wrong_around(book: Book, docs: Path, shown_as: Path, *, sound: bool) -> Iterator[Problem]:
    """Yield what is wrong beside the records; which pages they make is known once they are `sound`."""
    yield from hidden_in_pages(docs, shown_as)
    yield from wrong_addresses(docs, shown_as, set(made_files(book)) if sound else set())
    yield from wrong_in_pages(docs, shown_as, finder_of(book))
    for entry, message in wrong_pages(docs):
        yield Problem(shown_as / entry.relative_to(docs), 1, 1, message)
    if message := other_docs(docs):
        yield Problem(shown_as.with_name("mkdocs.yml"), 1, 1, message)
    for published in (docs, theme_folder(docs)):
        for entry, message in wrong_links(published):
            yield Problem(shown_as.parent / entry.relative_to(docs.parent), 1, 1, message)


def placed(folder: Path, book: Book, messages: Iterable[tuple[Spot, str]], *, gap: bool = False) -> list[Problem]:
    """Return what checks found as problems, with line and column: only files that have some are read again.

    What is said of some words in a text is placed at those words, and not at all on a line that is excused.
    """
    sources: dict[Path, Source] = {}
    excused: dict[Path, set[int]] = {}
    before: Counter[Spot] = Counter()
    problems = []
    for spot, message in messages:
        if spot.path not in sources:
            file = folder / spot.path.relative_to(book.folder)
            sources[spot.path] = load_source(file, shown_as=spot.path, limit=DESK_BYTES)
        source = sources[spot.path]
        if not spot.words:
            problems.append(source.problem(spot.steps, message, gap=gap))
            continue
        if spot.path not in excused:
            excused[spot.path] = excused_lines(source.text)
        line, column = source.words(spot.steps, spot.words, before[spot])
        before[spot] += 1
        if excused[spot.path].isdisjoint((line, source.place(spot.steps)[0])):
            problems.append(Problem(source.path, line, column, message, gap))
    return problems
