"""What looks private and is not: numbers that are never issued, well-known samples, placeholders, test patients."""

from __future__ import annotations

import re

_UP = "01234567890123456789"
# What is written in place of a value: <MRN>, [token], ${SECRET}, {{ key }}, ****, xxxx, YOUR-KEY, AKIAIOSFODNN7EXAMPLE.
_PLACEHOLDER = re.compile(
    r"[<>\[\]{}]|^\$|\$[{(]|(?-i:\$[A-Z][A-Z_]{2,}|\W\$[a-z_])|%[A-Za-z_]+%|&(?:quot|amp|lt|gt|nbsp)|\*{2,}|\.{3}|\u2026|x{3,}|_{3,}|#{3,}|\?{2,}|-{3,}"
    r"|example|redact|placeholder|dummy|sample|your[-_ ]?|change-?me|to-?do|fake|insert|removed|hidden|masked"
    r"|^@[\w.-]+[@:/]|0{8}|(?:1234567890|0123456789)",
    re.I,
)
# A test patient, said so right before the number or name.
_TEST = re.compile(
    r"\b(?:test|tests|testing|training|sample|dummy|demo|example|fictional|fictitious|fake|sandbox|synthetic|made-up"
    r"|imaginary|zz+)[ -]+(?:(?!(?:real|with|on|of|for|by)\b)[\w-]+[ -]+){0,2}?"
    r"(?:patients?|pt|mrns?|ssns?|records?|charts?|persons?|people|identifiers?|numbers?|accounts?|nhs|names?|pid)\b"
    r"[^.;\n]{0,25}$",
    re.I,
)
_TEST_NAME = re.compile(
    r"\b(?:test\w*|zz\w*|sample|dummy|demo\w*|example\w*|training|fake|doe|unknown|unidentified|anonymous"
    r"|first\w*|last\w*"
    r"|given\w*|family\w*|surname|name|every(?:man|woman)|mouse|placeholder)\b",
    re.I,
)


def digits_of(text: str) -> str:
    """Return the digits of `text`."""
    return "".join(letter for letter in text if letter.isdigit())


def is_sample_number(text: str) -> bool:
    """Return whether a number is one that people write to show a form: 0000000, 1234567, 4000000, 4999999."""
    digits = digits_of(text)
    return (
        len(set(digits)) == 1
        or digits in _UP
        or digits[::-1] in _UP
        or digits.endswith(("0000", "9999"))
        or digits.startswith("00000")
    )


def is_placeholder(text: str) -> bool:
    """Return whether `text` is there in place of a value."""
    return bool(_PLACEHOLDER.search(text))


def is_of_test_patient(text: str, start: int) -> bool:
    """Return whether the words before `start` call it a test patient's."""
    return bool(_TEST.search(text, max(start - 60, 0), start))


def is_test_name(name: str) -> bool:
    """Return whether a person's name is one of nobody."""
    return bool(_TEST_NAME.search(name))
