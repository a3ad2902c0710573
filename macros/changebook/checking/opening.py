"""The files of a book's folder: each is opened once, and what is wrong with it as a file is kept."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from changebook.checking.keeper import Keeper, ReadFile
from changebook.errors import Problem
from changebook.names import id_fault
from changebook.source import RECORD_BYTES, Source, load_source
from changebook.source.entries import is_file, is_record, strangers


class BookFolder:
    """The folder of a book, whose files problems name below `shown_as`; `files` knows what was read of them."""

    def __init__(self, folder: Path, shown_as: Path) -> None:
        self.folder = folder
        self.shown_as = shown_as
        self.problems: list[Problem] = []
        self.files = Keeper()

    def source(self, file: Path, limit: int | None = None, *, may_be_empty: bool = False) -> Source:
        """Read one file and keep its problems."""
        shown = self.shown(file)
        if not is_file(file):
            # A link, a pipe or a folder is named among the strangers, and never opened.
            if not os.path.lexists(file):
                kind = "list of the desk" if limit else "file"
                self.wrong(file, f"this {kind} is missing; create it")
            return Source(shown)
        source = load_source(file, shown_as=shown, limit=limit or RECORD_BYTES, may_be_empty=may_be_empty)
        self.problems.extend(source.problems)
        self.files.opened.append(ReadFile.of(source))
        return source

    def records(self, folder: Path, folders: Iterable[str] = ()) -> list[Path]:
        """Return the record files of `folder` in order, and name whatever else lies there."""
        if not folder.is_dir() or (folder.is_symlink() and folder != self.folder):
            return []
        files = [file for file in sorted(folder.iterdir()) if is_record(file)]
        self.strangers(folder, {file.name for file in files}, folders)
        for file in files:
            if message := id_fault(file.stem):
                self.wrong(file, f"file name: {message}")
        return [file for file in files if not id_fault(file.stem)]

    def strangers(self, folder: Path, files: Iterable[str], folders: Iterable[str]) -> None:
        """Name every entry of `folder` that is none of `files` and `folders`: nothing is skipped in silence."""
        for entry, message in strangers(folder, {*files}, {*folders}):
            self.wrong(entry, message)

    def wrong(self, file: Path, message: str) -> None:
        """Keep a problem of `file` as a whole."""
        self.problems.append(Problem(self.shown(file), 1, 1, message))

    def shown(self, file: Path) -> Path:
        """Return what problems call `file`."""
        return self.shown_as / file.relative_to(self.folder)
