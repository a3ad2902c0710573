"""How a YAML file is laid out: where each value begins and ends in its text, and how deep its parts are indented."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import yaml

from changebook.source.events import Steps

_LINE_END = re.compile(r"\r?\n|\Z")
_COMMENT_LINE = re.compile(r"\r?\n( *)#[^\r\n]*")
_INDENT = 2


@dataclass(frozen=True)
class Look:
    """By how many columns a file indents keys, and dashes, below the key above them, and items behind their dash."""

    keys: int
    dashes: int
    items: int


class Layout:
    """The nodes of a text that `source` has read without a problem, by the steps to them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: dict[Steps, yaml.Node] = {}
        self.values: dict[Steps, yaml.Node] = {}
        if top := yaml.compose(text, Loader=yaml.CSafeLoader):
            self._keep(top, ())

    def _keep(self, node: yaml.Node, steps: Steps) -> None:
        self.values[steps] = node
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self.keys[*steps, key.value] = key
                self._keep(value, (*steps, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._keep(item, (*steps, number))

    def in_flow(self, steps: Steps) -> bool:
        """Return whether what is at `steps`, or would be, lies inside brackets or braces."""
        around = (self.values.get(steps[:end]) for end in range(len(steps)))
        return any(is_flow(node) for node in around if node)

    def look(self) -> Look:
        """Return how most of the file is indented; the book's own records use two columns everywhere."""
        keys, dashes, items = Counter[int](), Counter[int](), Counter[int]()
        for steps, node in self.values.items():
            if is_flow(node) or isinstance(node, yaml.ScalarNode) or not node.value:
                continue
            if isinstance(node, yaml.SequenceNode):
                items.update(item.start_mark.column - node.start_mark.column for item in node.value)
            if steps in self.keys:
                deeper = node.start_mark.column - self.keys[steps].start_mark.column
                (dashes if isinstance(node, yaml.SequenceNode) else keys)[deeper] += 1
        # An item may begin on the line below its dash.
        return Look(_most(keys or items), _most(dashes or keys), max(_most(items), _INDENT))

    def end(self, node: yaml.Node) -> int:
        """Return where what is written of `node` ends: before line ends and comments that follow."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            start = node.start_mark.index
            return start + len(self.text[start : node.end_mark.index].rstrip())
        if isinstance(node, yaml.ScalarNode) or is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, yaml.MappingNode) else last)

    def line_end(self, at: int) -> int:
        """Return where the line ends that `at` is in."""
        found = _LINE_END.search(self.text, at)
        assert found
        return found.start()

    def before(self, at: int) -> int:
        """Return where the blanks before `at` begin."""
        return len(self.text[:at].rstrip(" \t"))

    def column(self, at: int) -> int:
        """Return how many characters are before `at` on its line."""
        return at - self.text.rfind("\n", 0, at) - 1

    def below(self, node: yaml.Node, column: int) -> int:
        """Return where lines can be added below `node`: after comments that are indented deeper than `column`."""
        at = self.line_end(self.end(node))
        while (found := _COMMENT_LINE.match(self.text, at)) and len(found[1]) > column:
            at = found.end()
        return at

    def newline(self, at: int) -> str:
        """Return how lines end around `at`."""
        found = re.compile(r"\r?\n").search(self.text, at) or re.search(r"\r?\n", self.text)
        return found[0] if found else "\n"

    def has_blank_line(self, start: int, end: int) -> bool:
        """Return whether there is a blank line between two places."""
        return bool(re.search(r"\n[ \t]*\r?\n", self.text[start:end]))

    def is_blank_above(self, at: int) -> bool:
        """Return whether the line above the one that `at` is in is blank, or above the comments there."""
        return bool(re.search(r"(?:^|\n)[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*[^\n]*$", self.text[:at]))

    def is_blank_below(self, line_end: int) -> bool:
        """Return whether a line that ends at `line_end` has a blank one below it."""
        return bool(re.compile(r"\r?\n[ \t]*\r?\n").match(self.text, line_end))


def is_flow(node: yaml.Node) -> bool:
    """Return whether a node is a list in brackets or keys in braces."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _most(found: Counter[int]) -> int:
    return found.most_common(1)[0][0] if found else _INDENT
