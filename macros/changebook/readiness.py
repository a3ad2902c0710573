"""What keeps a change from being ready. A gap is reported and stops no publication."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from changebook.book import Book, Spot
from changebook.events import Steps
from changebook.model import Change
from changebook.names import key_of

CLAIMS = ("ready", "live", "stable")
OPEN = ("draft", *CLAIMS)
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
        yield book.spot(change, "status"), f"{section} is missing from this {kind}; write it. Why: {why}"


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


def gap_callers_words(change: Change, book: Book) -> Iterator[tuple[Spot, str]]:
    """In a change that calls itself ready, live or stable, every playbook has callers' words of its own:
    search finds it by them.
    """
    if change.status not in CLAIMS:
        return
    for number, playbook in enumerate(change.playbooks):
        if not playbook.callers_say:
            message = f"playbooks[{number}].callers_say: no words of a caller; write what they will say of this change"
            yield book.spot(change, "playbooks", number), message


def gap_claimed_keys(change: Change, book: Book) -> Iterator[tuple[Spot, str]]:
    """A code, an alert and a release queue lead to one change: no two that are drafts, ready, live or stable
    hold the same one.
    """
    for steps, key in _keys(change):
        others = sorted(claims(book)[key_of(key)] - {change.id}) if change.status in OPEN else []
        if others:
            where = ".".join(str(step) for step in steps if isinstance(step, str))
            message = f"{where}: {key!r} leads to {others[0]}.yaml too; keep it in the change that callers mean"
            yield book.spot(change, *steps), message


@lru_cache(maxsize=1)  # every change asks for them
def claims(book: Book) -> Mapping[str, set[str]]:
    """Return, for the letters of each code, alert and release queue, the open changes that hold it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for change in book.changes.values():
        for _, key in _keys(change) if change.status in OPEN else ():
            found[key_of(key)].add(change.id)
    return found


def _keys(change: Change) -> Iterator[tuple[Steps, str]]:
    for at, exchange in enumerate(change.contract):
        for number, answer in enumerate(exchange.answers):
            yield ("contract", at, "answers", number, "code"), answer.code
    for at, playbook in enumerate(change.playbooks):
        for number, code in enumerate(playbook.codes):
            yield ("playbooks", at, "codes", number), code
    for at, watch in enumerate(change.watch):
        yield ("watch", at, "alert"), watch.alert
    for at, rule in enumerate(change.queue_rules):
        if rule.do == "route" and rule.to:
            yield ("queue_rules", at, "to"), rule.to


GAPS: tuple[Gap, ...] = (gap_answers, gap_callers_words, gap_claimed_keys, gap_sections, gap_sentence)
