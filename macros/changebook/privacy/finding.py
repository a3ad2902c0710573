"""Private data in a text, found quickly: most texts hold none, and are told by a few words that they lack."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from changebook.privacy.anchors import Anchors, Windows
from changebook.privacy.cards import CARD_RULES
from changebook.privacy.commands import COMMAND_RULES
from changebook.privacy.contacts import CONTACT_RULES
from changebook.privacy.exchange import EXCHANGE_RULES
from changebook.privacy.health import HEALTH_RULES
from changebook.privacy.issued import ISSUED_RULES
from changebook.privacy.library import library_rules
from changebook.privacy.numbers import NUMBER_RULES
from changebook.privacy.people import BIRTH_RULES, PEOPLE_RULES
from changebook.privacy.rows import ROW_RULES
from changebook.privacy.rule import Private, Rule
from changebook.privacy.samples import digits_of
from changebook.privacy.secrets import SECRET_RULES
from changebook.privacy.worded import WORDED_RULES

# What programs put in place of a keyboard's signs; one for one, so that places stay.
_TYPED = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", " "),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)


def own_rules() -> tuple[Rule, ...]:
    """Return the rules of this package, the most telling first: of two that overlap, the first counts."""
    patients = (*EXCHANGE_RULES, *PEOPLE_RULES, *CARD_RULES, *NUMBER_RULES, *CONTACT_RULES)
    return (
        *patients,
        *ISSUED_RULES,
        *SECRET_RULES,
        *COMMAND_RULES,
        *WORDED_RULES,
        *ROW_RULES,
        *BIRTH_RULES,
        *HEALTH_RULES,
    )


def every_rule() -> tuple[Rule, ...]:
    """Return every rule, those of the library last."""
    return (*own_rules(), *library_rules())


def private_in(text: str, passed: Collection[str] = ()) -> list[Private]:
    """Return the private data in `text`, in order; digits that are in `passed`, such as the desk's phones, are none."""
    plain = text if text.isascii() else text.translate(_TYPED)
    found: list[Private] = []
    taken = bytearray(len(plain))
    for rule, start, end in _hits(plain):
        if digits_of(plain[start:end]) in passed or any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        found.append(Private(start, end, rule.name))
    return sorted(found)


def message_of(name: str) -> str:
    """Return what is said of private data that the rule `name` found."""
    return next(rule.message for rule in own_rules() if rule.name == name)


@lru_cache(maxsize=1024)  # a book that is read again, by a server after each save, has mostly the same texts
def _hits(text: str) -> tuple[tuple[Rule, int, int], ...]:
    anchors = Anchors(text)
    found = [hit for rule in own_rules() if (windows := _near(rule, anchors)) for hit in _of(rule, text, windows)]
    if anchors.tokens:
        found += [hit for rule in library_rules() for hit in _of(rule, text, anchors.tokens)]
    return tuple(found)


def _near(rule: Rule, anchors: Anchors) -> Windows:
    if rule.near == "hints":
        return anchors.hints(_hints(rule))
    return {"numbers": anchors.numbers, "people": anchors.people, "tokens": anchors.tokens}[rule.near]


def _of(rule: Rule, text: str, windows: Windows) -> Iterator[tuple[Rule, int, int]]:
    for start, end in windows:
        for found in _compiled(rule).finditer(text, start, end):
            if span := rule.judge(text, found):
                yield rule, *span


@cache
def _hints(rule: Rule) -> tuple[bytes, ...]:
    return tuple(hint.encode() for hint in rule.hints)


@cache
def _compiled(rule: Rule) -> re.Pattern[str]:
    return re.compile(rule.pattern, 0 if rule.exact else re.I)
