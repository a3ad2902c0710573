"""Files without patient data and secrets: what is found is told by its rule and its place, never by its text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from changebook.errors import Problem
from changebook.naming.excuses import excused_lines, excuses_of
from changebook.privacy.finding import message_of, private_in
from changebook.privacy.rule import Private
from changebook.privacy.samples import digits_of
from changebook.source import Source

_EXCUSE = "privacy-ok"
_UNUSED = f"{_EXCUSE} excuses nothing here; delete it"


@dataclass(frozen=True)
class Refused:
    """A problem with private data, and the text that no message may repeat, "" where there is none to repeat."""

    problem: Problem
    value: str = ""


def check_privacy(
    text: str, path: Path, phones: Collection[str] = (), source: Source | None = None
) -> Iterator[Refused]:
    """No file of a book has patient data or a secret: no record, list of the desk or hand-written page, also not in a
    comment. Patient data is a medical record number, a social security number, an NHS number with its check digit, a
    number of an insured person or a payment card, a name with a date of birth or with what is known of a person's
    health, how a patient is reached, a PID segment, or a FHIR Patient with identifiers. A secret is a password, a
    token, or a key. What is nobody's passes: numbers that are never issued, test patients, placeholders such as
    `[MRN]`, `example.org`, and phone numbers. The message names the rule and never repeats the text. If a line only
    looks like it, say why: `# privacy-ok: REASON`, on a page `<!-- privacy-ok: REASON -->`.
    """
    excused = excused_lines(text, _EXCUSE)
    used: set[int] = set()
    for found in private_in(text, phones):
        lines = _lines(text, found, source) if excused else set()
        used |= lines & excused
        if excused.isdisjoint(lines):
            line = text.count("\n", 0, found.start) + 1
            problem = Problem(path, line, found.start - text.rfind("\n", 0, found.start), message_of(found.rule))
            yield Refused(problem, text[found.start : found.end])
    for told in _escaped(text, phones, source):
        used |= {told.problem.line} & excused
        if told.problem.line not in excused:
            yield told
    for line, column, reason in excuses_of(text, _EXCUSE):
        if reason and line not in used and (source or _is_comment(text, line, column)):
            yield Refused(Problem(path, line, column, _UNUSED))


def asks_for_places(text: str) -> bool:
    """Return whether `check_privacy` asks for the places of values: only an excuse or an escape has it look at them."""
    return _EXCUSE in text or "\\" in text


def _is_comment(text: str, line: int, column: int) -> bool:
    """Return whether an excuse on a page is a comment of that page, and not one that the page shows to its readers."""
    written = text.split("\n")[line - 1]
    return written.startswith("<!--", column - 1) and not written[: column - 1].endswith("`")


def phones_in(values: Any, key: str = "") -> Iterator[str]:
    """Yield the digits of each phone number in a file's values, as it is dialed from inside and from outside."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from phones_in(value, str(name))
    elif isinstance(values, list):
        for value in values:
            yield from phones_in(value, key)
    elif isinstance(values, str) and key.endswith("phone"):
        yield from {digits_of(values), digits_of(values)[-10:]}


def _lines(text: str, found: Private, source: Source | None) -> set[int]:
    """Return the lines whose comment excuses what was found: its own, and the first of the value that it is in."""
    first = text.count("\n", 0, found.start) + 1
    lines = set(range(first, text.count("\n", 0, found.end) + 2))
    for steps, (start, end) in source.spans.items() if source else ():
        if start <= found.start < end:
            lines |= {text.count("\n", 0, start) + 1, source.keys.get(steps, (first, 1))[0]}  # type: ignore[union-attr]
    return lines


def _escaped(text: str, phones: Collection[str], source: Source | None) -> Iterator[Refused]:
    """Yield what the escapes of a text in double quotes hide from whoever reads the file."""
    for steps, (start, end) in source.spans.items() if source and "\\" in text else ():
        written = text[start:end]
        if not written.startswith('"') or "\\" not in written:
            continue
        value: Any = source.values if source else None
        for step in steps:
            value = value[step]
        hidden = private_in(str(value), phones)
        seen = {found.rule for found in private_in(written, phones)} if hidden else set()
        for found in hidden:
            if source and found.rule not in seen:
                yield Refused(source.problem(steps, message_of(found.rule)), str(value)[found.start : found.end])
