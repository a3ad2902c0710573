"""Comments that mark what was carried over from another record and not read yet by the author of this one."""

from __future__ import annotations

import re

from changebook.source.events import Steps
from changebook.source.reading import Source

NOT_READ = "# not yet read"
_MARK = re.compile(r"(?<!\S)#[ \t]*not yet read\b", re.I)


def not_read(source: Source) -> tuple[Steps, ...]:
    """Return the steps to each value that a comment `# not yet read` is beside, in the order of the file.

    A comment on a line of its own is about what is above it.
    """
    if source.values is None:
        return ()
    found = [hit.start() for hit in _MARK.finditer(source.text) if not _is_text(source, hit.start())]
    if not found:
        return ()
    numbers = [source.text.count("\n", 0, at) + 1 for at in found]
    # The shortest steps on a line are those of what begins there.
    begins: dict[int, Steps] = {}
    for steps, (line, _) in sorted((*source.places.items(), *source.keys.items()), key=lambda item: -len(item[0])):
        begins[line] = steps
    lines = sorted(begins)
    above = (max((line for line in lines if line <= number), default=None) for number in numbers)
    return tuple(dict.fromkeys(begins[line] for line in above if line is not None and begins[line]))


def _is_text(source: Source, at: int) -> bool:
    """Return whether what is at `at` in a file belongs to a text, and not to a comment beside it."""
    for start, end in source.spans.values():
        if start <= at < end:
            # The comment behind the mark of a block is none of its lines.
            return source.text[start] not in "|>" or "\n" in source.text[start:at]
    return False
