"""What each form of a book changed, as small edits of its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from changebook.book.codes import next_code
from changebook.editing.files import Edit, edited
from changebook.editing.layout import Layout
from changebook.editing.record import Put, revised_text
from changebook.model import Scenario

SETTINGS_FILE, _SCENARIOS = Path("desk", "book.yaml"), Path("desk", "scenarios")


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


Rewrite = Callable[[OldBook], Iterator[tuple[Path, str]]]
# By the form that a book has afterward. The first form is that of 0.1 and 0.2, whose books do not say so.
REWRITES: dict[int, tuple[Rewrite, ...]] = {2: (american_spelling, playbook_codes)}
