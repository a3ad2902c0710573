"""Gaps in what is said: the sentence, the groups' questions, and keys that lead to two changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from changebook.book import Book
from changebook.book.told import SENTENCE_WORDS, room_for_words
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.language.catalog import catalog
from changebook.model import Change, Partner
from changebook.model.change import Audience
from changebook.model.status import CLAIMS, OPEN
from changebook.names import comparable
from changebook.readiness.gap import Gap, gap, kind_of
from changebook.readiness.rules import gap_rule
from changebook.source.events import Steps

# What follows the name of a change that nobody has described yet.
OFFERED = "is being prepared; nothing has changed yet."
# Where one sentence ends and another begins; not behind an abbreviation or an initial.
_NEXT = re.compile(r"(?<!\S)(\S+?)[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-ZÄÖÜ])")
_SHORTENED = re.compile(
    r"(?:St|Dr|No|vs|approx|e\.g|i\.e|[A-Za-z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Nr|Tel|Abt|Str|Hr|Fr|Prof|ca|bzw|ggf|inkl|z\.B|d\.h|u\.a)"
)
# "1. Dezember" is a day.
_ORDINAL = re.compile(r"\d{1,2}")
_MONTHS = tuple("Jan Feb März Apr Mai Jun Jul Aug Sep Okt Nov Dez".split())


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each on one line."""
    line, found, start = " ".join(text.split()), list[str](), 0
    for end in _NEXT.finditer(line):
        day = _ORDINAL.fullmatch(end[1]) and line.startswith(_MONTHS, end.end())
        if not day and not _SHORTENED.fullmatch(end[1].strip("(\"'")):
            found.append(line[start : end.end()].strip())
            start = end.end()
    return [*found, line[start:]]


def offered_sentence(name: str, language: str) -> str:
    """Return a sentence that is true of every new change, for whoever has no better one yet."""
    return f"{name} {catalog(language).gettext(OFFERED)}"


@gap_rule("sentence-long", "sentence-several", "sentence-offered")
def gap_sentence(change: Change, book: Book) -> Iterator[Gap]:
    """A change is described in one sentence, which says what changes and what to expect, and not just that it is being
    prepared. Pages add whom to call, and with that each reader gets 30 words at most, until the change is over:
    `sentence-long`, `sentence-several`, `sentence-offered`.
    """
    text, where = change.sentence, ("sentence",)
    words, room = len(text.split()), room_for_words(change, book)
    ends = len(sentences(text))
    if words > room and change.status in OPEN:
        added = SENTENCE_WORDS - room
        said = _(
            "{words} words, {room} at most, because pages add whom to call in {added}; drop {many}",
            words=words,
            room=room,
            added=added,
            many=words - room,
        )
        yield gap(change, book, "sentence-long", where, said)
    if ends > 1:
        said = _("{ends} sentences; write one, and move the rest to why or details", ends=ends)
        yield gap(change, book, "sentence-several", where, said)
    if OFFERED in text or catalog(book.desk.settings.language).gettext(OFFERED) in text:
        said = _("still the one every new record starts with; say what changes and what to expect")
        yield gap(change, book, "sentence-offered", where, said)


@gap_rule("answer-missing")
def gap_answers(change: Change, book: Book) -> Iterator[Gap]:
    """If the kind of change needs questions, every affected user group and partner has a question of its own, with an
    answer it may read: `answer-missing/WHO`. A partner that only publishes asks nothing, and `not_asked` says of whom
    else no question is expected, and why.
    """
    kind = kind_of(change, book)
    if not kind or "questions" not in kind.requires or not change.questions:
        return
    audiences: tuple[tuple[str, Audience, tuple[str, ...]], ...] = (
        ("groups", "staff", change.affects.groups),
        ("partners", "partners", change.affects.partners),
    )
    silent = {name for item in change.not_asked for name in (*item.groups, *item.partners)}
    for table, reader, names in audiences:
        asked = {name for item in change.questions if item.for_readers(reader) for name in getattr(item, table)}
        for index, name in enumerate(names):
            who = book.desk.groups.get(name) or book.desk.partners.get(name)
            if name not in asked | silent and not (isinstance(who, Partner) and not who.asks):
                said = _(
                    "no question from {who} has an answer; write what they will ask", who=who.name if who else name
                )
                yield gap(change, book, f"answer-missing/{name}", ("affects", table, index), said)


@gap_rule("key-shared")
def gap_claimed_keys(change: Change, book: Book) -> Iterator[Gap]:
    """A code, an alert and a release queue lead to one change among the drafts, ready, live and stable ones: the one in
    use first keeps it, a draft comes last: `key-shared/KEY`.
    """
    for steps, key in _keys(change, book) if change.status in OPEN else ():
        first = claims(book)[comparable(key)][0]
        if first != change.id:
            said = _("{key!r} leads to {first}.yaml too; keep it in the change that callers mean", key=key, first=first)
            where = ".".join(str(step) for step in steps if isinstance(step, str))
            yield gap(change, book, f"key-shared/{key}", steps, said, where=where, due=book.now)


@once  # every change asks for them
def claims(book: Book) -> Mapping[str, list[str]]:
    """Return, for the letters of each code, alert and release queue, the open changes that hold it, the one that
    keeps it first.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for change in sorted((item for item in book.changes.values() if item.status in OPEN), key=_rank):
        for _steps, key in _keys(change, book):
            if change.id not in found[comparable(key)][-1:]:
                found[comparable(key)].append(change.id)
    return found


def _rank(change: Change) -> tuple[bool, float, str]:
    start = change.window.start.timestamp() if change.window else float("inf")
    return change.status not in CLAIMS, start, change.id


def _keys(change: Change, book: Book) -> Iterator[tuple[Steps, str]]:
    for at, exchange in enumerate(change.contract):
        for number, answer in enumerate(exchange.answers):
            yield ("contract", at, "answers", number, "code"), answer.code
    for at, playbook in enumerate(change.playbooks):
        for number, code in enumerate(playbook.codes):
            yield ("playbooks", at, "codes", number), code
    for at, watch in enumerate(change.watch):
        yield ("watch", at, "alert"), watch.alert
    ordinary = book.desk.ids["queues"] or ()
    for at, rule in enumerate(change.queue_rules):
        # The queue of a team serves many changes.
        if rule.do == "route" and rule.to and rule.to not in ordinary:
            yield ("queue_rules", at, "to"), rule.to
