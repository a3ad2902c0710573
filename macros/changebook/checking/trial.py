"""A book as it would be with some edits made: checked in a copy, before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from changebook.checking.loaded import Loaded
from changebook.checking.private import docs_of
from changebook.checking.problems import check_book
from changebook.editing.files import FileEdit, apply
from changebook.source.entries import is_record
from changebook.source.handwritten import hand_files
from changebook.source.settings import settings_files


def check_edited(
    edits: Sequence[FileEdit], folder: Path, *, today: str | None = None, clock: Callable[[], datetime]
) -> Loaded:
    """Return the checked book in `folder` as it would be with `edits` made; its files are named as they are now.
    What is not ready is left out.

    Raises ChangebookError when `today` is neither a day nor a time, OSError when there is no room for a copy.
    """
    with tempfile.TemporaryDirectory() as scratch:
        # Only text is copied: pages may lie beside large pictures.
        docs = docs_of(folder)
        records = [file for file in folder.rglob("*.yaml") if is_record(file)]
        for file in (*records, *hand_files(docs), *settings_files(docs)):
            copy = Path(scratch) / file.relative_to(folder.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        apply(edits, folder.parent, Path(scratch))
        return check_book(Path(scratch) / folder.name, shown_as=folder, today=today, clock=clock, gaps=False)
