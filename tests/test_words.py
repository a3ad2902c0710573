"""American English in plain words, wherever somebody reads it: pages, messages, docstrings and the sample."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLE

# What to write instead. The worst ones only: whoever writes one wrote it without a reader in mind.
# Words are whole, in any case; a pattern says which of their forms and neighbors count.
BETTER = {
    r"stands?\b(?!-)": "is, appears, shows; 'stand in' is 'cover'",
    r"mend(?:s|ed|ing)?\b": "fix",
    r"(?<!board )meets?\b": "see, have, affect; of rules: follow",
    r"shall\b": "will",
    r"whilst\b": "while",
    r"autumn\b": "fall",
    r"fortnight\b": "two weeks",
    r"anew\b": "again",
    r"ring (?:back|up|us|you)\b": "call",
    r"afterwards\b": "afterward",
    r"towards\b": "toward",
    r"(?:is|and) no fault\b": "is expected",
    r"(?:is|was|be) undone\b": "is rolled back",
    r"(?:one|two|action|item|step|key|row|line) a (?:line|change|row|playbook|record)\b": "per line, per change",
    r"(?:is|are) to be (?:told|read|written|released|left|done|held)\b": "say who does it",
    r"checks are used up\b": "you ran every check",
    r"day and night\b": "24/7, around the clock",
    r"wards?\b(?!-)": "unit",
    r"surnames?\b": "last name",
    r"(?:colour|behaviour|neighbour|honour|favour|labour|harbour)\w*": "-or",
    r"(?:organis|recognis|normalis|capitalis|summaris|initialis|serialis|realis)\w*": "-ize",
    r"(?:labelled|modelled|travelled|signalled)\b": "one l",
    r"(?:centre|licence|defence|catalogue|grey|programme|acknowledgement|spelt|learnt)s?\b": "the American spelling",
}
WORST = {re.compile(rf"\b{pattern}", re.I): better for pattern, better in BETTER.items()}
# Any of them: most lines have none, and are looked through once.
ANY = re.compile(rf"\b(?:{'|'.join(BETTER)})", re.I)
# Callers' words, to be found by search or kept out of records, are as callers say them.
CALLERS = {
    "changes/desk/wording.yaml",
    *(f"macros/changebook/privacy/{name}.py" for name in ("health", "patients", "people", "samples")),
}
# Keys of earlier books are as they were.
FORMER = {"macros/changebook/migrating/forms.py"}
_KEYWORDS = re.compile(r"^( *)(?:keywords|was):.*(?:\n\1 +.*)*", re.M)


@cache
def readable() -> list[tuple[str, int, str]]:
    """Return every line of the project that somebody reads, with its file and number."""
    return list(_readable())


def _readable() -> Iterator[tuple[str, int, str]]:
    for file in (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")):
        yield from _lines(file)
    for file in sorted((ROOT / "docs").rglob("*.md")):
        yield from _lines(file)
    for file in sorted((ROOT / "macros").rglob("*.py")):
        yield from _strings(file)
    for file in sorted((ROOT / "macros").rglob("*.j2")):
        yield from _lines(file)
    for file in sorted((ROOT / "overrides").rglob("*")):
        if file.suffix in (".html", ".js", ".css"):
            yield from _lines(file)


def _lines(file: Path) -> Iterator[tuple[str, int, str]]:
    text = _KEYWORDS.sub(lambda found: "\n" * found[0].count("\n"), file.read_text("utf-8"))
    for number, line in enumerate(text.splitlines(), 1):
        yield file.relative_to(ROOT).as_posix(), number, line


def _strings(file: Path) -> Iterator[tuple[str, int, str]]:
    """Yield the lines of a module that hold text: docstrings, messages, labels."""
    text = file.read_text("utf-8")
    held = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    yield from (line for line in _lines(file) if line[1] in held)


def faults(lines: Iterable[tuple[str, int, str]]) -> list[str]:
    return [
        f"{file}:{number}: {found[0]!r}; write: {better}"
        for file, number, line in lines
        if file not in CALLERS | FORMER and ANY.search(line)
        for pattern, better in WORST.items()
        if (found := pattern.search(line))
    ]


@pytest.mark.slow
def test_nobody_reads_a_word_that_an_american_desk_would_not_write() -> None:
    assert faults(readable()) == []


def test_the_sample_has_none_of_them_either() -> None:
    assert faults(line for file in sorted(SAMPLE.rglob("*.yaml")) for line in _lines(file)) == []


def test_a_bad_word_is_named_with_its_place_and_the_better_one() -> None:
    lines = [
        ("docs/a.md", 3, "Whom to call stands below."),
        ("docs/a.md", 4, "The board meets; a stand-alone page of one color is fine."),
        ("changes/b.yaml", 7, "Shall we ring back? It was mended."),
        ("changes/desk/wording.yaml", 1, "who mends it"),
    ]
    assert [fault.partition("; write: ")[0] for fault in faults(iter(lines))] == [
        "docs/a.md:3: 'stands'",
        "changes/b.yaml:7: 'mended'",
        "changes/b.yaml:7: 'Shall'",
        "changes/b.yaml:7: 'ring back'",
    ]
    assert faults(iter(lines[2:3]))[0].endswith("; write: fix")


@pytest.mark.slow
def test_every_kind_of_text_is_read() -> None:
    files = {file for file, _, _ in readable()}
    assert {
        "README.md",
        "docs/handbook/analysts.md",
        "macros/changebook/checks/playbooks.py",
        "macros/changebook/model/change.py",
        "macros/changebook/views/board.py",
        "macros/changebook/render/templates/shared/sheets.html.j2",
        "macros/changebook/render/templates/review.md.j2",
        "overrides/partials/missing.html",
        "overrides/assets/js/search/notes.js",
        "overrides/assets/css/planning.css",
    } <= files
