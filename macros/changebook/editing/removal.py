"""A key that is taken out of a text, with its value."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from changebook.editing.files import Edit
from changebook.editing.layout import Layout, is_flow
from changebook.source.events import Steps


def removed(layout: Layout, steps: Steps) -> Iterator[Edit]:
    """Yield the edit that takes the key at `steps` away with its value: whole lines, or what is between braces."""
    parent, key = layout.values.get(steps[:-1]), layout.keys.get(steps)
    if not key or not isinstance(parent, yaml.MappingNode) or len(parent.value) == 1:
        return
    start, end = key.start_mark.index, layout.end(layout.values[steps])
    if is_flow(parent):
        at = next(number for number, (name, _) in enumerate(parent.value) if name is key)
        later = parent.value[at + 1 :]
        yield (
            Edit(start, later[0][0].start_mark.index, "")
            if later
            else Edit(layout.end(parent.value[at - 1][1]), end, "")
        )
    elif not layout.text[start - layout.column(start) : start].strip(" "):
        line_end = layout.line_end(end)
        newline = layout.newline(line_end) if line_end < len(layout.text) else ""
        yield Edit(start - layout.column(start), line_end + len(newline), "")
