"""Hostile records, made from the model: a field that is added is attacked without being listed here.

A record holds one value, of one field, on its first line: what is said of it has to name that place. What is accepted
is put into a whole book, to see what pages and commands make of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from changebook.book import TABLES
from changebook.model import Calendar, Change, Record, Scenario, Settings, Wording
from changebook.model.keys import Key, keys_of
from changebook.model.mapping import TicketMapping
from changebook.model.reading import read_record
from changebook.model.retrospective import GuideGap
from changebook.model.updates import Update
from changebook.source import Source, read_source
from golden_texts import SOURCE

HOSTILE = Path(__file__).parent / "hostile"
# The files of the desk that hold one record, by name, and the folders that hold one in each file.
SINGLE: dict[str, type[Record]] = {"book": Settings, "calendar": Calendar, "wording": Wording}
FOLDERS: dict[str, type[Record]] = {"scenarios": Scenario, "mappings": TicketMapping}
TOPS: tuple[type[Record], ...] = (Change, *FOLDERS.values(), *SINGLE.values(), *TABLES.values())
# As a value in double quotes writes them: no field may hold one. Each hides, acts, or turns text around.
HIDDEN = (
    *("\\0", "\\a", "\\b", "\\e[31m", "\\x02", "\\r", "\\x7f", "\\x85", "\\x9b31m", "\\L", "\\P", "\\xad"),
    *("\\u034f", "\\u061c", "\\u115f", "\\u17b4", "\\u180e", "\\u200b", "\\u200e", "\\u202e", "\\u2066", "\\u2800"),
    *("\\u3164", "\\ue000", "\\ufdd0", "\\ufeff", "\\ufff9", "\\ufffd", "\\U000e0041", "\\U000e0100", "\\U0010ffff"),
    *("a\\u200cb", "a\\u200d", "a\\ufe0f", "e" + "\\u0301" * 40, "\\ud800", "\\udcff"),
)
# An update has no blanks: what is in brackets there is refused.
_ROUND = str.maketrans("[]", "()")
_CONTEXT = {"zone": ZoneInfo("America/Chicago")}


@dataclass(frozen=True)
class Leaf:
    """A field that holds text, an id, a number or a time: the class of its file and of the record
    it is a field of, and the keys that lead to it."""

    cls: type[Record]
    owner: type[Record]
    path: tuple[Key, ...]

    @property
    def shape(self) -> str:
        """How the handbook names what the field holds."""
        return shape_of(self.path[-1])

    def record(self, value: str) -> str:
        """Return a record that holds `value`, which is YAML, in this field and nothing else."""
        for key in reversed(self.path):
            inner = f"{{word: {value}}}" if key.named else f"[{value}]" if key.many else value
            value = f"{{{key.key}: {inner}}}"
        return value[1:-1] + "\n"


@cache
def leaves() -> tuple[Leaf, ...]:
    """Return every leaf of the model, those of records within records too."""
    return tuple(leaf for cls in TOPS for leaf in _leaves(cls, cls, ()))


def _leaves(top: type[Record], cls: type[Record], path: tuple[Key, ...]) -> Iterator[Leaf]:
    for key in keys_of(cls):
        if key.inner:
            yield from _leaves(top, key.inner, (*path, key))
        else:
            yield Leaf(top, cls, (*path, key))


def said_of(leaf: Leaf, value: str) -> list[tuple[int, int, str]]:
    """Return line, column and message of all that is wrong with `value`, which is YAML, in the field of `leaf`."""
    source = read_source(leaf.record(value), Source(Path("hostile.yaml")))
    if source.problems or source.values is None:
        return [(problem.line, problem.column, problem.message) for problem in source.problems]
    _, faults = read_record(leaf.cls, source.values, _CONTEXT)
    keys = [key.key for key in leaf.path]
    ours = [fault for fault in faults if [step for step in fault.steps if step in keys] == keys]
    return [(*source.place(fault.steps, of_key=fault.of_key), fault.message) for fault in ours]


def place_in(leaf: Leaf, value: str) -> tuple[int, int]:
    """Return the line and column at which `value` begins in the record of `leaf`."""
    return 1, leaf.record(value).index(value) + 1


def told_at(leaf: Leaf, value: str) -> bool:
    """Return whether something is said of `value` in the field of `leaf`, first of all where it begins or inside it."""
    line, column = place_in(leaf, value)
    first = next(iter(said_of(leaf, value)), (0, 0, ""))
    return first[0] == line and column <= first[1] <= column + len(value)


@cache
def texts() -> tuple[str, ...]:
    """Return the hostile texts, each as a value in double quotes writes it."""
    lines = (HOSTILE / "texts.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("# "))


@cache
def accepted(shape: str) -> tuple[str, ...]:
    """Return the hostile texts that a field of `shape` takes, escapes read."""
    leaf = one_of(shape)
    # The writer of YAML escapes an emoji and not its joiner, which is then alone.
    return tuple(read(text) for text in texts() if "u200d" not in text and not said_of(leaf, f'"{text}"'))


def one_of(shape: str) -> Leaf:
    """Return the first field of a shape."""
    return next(leaf for leaf in leaves() if leaf.shape == shape)


def read(text: str) -> str:
    """Return what a value in double quotes stands for."""
    return str(yaml.load(f'"{text}"', Loader=yaml.CBaseLoader))


def hostile_book(
    folder: Path, said: Sequence[str], *, by_shape: Callable[[str], Sequence[str]] | None = None
) -> tuple[Path, Attacks]:
    """Write the golden book, which has every field of the model, with what is hostile in all its texts; return both.

    Where there is room all that is `said` is in one text, else one of it, or of what `by_shape` gives for the shape of
    the field. No two texts are alike.
    """
    book = Path(shutil.copytree(SOURCE, folder / "book"))
    attacks = Attacks(said, by_shape)
    for file in sorted(book.rglob("*.yaml")):
        values = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)
        table = TABLES.get(file.stem) if file.parent.name == "desk" else None
        if table:
            hostile: object = {name: attacks.record(table, entry) for name, entry in values.items()}
        else:
            one = SINGLE[file.stem] if file.parent.name == "desk" else None
            hostile = attacks.record(one or FOLDERS.get(file.parent.name, Change), values)
        file.write_text(dump(hostile), encoding="utf-8")
    return book, attacks


def dump(values: object) -> str:
    """Return values as YAML, each text in double quotes."""
    return yaml.dump(
        values, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, default_style='"', width=10000
    )


# Texts that others refer to, or that have to be what they are for the book to be right.
_REFERRED = {
    "a shared name",
    "an id",
    "a folder of the repository",
    "a branch",
    "an email address, or `issues`",
    "a playbook's code",
}
# Texts that take little of what is hostile, and how each is made another one.
_ENDS = {"a web address": "#w{}w", "a phone number": "{}", "a title": " w{}w"}


class Attacks:
    """What is hostile in the place of texts: one text is the same wherever it stands, and no two texts are."""

    def __init__(self, said: Sequence[str], by_shape: Callable[[str], Sequence[str]] | None) -> None:
        self._said, self._by_shape = said, by_shape
        self.fields: set[tuple[str, str]] = set()
        self._texts: dict[str, str] = {}
        self._name = ""

    def record(self, cls: type[Record], values: dict[str, Any]) -> dict[str, Any]:
        """Return the values of a record of class `cls` with each free text attacked, as its field has room."""
        found = dict(values)
        self._name = values["name"] if cls is Change else self._name
        for key in keys_of(cls):
            held = values.get(key.key)
            if held is None:
                continue
            if key.inner:
                found[key.key] = self._inner(key.inner, held)
            elif is_free(key) and (self._by_shape or shape_of(key) not in _ENDS):
                self.fields.add((cls.__name__, key.name))
                found[key.key] = self._attacked(held, key, whole=cls is Update)
                if key.key == "alert":
                    # An alert is called after its change.
                    found[key.key] = f"{self._name} {found[key.key]}"
                elif cls is GuideGap and key.key == "fixed_in":
                    # It names a playbook or a page, here one outside the book; a term has 80 characters.
                    found[key.key] = f"https://x.example/#{'-'.join(found[key.key].split())[-60:]}"
        return found

    def _inner(self, cls: type[Record], held: Any) -> Any:
        if isinstance(held, list):
            return [self.record(cls, item) for item in held]
        return self.record(cls, held) if isinstance(held, dict) else held

    def _attacked(self, value: Any, key: Key, *, whole: bool) -> Any:
        """Return a value with its texts attacked; with `whole` by nothing that reads as a blank."""
        if isinstance(value, list):
            return [self._attacked(item, key, whole=whole) for item in value]
        if isinstance(value, dict):
            return {name: self._attacked(item, key, whole=whole) for name, item in value.items()}
        if value not in self._texts:
            number = len(self._texts)
            shape = shape_of(key)
            between = {"Markdown": "\n\n", "plain text, `code` allowed": " "}.get(shape) if self._said else None
            one = self._by_shape(shape) if self._by_shape else self._said
            text = between.join(self._said) if between else one[number % len(one)]
            text = text.translate(_ROUND) if whole else text
            end = _ENDS.get(shape, f"{between or ' '}w{{}}w").format(number)
            self._texts[value] = f"{text}{end}"
        return self._texts[value]


def is_free(key: Key) -> bool:
    """Return whether a key holds a text of its author's own, whatever it says."""
    shape = shape_of(key)
    if not key.shape or shape in _REFERRED or key.terms or key.table:
        # A queue is what a team's entry says it is.
        return key.table == "queues"
    return key.shape.word or key.shape.sentence or shape in _ENDS


def shape_of(key: Key) -> str:
    """Return how the handbook names what a key holds, "" for one of a few terms."""
    return key.shape.name if key.shape else ""
