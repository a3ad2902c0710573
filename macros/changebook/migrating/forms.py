"""What each form of a book changed, as small edits of its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import yaml

from changebook.book.codes import next_code
from changebook.editing.files import Edit, edited
from changebook.editing.layout import Layout
from changebook.editing.record import Put, revised_text
from changebook.model import Scenario
from changebook.scaffold.plain import as_yaml
from changebook.source.events import Steps

SETTINGS_FILE, _SCENARIOS, _KINDS = Path("desk", "book.yaml"), Path("desk", "scenarios"), Path("desk", "kinds.yaml")
# What an artifact of which only a name is known is made of: what every change has.
_ARTIFACT = {
    "use": "For the desk, before a change of this kind goes live.",
    "parts": {"names": "One name for it", "visible": "What people see", "playbooks": "Where each call leads"},
}


@dataclass(frozen=True)
class OldBook:
    """A book's texts by their path below its folder, and every code that a playbook ever had."""

    texts: Mapping[Path, str]
    codes: Set[str]


def american_spelling(old: OldBook) -> Iterator[tuple[Path, str]]:
    """`organisation` in `desk/book.yaml` is `organization`."""
    text = old.texts[SETTINGS_FILE]
    if key := Layout(text).keys.get(("organisation",)):
        yield SETTINGS_FILE, edited(text, [Edit(key.start_mark.index, key.end_mark.index, "organization")])


def playbook_codes(old: OldBook) -> Iterator[tuple[Path, str]]:
    """Each general playbook has a `code`, which a ticket names."""
    layouts = {file: Layout(text) for file, text in old.texts.items() if file.parent == _SCENARIOS}
    written = {file: layout.values[("code",)].value for file, layout in layouts.items() if ("code",) in layout.values}
    given = {*old.codes, *written.values()}
    for file in sorted(layouts.keys() - written.keys()):
        given.add(code := next_code(given))
        yield file, revised_text(old.texts[file], [Put(("code",), code)], Scenario, path=file)


def artifact_parts(old: OldBook) -> Iterator[tuple[Path, str]]:
    """`artifact` of a kind is its name, its use and its parts, not one text."""
    text = old.texts.get(_KINDS, "")
    layout = Layout(text)
    edits = [
        edit for steps in layout.keys if len(steps) == 2 and steps[1] == "artifact" for edit in _parted(layout, steps)
    ]
    if edits:
        yield _KINDS, edited(text, edits)


def _parted(layout: Layout, steps: Steps) -> Iterator[Edit]:
    """Yield the edits that put the parts of an artifact below its key, behind what is noted beside it."""
    key, value = layout.keys[steps], layout.values[steps]
    if isinstance(value, yaml.ScalarNode):
        begin, end = key.end_mark.index + 1, value.end_mark.index
        # The end of a block of text is the line after it.
        end = begin + len(layout.text[begin:end].rstrip())
        rest = layout.text[end:].partition("\n")[0].rstrip("\r")
        line = "\r\n" if "\r\n" in layout.text else "\n"
        inside = as_yaml({"name": " ".join(value.value.split()), **_ARTIFACT}).splitlines()
        indented = (" " * (key.start_mark.column + 2) + one for one in inside)
        yield Edit(begin, end + len(rest), line.join([rest.rstrip(), *indented]))


Rewrite = Callable[[OldBook], Iterator[tuple[Path, str]]]
# By the form that a book has afterward. The first form is that of 0.1 and 0.2, whose books do not say so.
REWRITES: dict[int, tuple[Rewrite, ...]] = {2: (american_spelling, playbook_codes, artifact_parts)}
