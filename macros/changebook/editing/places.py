"""Where a value goes in a text: in place of an old one, as a new key, or at the end of a list."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from changebook.editing.files import Edit
from changebook.editing.layout import Layout, is_flow
from changebook.editing.lines import (
    WIDE,
    Value,
    entry_lines,
    flow_text,
    is_single,
    item_lines,
    scalar_lines,
    scalar_text,
)
from changebook.model import Entry, Record
from changebook.model.keys import keys_of
from changebook.source.events import Steps


def put(layout: Layout, steps: Steps, value: Value, cls: type[Record]) -> Iterator[Edit]:
    """Yield the edit that lets the value at `steps` be `value`, in a record of `cls`; nothing where that is no line's
    work, as when a list is there already.
    """
    node = layout.values.get(steps)
    if node is None:
        yield from _added(layout, steps, value, cls)
    elif not is_single(value):
        yield from () if node.value else _filled(layout, steps, node, value)
    elif isinstance(node, yaml.ScalarNode):
        yield _replaced(layout, steps, node, value)


def appended(layout: Layout, steps: Steps, value: Value, cls: type[Record]) -> Iterator[Edit]:
    """Yield the edit that adds `value` to the list at `steps`, in a record of `cls`."""
    node = layout.values.get(steps)
    if node is None or not node.value:
        yield from put(layout, steps, [value], cls)
    elif is_flow(node):
        yield _listed(layout, steps, node, flow_text(value, item=True))
    elif isinstance(node, yaml.SequenceNode):
        column, last, look = node.start_mark.column, node.value[-1], layout.look()
        lines, line = item_lines(value, column, look), flow_text(value)
        if is_flow(last) and column + look.items + len(line) <= WIDE:
            # The others are in braces, one per line.
            lines = item_lines(line, column, look, written=True)
        apart = len(node.value) > 1 and layout.has_blank_line(layout.end(node.value[-2]), last.start_mark.index)
        yield _below(layout, node, column, lines, apart=apart)


def prepended(layout: Layout, steps: Steps, value: Value, cls: type[Record]) -> Iterator[Edit]:
    """Yield the edit that adds `value` before the first item of the list at `steps`, in a record of `cls`."""
    node, key = layout.values.get(steps), layout.keys.get(steps)
    if node is None or not node.value:
        yield from put(layout, steps, [value], cls)
    elif isinstance(node, yaml.SequenceNode) and not is_flow(node) and key:
        # A comment above the first item stays with it.
        column = node.start_mark.column
        yield _lines_at(layout, layout.line_end(layout.end(key)), column, item_lines(value, column, layout.look()))


def _replaced(layout: Layout, steps: Steps, node: yaml.Node, value: Value) -> Edit:
    """Return the edit that writes a single value in place of what is there."""
    start, end = node.start_mark.index, layout.end(node)
    key, old = layout.keys.get(steps), layout.text[start:end]
    if layout.in_flow(steps) or key is None:
        flow = layout.in_flow(steps)
        new = scalar_text(value, like=old, flow=flow, item=flow and key is None)
    else:
        column = key.start_mark.column
        lines = scalar_lines(value, column, layout.look(), before=node.start_mark.column - column, like=old)
        new = lines[0] + "".join(layout.newline(end) + (" " * column + line if line else "") for line in lines[1:])
    return Edit(start, end, f" {new}" if start == end and layout.text[start - 1 : start] not in (" ", "\t") else new)


def _filled(layout: Layout, steps: Steps, node: yaml.Node, value: Value) -> Iterator[Edit]:
    """Yield the edits that write keys or a list where there is nothing, `[]` or `{}`."""
    start, end, key = node.start_mark.index, layout.end(node), layout.keys.get(steps)
    column = key.start_mark.column if key else 0
    _, *lines = entry_lines(str(steps[-1]), value, column, layout.look())
    if layout.in_flow(steps) or key is None or not lines:
        # What is blank between the brackets goes, and a comment there stays.
        inside = layout.text[start + 1 : end - 1] if is_flow(node) else ""
        if inside.strip():
            yield Edit(start + 1, start + 1, flow_text(value)[1:-1])
        else:
            space = "" if layout.text[start - 1 : start] in (" ", "\t") else " "
            yield Edit(start, end, space + flow_text(value))
        return
    if start != end:
        yield Edit(layout.before(start), end, "")
    yield _lines_at(layout, layout.line_end(end), column, lines)


def _added(layout: Layout, steps: Steps, value: Value, cls: type[Record]) -> Iterator[Edit]:
    """Yield the edit that adds the key at the end of `steps`, after the keys that come before it in the model."""
    *above, name = steps
    parent = layout.values.get(tuple(above))
    if parent is None or not parent.value:
        yield from put(layout, tuple(above), {str(name): value}, cls)
        return
    if not isinstance(parent, yaml.MappingNode):
        return
    order = _order(cls, steps)
    present = {key.value: (key, found) for key, found in parent.value}
    # A key that the model does not know, as the id of an entry in a list of them, is the last one.
    earlier = order[: order.index(str(name))] if name in order else list(present)
    before = next((present[key] for key in reversed(earlier) if key in present), None)
    first = parent.value[0][0]
    column, start = first.start_mark.column, first.start_mark.index
    if is_flow(parent):
        yield from _in_braces(layout, tuple(above), parent, before[1] if before else None, (str(name), value))
        return
    lines = entry_lines(str(name), value, column, layout.look())
    if before:
        key, found = before
        # A section of its own, where sections are set apart.
        near = layout.is_blank_above(key.start_mark.index) or layout.is_blank_below(layout.below(found, column))
        yield _below(layout, found, column, lines, apart=len(lines) > 1 and not column and near)
    else:
        newline = layout.newline(start)
        yield Edit(start, start, "".join(f"{line}{newline}{' ' * column}" for line in lines))


def _listed(layout: Layout, steps: Steps, node: yaml.Node, text: str) -> Edit:
    """Return the edit that adds an item to a list in brackets: on its own line where the last one is full."""
    at, key = layout.end(node.value[-1]), layout.keys.get(steps)
    full = layout.column(layout.line_end(at)) + len(text) + 2 > WIDE
    if not full or layout.in_flow(steps) or not key:
        return Edit(at, at, f", {text}")
    indent = " " * (key.start_mark.column + layout.look().keys)
    return Edit(at, at, f",{layout.newline(at)}{indent}{text}")


def _in_braces(
    layout: Layout, steps: Steps, node: yaml.Node, before: yaml.Node | None, entry: tuple[str, Value]
) -> Iterator[Edit]:
    """Yield the edits that add a key to keys in braces, after the value `before`; those of a line that would be too
    long are written one per line.
    """
    start, end, name = node.start_mark.index, layout.end(node), entry[0]
    added, key = f"{name}: {flow_text(entry[1])}", layout.keys.get(steps)
    at = layout.end(before) if before else node.value[0][0].start_mark.index
    written = layout.text[start:end]
    fits = layout.column(end) + len(added) + 2 <= WIDE
    simple = all(isinstance(value, yaml.ScalarNode) for _, value in node.value) and not set("#\n") & set(written)
    if fits or layout.in_flow(steps) or not key or not simple:
        yield Edit(at, at, f", {added}" if before else f"{added}, ")
        return
    column, look = key.start_mark.column, layout.look()
    lines = entry_lines(*entry, column + look.keys, look)
    opened = [] if before else lines
    for inner, value in node.value:
        opened.append(layout.text[inner.start_mark.index : layout.end(value)])
        opened += lines if value is before else []
    yield Edit(layout.before(start), end, "")
    yield _lines_at(layout, layout.line_end(end), column + look.keys, opened)


def _below(layout: Layout, node: yaml.Node, column: int, lines: list[str], *, apart: bool) -> Edit:
    at = layout.below(node, column)
    return _lines_at(layout, at, column, ["", *lines] if apart else lines)


def _lines_at(layout: Layout, at: int, column: int, lines: list[str]) -> Edit:
    """Return the edit that adds `lines`, indented by `column`, after the line that ends at `at`."""
    newline = layout.newline(at)
    return Edit(at, at, "".join(newline + (" " * column + line if line else "") for line in lines))


def _order(cls: type[Record], steps: Steps) -> list[str]:
    """Return the keys of the mapping that the last of `steps` belongs to, in the order of the model."""
    for depth, step in enumerate(steps[:-1]):
        if isinstance(step, str):
            found = next((key for key in keys_of(cls) if key.key == step), None)
            if not found and not depth and issubclass(cls, Entry):
                continue  # a list of entries: this one's id
            if not found or not found.inner:
                return []
            cls = found.inner
    return [key.key for key in keys_of(cls)]
