"""Numbers on the cards that patients carry: of their insurance, and of their bank."""

from __future__ import annotations

import re

from changebook.privacy.numbers import GAP
from changebook.privacy.rule import Rule
from changebook.privacy.samples import digits_of, is_of_test_patient, is_placeholder, is_sample_number

# Whose member somebody is, and what else has a number of theirs.
_INSURED = (
    r"\b(?:(?:member(?:ship)?|subscriber|policy(?:[ -]?holder)?|beneficiary|insured(?:'s)?|insurance|medicaid|medicare"
    r"|recipient|health (?:plan|card)|driver'?s?'? licen[cs]e|passport|aetna|cigna|humana|anthem|blue ?cross|bcbs"
    r"|kaiser|tricare|molina|united ?health\w*)[\s_-]*(?:card[\s_-]*)?(?:numbers?|num|no\.?|nr\.?|ids?|identifiers?|\#)"
    r"|(?:medicaid|medicare|policy|driver'?s?'? licen[cs]e|passport))"
)
_HINTS = (
    *(
        "member",
        "subscriber",
        "policy",
        "benefic",
        "insur",
        "medica",
        "recipient",
        "health card",
        "health plan",
        "licen",
    ),
    *("passport", "aetna", "cigna", "humana", "anthem", "blue", "bcbs", "kaiser", "tricare", "molina", "united"),
)
# Letters, then groups that each begin with a digit: XQW 774 920 318, HHP-20938471-02, 68840217B.
_NUMBER = r"((?:[A-Z]{1,5}[ -]?)?\d[\dA-Z]*(?:[ -]\d[\dA-Z]*){0,4})(?![\w.]?\w)"
_DATE = re.compile(r"(?:19|20)\d\d[ -]?\d\d?[ -]?\d\d?|\d\d?-\d\d?-(?:19|20)\d\d")
# Of a bank: written in groups of four, or called a card's.
_CARD = r"(?<![\w.-])((?:4\d{3}|5[1-5]\d\d|6011)([ -])\d{4}\2\d{4}\2\d{4}|3[47]\d\d[ -]\d{6}[ -]\d{5})(?![\w-])"
_CALLED_CARD = (
    r"\b(?:(?:credit|debit|bank|payment)[ _-]?card|card|visa|master-?card|amex|cc|pan)[\s_-]*(?:number|no\.?|\#)?"
    rf"{GAP}((?:4\d{{12}}(?:\d{{3}})?|5[1-5]\d{{14}}|6011\d{{12}}|3[47]\d{{13}}))(?!\w)"
)
# What payment firms give developers to try with.
_TRIED = re.compile(r"4111|4242|4000000|5555555|55554444|5105105|6011111|601100|37828|37144|4012888|2223")


def _insured(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value, digits = found[1], digits_of(found[1])
    nobodys = _DATE.fullmatch(value) or is_sample_number(digits) or is_placeholder(value)
    return None if len(digits) < 6 or nobodys or is_of_test_patient(text, found.start(1)) else found.span(1)


def _card(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    digits = digits_of(found[1])
    doubled = [int(sign) * (1 + at % 2) for at, sign in enumerate(reversed(digits))]
    right = sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
    nobodys = _TRIED.match(digits) or is_sample_number(digits) or is_of_test_patient(text, found.start(1))
    return None if nobodys or not right else found.span(1)


_PAID = "the number of a payment card"
CARD_RULES = (
    Rule(
        "insurance-number",
        "a number of an insured person",
        rf"{_INSURED}{GAP}{_NUMBER}",
        _HINTS,
        _insured,
    ),
    Rule("payment-card", _PAID, _CARD, judge=_card, near="numbers"),
    Rule("payment-card", _PAID, _CALLED_CARD, judge=_card, near="numbers"),
)
