"""Edits of files: as text at given places, shown as a diff, written all or none."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from changebook.errors import ChangebookError


@dataclass(frozen=True, order=True)
class Edit:
    """Put `text` in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FileEdit:
    """A file before and after, and where it is after."""

    old: Path
    new: Path
    before: bytes
    after: bytes

    @property
    def moved(self) -> bool:
        """Whether the file gets another name."""
        return self.old != self.new

    def diff(self, root: Path) -> str:
        """Return the edit as a unified diff with paths below `root`."""
        names = [file.relative_to(root).as_posix() for file in (self.old, self.new)]
        before, after = (side.decode("utf-8").splitlines(keepends=True) for side in (self.before, self.after))
        lines = list(difflib.unified_diff(before, after, f"a/{names[0]}", f"b/{names[1]}"))
        moved = [f"rename from {names[0]}\n", f"rename to {names[1]}\n"] if self.moved else []
        ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
        return "".join([*moved, *ended])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made; none may overlap another."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def apply(edits: Sequence[FileEdit], old_root: Path, new_root: Path) -> None:
    """Make `edits`, which are of files below `old_root`, in the copy of it at `new_root`."""
    for edit in edits:
        (new_root / edit.old.relative_to(old_root)).unlink()
        (new_root / edit.new.relative_to(old_root)).write_bytes(edit.after)


def write(edits: Sequence[FileEdit]) -> None:
    """Write `edits`, all of them or, when one fails, none; raise ChangebookError then."""
    for edit in edits:
        if edit.old.read_bytes() != edit.before:
            raise ChangebookError(f"{edit.old} was changed meanwhile; run the command again")
        if edit.moved and os.path.lexists(edit.new):
            raise ChangebookError(f"{edit.new} is there already; move it away first")
    drafts = {edit.new.with_name(f".{edit.new.name}.{os.getpid()}.new"): edit for edit in edits}
    try:
        # What can fail for want of room or rights fails here, beside the files.
        for draft, edit in drafts.items():
            draft.write_bytes(edit.after)
            shutil.copymode(edit.old, draft)
        for draft, edit in drafts.items():
            draft.replace(edit.new)
        for edit in edits:
            if edit.moved:
                edit.old.unlink()
    except OSError as error:
        _restore(edits)
        raise ChangebookError(f"{error.filename}: {error.strerror}; nothing was changed, mend that first") from error
    finally:
        for draft in filter(Path.is_file, drafts):
            draft.unlink()


def _restore(edits: Iterable[FileEdit]) -> None:
    """Put every file back that is not as it was before."""
    for edit in edits:
        if edit.moved:
            edit.new.unlink(missing_ok=True)
        if not edit.old.exists() or edit.old.read_bytes() != edit.before:
            edit.old.write_bytes(edit.before)
