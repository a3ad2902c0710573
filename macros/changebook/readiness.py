"""What keeps a change from being ready. A gap is reported and stops no publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from changebook.book import Book, Spot
from changebook.model import Change

CLAIMS = ("ready", "live", "stable")
SENTENCE_WORDS = 30
Gap = Callable[[Change, Book], Iterator[tuple[Spot, str]]]


def missing_sections(change: Change, book: Book) -> list[tuple[str, str]]:
    """Return the sections that the change's kind requires and its record lacks, each with the kind's reason."""
    kind = book.desk.kinds.get(change.kind)
    if not kind:
        return []
    empty = Change.model_fields["affects"].default
    return [(section, why) for section, why in kind.requires.items() if getattr(change, section) in (None, (), empty)]


def gap_sections(change: Change, book: Book) -> Iterator[tuple[Spot, str]]:
    """A change that calls itself ready, live or stable holds every section that its kind requires."""
    if change.status not in CLAIMS:
        return
    kind = book.desk.kinds[change.kind].name if change.kind in book.desk.kinds else change.kind
    for section, why in missing_sections(change, book):
        yield book.spot(change, "status"), f"{section} is missing from this {kind}; write it: {why}"


def gap_sentence(change: Change, book: Book) -> Iterator[tuple[Spot, str]]:
    """A change that calls itself ready, live or stable is said in one sentence of at most 30 words: what
    changed, what to expect and where to escalate.
    """
    if change.status not in CLAIMS:
        return
    words, ends = len(change.sentence.split()), len(re.findall(r"[.!?](?:\s|$)", change.sentence))
    if words > SENTENCE_WORDS:
        message = f"sentence: {words} words, {SENTENCE_WORDS} at most; keep what changed, what to expect, whom to call"
        yield book.spot(change, "sentence"), message
    if ends > 1:
        yield (
            book.spot(change, "sentence"),
            f"sentence: {ends} sentences; say it in one, the rest belongs in why or details",
        )


def gap_answers(change: Change, book: Book) -> Iterator[tuple[Spot, str]]:
    """In a change that calls itself ready, live or stable, every affected user group and partner finds a
    question of its own answered, where the kind of change needs questions.
    """
    kind = book.desk.kinds.get(change.kind)
    if change.status not in CLAIMS or not kind or "questions" not in kind.requires or not change.questions:
        return
    for table, names in (("groups", change.affects.groups), ("partners", change.affects.partners)):
        for index, name in enumerate(names):
            if not any(name in (*item.groups, *item.partners) for item in change.questions):
                message = f"affects.{table}[{index}]: no question of {name!r} is answered; write what they will ask"
                yield book.spot(change, "affects", table, index), message


GAPS: tuple[Gap, ...] = (gap_answers, gap_sections, gap_sentence)
