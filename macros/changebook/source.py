"""A YAML file to plain values, and a map from every value to its line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from changebook.errors import Problem
from changebook.events import Place, RefusedError, Steps, read_document

RECORD_BYTES = 64 * 1024
DESK_BYTES = 1024 * 1024
# Characters that reverse or hide text: a reviewer would not see what is published.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\u00ad\u2028\u2029\x7f-\x9f]"
)


@dataclass
class Source:
    """A file's values as nested dicts, lists and text, and the place (line, column) of each.

    `values` is None when the file could not be read as one mapping; `problems` says why. `text` is what the
    file holds, and `spans` where each text value begins and ends in it.
    """

    path: Path
    text: str = ""
    values: dict[str, Any] | None = None
    places: dict[Steps, Place] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)
    spans: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

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

    def line(self, number: int) -> str:
        """Return the line with that number, from 1."""
        return self.text.split("\n")[number - 1]

    def words(self, steps: Steps, words: str, number: int) -> Place:
        """Return the place of `words` in the text value at `steps`, of the value where they are not found.

        `number` is how often they stand before in the same value.
        """
        start, end = self.spans.get(steps, (0, 0))
        # Spaces may be line ends in the file, and in single quotes each quote is written twice.
        pattern = r"\s+".join(re.escape(word).replace("'", "''?") for word in words.split())
        found = list(re.finditer(pattern, self.text[start:end]))
        if number >= len(found):
            return self.place(steps)
        at = start + found[number].start()
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)

    def problem(self, steps: Steps, message: str, *, of_key: bool = False, gap: bool = False) -> Problem:
        """Return the problem `message` at the place of the value, or of the key, at `steps`."""
        line, column = self.place(steps, of_key=of_key)
        return Problem(self.path, line, column, message, gap)


def load_source(file: Path, *, shown_as: Path | None = None, limit: int = RECORD_BYTES) -> Source:
    """Read `file`; problems name it as `shown_as`. `limit` is its size in bytes at most."""
    source = Source(shown_as or file)
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        source.problems.append(Problem(source.path, 1, 1, f"cannot be read: {error.strerror}; check the file"))
        return source
    if len(data) > limit:
        message = f"the file is larger than {limit // 1024} KiB; move long text to a page in docs/ and link it"
        source.problems.append(Problem(source.path, 1, 1, message))
        return source
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        source.problems.append(Problem(source.path, line, 1, message))
        return source
    return read_source(text, source)


def read_source(text: str, source: Source) -> Source:
    """Read `text` into `source`, which is returned."""
    source.text = text
    if hidden := _HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - text.rfind("\n", 0, hidden.start())
        message = f"character U+{ord(hidden[0]):04X} cannot be seen or turns text round; delete it"
        source.problems.append(Problem(source.path, line, column, message))
        return source
    if not text.strip():
        source.problems.append(Problem(source.path, 1, 1, "the file is empty; write a record, or delete the file"))
        return source
    try:
        document = read_document(text)
    except yaml.MarkedYAMLError as error:
        source.problems.append(_syntax(error, text, source.path))
        return source
    except RefusedError as refused:
        source.problems.append(Problem(source.path, *refused.place, str(refused)))
        return source
    source.values, source.places = document.values, document.places
    source.keys, source.spans = document.keys, document.spans
    source.problems.extend(Problem(source.path, *place, message) for place, message in document.repeated)
    if source.values is None:
        source.problems.append(
            Problem(source.path, 1, 1, "the file holds comments only; write a record, or delete the file")
        )
    return source


def _syntax(error: yaml.MarkedYAMLError, text: str, path: Path) -> Problem:
    """Return libyaml's complaint with the remedy for what people most often meant."""
    lines, said = text.splitlines(), error.problem or str(error)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if line > len(lines):
        # The file ended inside something; the complaint is about where that began, if libyaml knows.
        opened = error.context_mark if error.context_mark and error.context_mark.line < len(lines) else None
        line, column = (opened.line + 1, opened.column + 1) if opened else (len(lines), 1)
        return Problem(path, line, column, "a quote or bracket opened here or above is never closed; close it")
    here = lines[line - 1]
    if "\t" in here[: len(here) - len(here.lstrip())]:
        remedy = "a tab indents this line; indent with spaces"
    elif "mapping values are not allowed" in said:
        remedy = "a second ': ' stands in this text; put the whole text in quotes"
    elif "cannot start any token" in said:
        remedy = "a text cannot start with this character; put the text in quotes"
    else:
        remedy = f"not YAML here: {said}; check indentation, quotes and brackets on this line and the one above"
    return Problem(path, line, column, remedy)
