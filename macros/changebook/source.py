"""A YAML file to plain values, and a map from every value to its line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from changebook.characters import SPACES, called, pasted_words, places_of_hidden, shown
from changebook.errors import Problem
from changebook.events import Place, RefusedError, Steps, read_document

RECORD_BYTES = 64 * 1024
DESK_BYTES = 1024 * 1024
# How a line looks that git leaves where two edits of the same lines meet.
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.M)
# Where YAML needs a space or a quote of the keyboard: before a line's first word, or after its key.
_PASTED = re.compile(rf"^[ \t]*(?:- +)*(?:[A-Za-z_]+:|-)?[ \t]*(?:- +)*([{SPACES}\u2018-\u201e])")
# A quoted text with more behind it, and a bare text that begins with a sign of YAML's own.
_BEHIND_QUOTE = re.compile(r"""(?:^|[-:,\[{] ?) *(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*([^\s,\]}:#][^\r\n]*)""")
_SIGN = re.compile(
    r"^[ \t]*(?:- +)*(?:[A-Za-z_]+: +)?"
    r"([>|&*!%@`?](?!$)|\[(?=[^\]]*\] *[^\s,\]}#])|\{(?=[^}]*\} *[^\s,\]}#]))"
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

    def words(self, steps: Steps, words: str, number: int) -> Place:
        """Return the place of `words` in the text value at `steps`, of the value where they are not found.

        `number` is how often they occur before it in the same value.
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
    source.problems.extend(unreadable(text, source.path))
    if source.problems:
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
        pasted = _pasted(text.split("\n"), refused.place[0], source.path)
        source.problems.append(pasted or Problem(source.path, *refused.place, str(refused)))
        return source
    source.values, source.places = document.values, document.places
    source.keys, source.spans = document.keys, document.spans
    source.problems.extend(Problem(source.path, *place, message) for place, message in document.faults)
    if source.values is None:
        source.problems.append(
            Problem(source.path, 1, 1, "the file holds comments only; write a record, or delete the file")
        )
    return source


def unreadable(text: str, path: Path) -> Iterator[Problem]:
    """Yield what keeps a file with `text` from being read as what its author sees, as problems of `path`."""
    for line, column, character in places_of_hidden(text):
        message = f"{called(character)} cannot be seen or turns text around; delete it"
        if character == "\r":
            message = "a line ends as on an old Mac, with CR alone; save the file with LF line ends"
        elif unicodedata.combining(character):
            message = f"{called(character)} is one mark too many on a letter; delete it"
        elif character == "\ufffd":
            message = f"{called(character)} is where a letter was lost; write it, and save the file as UTF-8"
        yield Problem(path, line, column, message)
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        yield Problem(path, line, 1, "git left two versions here to choose from; keep one, and delete the marked lines")


def _syntax(error: yaml.MarkedYAMLError, text: str, path: Path) -> Problem:
    """Return libyaml's complaint with the remedy for what people most often meant."""
    return Problem(path, *next(_meant(error, text.rstrip().split("\n"))))


def _meant(error: yaml.MarkedYAMLError, lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and remedy of what may be meant where libyaml complains, the likeliest first."""
    said = error.problem or str(error)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    near = [(number, lines[number - 1]) for number in (line, line - 1) if 0 < number <= len(lines)]
    for number, here in near:
        if pasted := _PASTED.match(here):
            yield number, pasted.start(1) + 1, pasted_words(pasted[1])
    for number, here in near:
        if behind := _BEHIND_QUOTE.search(here):
            remedy = f"{shown(behind[1])} follows a closing quote; put the whole text in quotes of the other kind"
            yield number, behind.start(1) + 1, remedy
    if hash_sign := _hash_sign(lines, error):
        yield *hash_sign, "YAML takes what follows ' #' as a comment; put the whole text in quotes"
    for number, here in near:
        if sign := _SIGN.match(here):
            yield number, sign.start(1) + 1, f"a text cannot start with {sign[1]}; put the text in quotes"
    if "expected ':'" in said and error.context_mark:
        place = error.context_mark.line + 1, error.context_mark.column + 1
        yield *place, "no 'key: value' here; write a colon and a space between key and value"
    if line > len(lines):
        # The file ended inside something; the complaint is about where that began, if libyaml knows.
        opened = error.context_mark if error.context_mark and error.context_mark.line < len(lines) else None
        place = (opened.line + 1, opened.column + 1) if opened else (len(lines), 1)
        yield *place, "a quote or bracket opened here or above is never closed; close it"
    here = near[0][1] if near else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        yield line, column, "a tab indents this line; indent with spaces"
    if "mapping values are not allowed" in said:
        yield line, column, "a second ': ' is in this text; put the whole text in quotes"
    if "cannot start any token" in said:
        yield line, column, "a text cannot start with this character; put the text in quotes"
    remedy = f"not YAML here: {said}; check indentation, quotes and brackets on this line and the one above"
    yield line, column, remedy


def _pasted(lines: list[str], number: int, path: Path) -> Problem | None:
    """Return what is wrong with a line that holds a pasted quote or space where YAML needs one of the keyboard."""
    found = _PASTED.match(lines[number - 1]) if 0 < number <= len(lines) else None
    return Problem(path, number, found.start(1) + 1, pasted_words(found[1])) if found else None


def _hash_sign(lines: list[str], error: yaml.MarkedYAMLError) -> Place | None:
    """Return the place of a ` #` in bare text that hid the rest of its line, a bracket or the text's next line."""
    mark = error.problem_mark
    last = min(mark.line + 1, len(lines)) if mark else 0
    first = error.context_mark.line if error.context_mark else last - 2
    for number in range(max(min(first, last - 1), last - 2, 0), last):
        found = re.search(r"(?:(?<=[^\s'\"]) |[\[{,] ?)(#[^ ])", lines[number])
        if found and not lines[number].lstrip().startswith("#"):
            return number + 1, found.start(1) + 1
    return None
