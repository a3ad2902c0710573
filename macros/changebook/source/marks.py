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
    if source.values is None or not _MARK.search(source.text):
        return ()
    numbers = [number for number, line in enumerate(source.text.split("\n"), 1) if _MARK.search(line)]
    # The shortest steps on a line are those of what begins there.
    begins: dict[int, Steps] = {}
    for steps, (line, _) in sorted((*source.places.items(), *source.keys.items()), key=lambda item: -len(item[0])):
        begins[line] = steps
    lines = sorted(begins)
    above = (max((line for line in lines if line <= number), default=None) for number in numbers)
    return tuple(dict.fromkeys(begins[line] for line in above if line is not None and begins[line]))
