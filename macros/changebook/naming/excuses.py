"""Lines that may hold a wrong name, because somebody wrote down why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from changebook.errors import Problem

_EXCUSE = re.compile(r"(?:(?<!\S)#|(?<!\S)//|<!--)[ \t]*name-ok\b[ \t]*:?[ \t]*(?P<reason>.*?)[ \t]*(?:-->|\r?$)", re.M)


def excused_lines(text: str) -> set[int]:
    """Return the numbers of the lines of `text` that hold a comment `name-ok: REASON`.

    It is written as `# ...`, `// ...` or `<!-- ... -->`.
    """
    return {line for line, _, reason in _excuses(text) if reason}


def excuses_without_reason(text: str, path: Path) -> Iterator[Problem]:
    """Yield every `name-ok` in `text` that gives no reason."""
    for line, column, reason in _excuses(text):
        if not reason:
            yield Problem(path, line, column, "name-ok gives no reason; write 'name-ok: REASON', or delete it")


def _excuses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each `name-ok` of `text`: its line and column, both from 1, and its reason, "" where there is none."""
    if "name-ok" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        for found in _EXCUSE.finditer(line):
            yield number, found.start() + 1, found["reason"]
