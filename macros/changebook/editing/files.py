"""Edits of files: as text at given places, shown as a diff, written all or none."""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from changebook.errors import ChangebookError
from changebook.source.files import draft, write_whole


@dataclass(frozen=True, order=True)
class Edit:
    """Put `text` in place of what is from `start` to `end`."""

    start: int
    end: int
    text: str


class ChangedError(ChangebookError):
    """A file is not as it was when its edit was made."""


BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class FileEdit:
    """A file before and after, and where it is after; one that is new is empty before."""

    old: Path
    new: Path
    before: bytes
    after: bytes

    @property
    def moved(self) -> bool:
        """Whether the file gets another name."""
        return self.old != self.new

    def diff(self, root: Path) -> Iterator[str]:
        """Yield the lines of the edit as a unified diff with paths below `root`, without their ends."""
        names = [file.relative_to(root).as_posix() for file in (self.old, self.new)]
        before, after = (io.StringIO(side.decode(), newline="").readlines() for side in (self.before, self.after))
        if self.moved:
            yield from (f"rename from {names[0]}", f"rename to {names[1]}")
        for line in difflib.unified_diff(before, after, f"a/{names[0]}", f"b/{names[1]}"):
            yield line.rstrip("\r\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made; none may overlap another."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def file_edit(old: Path, new: Path, edits: Iterable[Edit]) -> FileEdit:
    """Return the edit of the file `old`, which is `new` after it, by `edits` of its text; a byte order mark stays."""
    before = old.read_bytes()
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    return FileEdit(old, new, before, mark + edited(before.decode("utf-8-sig"), edits).encode("utf-8"))


def apply(edits: Sequence[FileEdit], old_root: Path, new_root: Path) -> None:
    """Make `edits`, which are of files below `old_root`, in the copy of it at `new_root`."""
    for edit in edits:
        (new_root / edit.old.relative_to(old_root)).unlink(missing_ok=not edit.before)
        (new_root / edit.new.relative_to(old_root)).write_bytes(edit.after)


def write(edits: Sequence[FileEdit]) -> None:
    """Write `edits`, all of them or, when one fails, none.

    Raises ChangedError when a file is not as it was when the edits were made, ChangebookError when another has its new
    name, OSError when one cannot be written.
    """
    for edit in edits:
        if not _is_as_before(edit):
            raise ChangedError(f"{edit.old} was changed in the meantime; run the command again")
        if edit.moved and os.path.lexists(edit.new):
            raise ChangebookError(f"{edit.new} already exists; move it away first")
    try:
        with contextlib.ExitStack() as written:
            # What can fail for want of room or rights fails here, beside the files.
            drafts = [(written.enter_context(draft(edit.new, edit.after)), edit) for edit in edits]
            for file, edit in drafts:
                if edit.before:
                    shutil.copymode(edit.old, file)
            for file, edit in drafts:
                file.replace(edit.new)
            for edit in edits:
                if edit.moved:
                    edit.old.unlink()
    except OSError as error:
        _restore(edits)
        error.add_note("Nothing was changed.")
        raise


def _restore(edits: Iterable[FileEdit]) -> None:
    """Put every file back that is not as it was before."""
    for edit in edits:
        if not edit.before:
            edit.old.unlink(missing_ok=True)
        elif not _is_as_before(edit):
            write_whole(edit.old, edit.before)
        if edit.moved and edit.new.is_file() and edit.new.read_bytes() == edit.after:
            edit.new.unlink()


def _is_as_before(edit: FileEdit) -> bool:
    return edit.old.read_bytes() == edit.before if edit.old.is_file() else not edit.before
