"""Gaps in what is said: the sentence, the groups' questions, and keys that lead to two changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from changebook.book import Book
from changebook.events import Steps
from changebook.model import Change
from changebook.names import key_of
from changebook.readiness.gap import OPEN, Gap, gap, kind_of

SENTENCE_WORDS = 30


def gap_sentence(change: Change, book: Book) -> Iterator[Gap]:
    """A change is said in one sentence of at most 30 words, which ends with whom to call, by name or number:
    `sentence-long`, `sentence-several`, `sentence-escalation`.
    """
    text = change.sentence
    words, ends = len(text.split()), len(re.findall(r"[.!?](?:\s|$)", text))
    if words > SENTENCE_WORDS:
        message = f"sentence: {words} words, {SENTENCE_WORDS} at most; keep what changed, what to expect, whom to call"
        yield gap(change, book, "sentence-long", ("sentence",), message)
    if ends > 1:
        message = f"sentence: {ends} sentences; say it in one, the rest belongs in why or details"
        yield gap(change, book, "sentence-several", ("sentence",), message)
    desk = book.desk
    reached = {desk.settings.desk.phone, desk.settings.desk.name}
    reached |= {word for team in desk.teams.values() for word in (team.name, team.phone)}
    if desk.teams and not any(word.casefold() in text.casefold() for word in reached):
        message = "sentence: names no team and no number; end it with whom to call"
        yield gap(change, book, "sentence-escalation", ("sentence",), message)


def gap_answers(change: Change, book: Book) -> Iterator[Gap]:
    """Every affected user group and partner finds a question of its own answered, where the kind of change
    needs questions: `answer-missing/WHO`.
    """
    kind = kind_of(change, book)
    if not kind or "questions" not in kind.requires or not change.questions:
        return
    for table, names in (("groups", change.affects.groups), ("partners", change.affects.partners)):
        for index, name in enumerate(names):
            if not any(name in (*item.groups, *item.partners) for item in change.questions):
                message = f"affects.{table}[{index}]: no question of {name!r} is answered; write what they will ask"
                yield gap(change, book, f"answer-missing/{name}", ("affects", table, index), message)


def gap_claimed_keys(change: Change, book: Book) -> Iterator[Gap]:
    """A code, an alert and a release queue lead to one change: no two that are drafts, ready, live or stable
    hold the same one: `key-shared/KEY`.
    """
    for steps, key in _keys(change):
        other = next((name for name in claims(book)[key_of(key)] if name != change.id), "")
        if other:
            where = ".".join(str(step) for step in steps if isinstance(step, str))
            message = f"{where}: {key!r} leads to {other}.yaml too; keep it in the change that callers mean"
            yield gap(change, book, f"key-shared/{key}", steps, message, due=book.now)


@lru_cache(maxsize=1)  # every change asks for them
def claims(book: Book) -> Mapping[str, list[str]]:
    """Return, for the letters of each code, alert and release queue, the open changes that hold it, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, change in sorted(book.changes.items()):
        for _, key in _keys(change) if change.status in OPEN else ():
            if name not in found[key_of(key)][-1:]:
                found[key_of(key)].append(name)
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
