"""Wrong names in files that are no records: hand-written pages, alert rules, templates, scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from changebook.errors import Problem
from changebook.naming.excuses import excused_lines, excuses_without_reason
from changebook.naming.finder import NameFinder
from changebook.source.handwritten import hand_files
from changebook.source.settings import settings_files

_MARKS = (b"\xff\xfe", b"\xfe\xff")


def wrong_in_text(text: str, path: Path, finder: NameFinder) -> Iterator[Problem]:
    """Yield every wrong name in `text`, shown as in `path`, except on lines that are excused with a reason."""
    excused = excused_lines(text)
    for wrong in finder.places(text):
        if wrong.line not in excused:
            yield Problem(path, wrong.line, wrong.column, wrong.name.message)
    yield from excuses_without_reason(text, path)


def wrong_in_bytes(data: bytes, path: Path, finder: NameFinder) -> Iterator[Problem]:
    """Yield every wrong name in a file that holds `data`, or why it cannot be read as text."""
    if data.startswith(_MARKS):
        yield Problem(path, 1, 1, "not read: the file is UTF-16; save it as UTF-8")
    elif b"\0" in data:
        yield Problem(path, 1, 1, "not read: a binary file; name files that hold text")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
            wrong = f"byte {data[error.start]:#04x} is not UTF-8; save the file as UTF-8"
            yield Problem(path, line, column, f"not read: {wrong}")
        else:
            yield from wrong_in_text(text, path, finder)


def wrong_in_file(file: Path, path: Path, finder: NameFinder) -> Iterator[Problem]:
    """Yield every wrong name in `file`, shown as `path`, or why it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        yield Problem(path, 1, 1, f"not read: {error.strerror}; check the file")
    else:
        yield from wrong_in_bytes(data, path, finder)


def wrong_in_pages(docs: Path, shown_as: Path, finder: NameFinder) -> Iterator[Problem]:
    """Yield every wrong name in the hand-written pages below `docs` and in the site's settings beside them.

    `shown_as` is how problems name `docs`.
    """
    for file in (*hand_files(docs), *settings_files(docs)):
        yield from wrong_in_file(file, shown_as.parent / file.relative_to(docs.parent), finder)
