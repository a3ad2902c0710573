"""Lines that may hold a wrong name, jargon, or what looks private, because somebody wrote down why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from changebook.errors import Problem
from changebook.source import Source
from changebook.source.events import Steps
from changebook.source.places import steps_on

_EXCUSE = re.compile(
    r"(?:(?<!\S)#|(?<!\S)//|<!--)[ \t]*(?P<word>(?:name|plain|privacy)-ok)\b[ \t]*:?[ \t]*"
    r"(?P<reason>.*?)[ \t]*(?:-->|\r?$)",
    re.M,
)


def excused_lines(text: str, word: str = "name-ok") -> set[int]:
    """Return the numbers of the lines of `text` that hold a comment `name-ok: REASON`, or another `word` for it.

    It is written as `# ...`, `// ...` or `<!-- ... -->`.
    """
    return {line for line, _, said, reason in _excuses(text) if reason and said == word}


def excused_steps(source: Source) -> frozenset[Steps]:
    """Return the steps to the texts of a file that may hold jargon: those on a line with `plain-ok: REASON`."""
    lines = excused_lines(source.text, "plain-ok")
    return steps_on(source, lines) if lines else frozenset()


def excuses_without_reason(text: str, path: Path) -> Iterator[Problem]:
    """Yield every `name-ok`, `plain-ok` and `privacy-ok` in `text` that gives no reason."""
    for line, column, word, reason in _excuses(text):
        if not reason:
            yield Problem(path, line, column, f"{word} gives no reason; write '{word}: REASON', or delete it")


def excuses_of(text: str, word: str) -> Iterator[tuple[int, int, str]]:
    """Yield line and column, both from 1, and reason of each excuse with `word` in `text`."""
    return ((line, column, reason) for line, column, said, reason in _excuses(text) if said == word)


def _excuses(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield each excuse in `text`: its line and column, both from 1, its word, and its reason, "" without one."""
    if "-ok" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        for found in _EXCUSE.finditer(line):
            yield number, found.start() + 1, found["word"], found["reason"]
