"""A YAML file to plain values, and a map from every value to its line and column."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from changebook.characters import called, places_of_hidden, shown
from changebook.errors import Problem
from changebook.source.complaints import pasted_at, what_is_meant
from changebook.source.events import Place, RefusedError, Steps, read_document

_T = TypeVar("_T")
RECORD_BYTES = 64 * 1024
DESK_BYTES = 1024 * 1024
# How a line looks that git leaves where two edits of the same lines meet.
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.M)
# A line that is a comment for YAML without looking like one; one of keys is a part that is taken out for a while.
# So is one behind a key, a dash or a bracket.
_NO_COMMENT = re.compile(
    r"(?:^[ \t]*|(?<=[:,\-\[\]{}])[ \t]+)(#(?![\s#!]|-[ \t]|(?:name|plain|privacy)-ok\b|[\w.-]+:(?:[ \t]|$))[^\r\n]+)",
    re.M,
)


@dataclass
class Source:
    """A file's values as nested dicts, lists and text, and the place (line, column) of each.

    `values` is None when the file could not be read as one mapping; `problems` says why. `text` is what the
    file holds, `data` its bytes, and `spans` where each text value begins and ends in it.
    """

    path: Path
    text: str = ""
    data: bytes = b""
    values: dict[str, Any] | None = None
    places: dict[Steps, Place] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)
    spans: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    made: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what `make` makes of the file's values and text and of `key`, and of nothing else.

        It is made once for all files with the same text: nobody changes it, and `key` says what else it follows from.
        """
        if key not in self.made:
            self.made[key] = make()
        return cast("_T", self.made[key])

    def place(self, steps: Steps, *, of_key: bool = False) -> Place:
        """Return the place of the value at `steps`, or of its nearest parent.

        A value that begins on another line than its key, as a list does, is shown at its key.
        """
        for end in range(len(steps), 0, -1):
            key, value = self.keys.get(steps[:end]), self.places.get(steps[:end])
            if key and (of_key or not value or value[0] != key[0]):
                return key
            if value:
                return value
        return (1, 1)

    def words(self, steps: Steps, words: str, number: int) -> Place:
        """Return the place of `words` in the text value at `steps`, of the value where they are not found.

        `number` is how often they occur before it in the same value.
        """
        start, end = self.spans.get(steps, (0, 0))
        # Spaces may be line ends in the file, and in single quotes each quote is written twice.
        pattern = r"\s+".join(re.escape(word).replace("'", "''?") for word in words.split())
        found = [start + one.start() for one in re.finditer(pattern, self.text[start:end])]
        return self.place_of(found[number]) if number < len(found) else self.place(steps)

    def place_of(self, at: int) -> Place:
        """Return the place of the character at `at` in the text."""
        starts = self.once("lines", lambda: [0, *(end.end() for end in re.finditer("\n", self.text))])
        line = bisect_right(starts, at)
        return line, at - starts[line - 1] + 1

    def problem(self, steps: Steps, message: str, *, of_key: bool = False, gap: bool = False) -> Problem:
        """Return the problem `message` at the place of the value, or of the key, at `steps`."""
        line, column = self.place(steps, of_key=of_key)
        return Problem(self.path, line, column, message, gap)


def load_source(
    file: Path, *, shown_as: Path | None = None, limit: int = RECORD_BYTES, may_be_empty: bool = False
) -> Source:
    """Read `file`; problems name it as `shown_as`. `limit` is its size in bytes at most.

    A file that `may_be_empty` can hold nothing but comments: it has no values then, and no problem.
    """
    source = Source(shown_as or file)
    try:
        with file.open("rb") as stream:
            source.data = stream.read(limit + 1)
    except OSError as error:
        source.problems.append(Problem(source.path, 1, 1, f"cannot be read: {error.strerror}; check the file"))
        return source
    if len(data := source.data) > limit:
        message = f"the file is larger than {limit // 1024} KiB; move long text to a page in docs/ and link it"
        source.problems.append(Problem(source.path, 1, 1, message))
        return source
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, start = data.count(b"\n", 0, error.start) + 1, data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8-sig", "replace")) + 1
        message = f"byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        source.problems.append(Problem(source.path, line, column, message))
        return source
    return read_source(text, source, may_be_empty=may_be_empty)


def read_source(text: str, source: Source, *, may_be_empty: bool = False) -> Source:
    """Read `text` into `source`, which is returned; see `load_source`."""
    source.text = text
    source.problems.extend(unreadable(text, source.path))
    if source.problems and not _is_yaml(text):
        return source
    if not text.strip():
        message = "the file is empty; write what belongs here, or delete the file if the book doesn't need it"
        source.problems.append(Problem(source.path, 1, 1, message))
        return source
    try:
        document = read_document(text, source.path)
    except yaml.MarkedYAMLError as error:
        source.problems.append(Problem(source.path, *what_is_meant(error, text)))
        return source
    except RefusedError as refused:
        pasted = pasted_at(text.split("\n"), refused.place[0])
        source.problems.append(Problem(source.path, *(pasted or (*refused.place, str(refused)))))
        return source
    source.values, source.places = document.values, document.places
    source.keys, source.spans, source.made = document.keys, document.spans, document.made
    faults = (*document.faults, *source.once(_cut_lines, lambda: list(_cut_lines(source))))
    source.problems.extend(Problem(source.path, *place, message) for place, message in faults)
    if source.values is None and may_be_empty:
        source.values = {}
    elif source.values is None:
        message = "the file has only comments; write a record, or delete the file"
        source.problems.append(Problem(source.path, 1, 1, message))
    return source


def _is_yaml(text: str) -> bool:
    """Return whether a text with characters that are not seen can be read all the same, to tell all that is wrong."""
    try:
        read_document(text)
    except (yaml.YAMLError, RefusedError):
        return False
    return True


def _cut_lines(source: Source) -> Iterator[tuple[Place, str]]:
    """Yield each line that YAML drops as a comment, and that goes on with the text above it: `#4 and must call`."""
    spans = sorted(source.spans.values())
    for found in _NO_COMMENT.finditer(source.text) if "#" in source.text else ():
        at = bisect_right(spans, (found.start(1), len(source.text))) - 1
        start, end = spans[at] if at >= 0 else (0, 0)
        # A value that is empty but for this comment is told with what to write.
        empty = start == end and "\n" not in source.text[end : found.start(1)]
        if end <= found.start(1) and not (empty and at >= 0):
            message = f"YAML drops {shown(found[1])} as a comment; put the text above and this in quotes"
            yield source.place_of(found.start(1)), f"{message}, or a space after your own #"


def unreadable(text: str, path: Path) -> Iterator[Problem]:
    """Yield what keeps a file with `text` from being read as what its author sees, as problems of `path`."""
    return (Problem(path, *place, message) for place, message in _unreadable(text))


@lru_cache(maxsize=256)  # as documents are kept
def _unreadable(text: str) -> list[tuple[Place, str]]:
    found = []
    for line, column, character in places_of_hidden(text):
        message = f"{called(character)} is invisible or reverses text; delete it"
        if character == "\r":
            message = "a line ends with CR alone, as on an old Mac; save the file with LF line ends"
        elif unicodedata.combining(character):
            message = f"{called(character)} is one mark too many on a letter; delete it"
        elif character == "\ufffd":
            message = f"{called(character)} took the place of a lost letter; type it again, and save the file as UTF-8"
        found.append(((line, column), message))
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        found.append(((line, 1), "git left two versions here to choose from; keep one, and delete the marked lines"))
    return found
