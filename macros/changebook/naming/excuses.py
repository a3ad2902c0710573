"""Lines that may hold a wrong name, because somebody wrote down why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from changebook.errors import Problem

_EXCUSE = re.compile(r"(?:(?<!\S)#|(?<!\S)//|<!--)[ \t]*name-ok\b[ \t]*:?[ \t]*(?P<reason>.*?)[ \t]*(?:-->|\r?$)", re.M)


def excused(line: str) -> bool:
    """Return whether `line` holds a comment `name-ok: REASON`, as `# ...`, `// ...` or `<!-- ... -->`."""
    found = _EXCUSE.search(line) if "name-ok" in line else None
    return bool(found and found["reason"])


def excuses_without_reason(text: str, path: Path) -> Iterator[Problem]:
    """Yield every `name-ok` in `text` that gives no reason."""
    for found in _EXCUSE.finditer(text) if "name-ok" in text else ():
        if not found["reason"]:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            yield Problem(path, line, column, "name-ok gives no reason; write 'name-ok: REASON', or delete it")
