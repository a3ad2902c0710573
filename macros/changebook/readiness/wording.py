"""Gaps in wording, by the desk's lists: jargon, machine phrases, words two people would read differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.reading import dotted
from changebook.readiness.gap import Gap, gap, text_name
from changebook.readiness.held_texts import Texts, conditions, first_response, read_by_staff, said_to_callers, triggers
from changebook.readiness.phrases import Covers, PhraseHit, Phrases
from changebook.readiness.rules import gap_rule
from changebook.source.events import Steps

# What is quoted is on a screen, and callers read it out.
_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')


@dataclass(frozen=True)
class _Lists:
    """The desk's lists of words, ready to be found, and the plain word for each one of jargon."""

    jargon: Phrases
    plain: Mapping[str, str]
    names: Covers
    robotic: Phrases
    vague: Phrases
    vague_names: Covers


@gap_rule("jargon", "robotic", "vague")
def gap_wording(change: Change, book: Book) -> Iterator[Gap]:
    """What staff read has no jargon: the sentence, `why`, `unchanged`, `visible.what`, the announcement for staff and
    the questions of user groups; names, such as those of systems, and text quoted from a screen may have it, and so
    may a line with a comment `# plain-ok: REASON`. No first response and no
    announcement has a machine phrase. Every trigger (`severity.when`, `escalate.when`, `rollback.criteria`,
    `watch.incident_when`, `defect_when`) says what two people would agree on. The words are those of the desk's
    `wording.yaml`: `jargon/FIELD:TEXT`, `robotic/FIELD:TEXT`, `vague/FIELD:TEXT`.
    """
    lists = _lists(book)
    found = (
        ("jargon", _jargon(lists, _not_excused(change, book))),
        ("robotic", _robotic(lists, said_to_callers(change))),
        ("vague", _vague(lists, triggers(change))),
    )
    for kind, wrong in found:
        for steps, text, said in wrong:
            yield gap(change, book, text_name(kind, steps, text), steps, said)


@gap_rule("robotic", "vague", of_desk=True)
def gap_standing_wording(book: Book) -> Iterator[Gap]:
    """A general playbook follows the same word rules as a change's playbook: `robotic/FIELD:TEXT`,
    `vague/FIELD:TEXT`. Its owner fixes it.
    """
    lists = _lists(book)
    for scenario in book.desk.scenarios.values():
        found = (
            ("robotic", _robotic(lists, first_response(scenario))),
            ("vague", _vague(lists, conditions(scenario))),
        )
        for kind, wrong in found:
            for steps, text, said in wrong:
                spot, section = book.spot(scenario, *steps), str(steps[0])
                name = text_name(kind, steps, text)
                yield Gap(name, spot, section, dotted(steps), said, scenario.owner, None)


def _jargon(lists: _Lists, told: Texts) -> Iterator[tuple[Steps, str, str]]:
    for steps, line, found in _hits(lists.jargon, told):
        if hits := _once(hit.word for hit in found if not lists.names.hold(line, hit)):
            plain = _listed(_once(lists.plain[word] for word in hits))
            yield (
                steps,
                line,
                _("says {listed}, which staff do not know; write {plain}", listed=_listed(hits), plain=plain),
            )


def _not_excused(change: Change, book: Book) -> Texts:
    """Yield what staff read of a change, without the lines for which a comment says why they may hold jargon."""
    excused = book.plain_ok.get(book.spot(change).path, frozenset())
    return ((steps, text) for steps, text in read_by_staff(change, book) if steps not in excused)


def _robotic(lists: _Lists, told: Texts) -> Iterator[tuple[Steps, str, str]]:
    for steps, line, hits in _hits(lists.robotic, told, quoted=True):
        what = _("says {listed}, which sounds like a machine", listed=_listed(_once(hit.word for hit in hits)))
        yield steps, line, _("{what}; say what is being done, and when they hear from you next", what=what)


def _vague(lists: _Lists, told: Texts) -> Iterator[tuple[Steps, str, str]]:
    for steps, line, found in _hits(lists.vague, told):
        if hits := _once(hit.word for hit in found if not lists.vague_names.hold(line, hit)):
            yield (
                steps,
                line,
                _(
                    "two people would read {listed} differently; write a number, a place or a time",
                    listed=_listed(hits),
                ),
            )


def _hits(phrases: Phrases, told: Texts, *, quoted: bool = False) -> Iterator[tuple[Steps, str, list[PhraseHit]]]:
    """Yield each text that holds a listed word, on one line, with what was found; what it quotes only if `quoted`."""
    held = list(told)
    # One search a record, not one a text: hardly any holds a listed word.
    if not any(phrases.hits(_line(" ".join(text for _, text in held)))):
        return
    for steps, text in held:
        line = _line(text) if quoted else _line(_QUOTED.sub(" ", text))
        if hits := list(phrases.hits(line)):
            yield steps, line, hits


def _line(text: str) -> str:
    return " ".join(text.split())


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _listed(words: list[str]) -> str:
    quoted = [repr(word) for word in words]
    return _(" and ").join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


@once  # every change asks for them
def _lists(book: Book) -> _Lists:
    wording, desk = book.desk.wording, book.desk
    plain = {word: entry.plain for entry in wording.jargon for word in entry.words}
    jargon = Phrases(plain, plural=True)
    named = [change.name for change in book.changes.values()]
    named += [team.name for team in desk.teams.values()] + [partner.name for partner in desk.partners.values()]
    # Staff know a system by its names, whatever words these are made of.
    named += [name for system in desk.systems.values() for name in (system.name, *system.other_names)]
    vague = Phrases(wording.vague)
    alerts = (watch.alert for change in book.changes.values() for watch in change.watch)
    vague_names = Covers((*named, *alerts), vague)
    return _Lists(jargon, plain, Covers(named, jargon), Phrases(wording.robotic), vague, vague_names)
