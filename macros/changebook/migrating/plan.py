"""A migration as a whole: every edit of every file, in an order in which one that was killed can be run again."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from changebook.checking.form import form_of, unknown_form
from changebook.editing.files import BYTE_ORDER_MARK, FileEdit
from changebook.editing.record import Put, revised_text
from changebook.errors import BookError, Problem
from changebook.migrating.forms import REWRITES, SETTINGS_FILE, OldBook
from changebook.model import Settings
from changebook.model.settings import FORM
from changebook.scaffold.lists import newest_list, starter_lists
from changebook.source import DESK_BYTES, load_source
from changebook.source.entries import is_record
from changebook.source.settings import language_of


@dataclass(frozen=True)
class Migration:
    """The edits of a migration, what changed in a sentence each, and the lists that were edited here, so they stay."""

    edits: tuple[FileEdit, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def plan_migration(folder: Path, *, codes: Set[str]) -> Migration:
    """Return what gives the book in `folder` today's form; `codes` are those that its playbooks ever had.

    Raises BookError when a file cannot be read, or is of a newer changebook; ChangebookError when one is laid out so
    that no command can edit it.
    """
    before, form = _read(folder)
    texts, changed = dict(before), []
    for step in (step for number in sorted(REWRITES) if number > form for step in REWRITES[number]):
        if new := dict(step(OldBook(texts, codes))):
            texts |= new
            changed.append((step.__doc__ or "").split("\n")[0])
    kept = []
    for file, shipped in (
        (Path("desk", f"{name}.yaml"), text) for name, text in starter_lists(language_of(folder)).items()
    ):
        if file in texts and (newest := newest_list(texts[file], shipped)) is not None:
            texts[file] = newest
        elif file in texts:
            kept.append(file.as_posix())
    if form < FORM:
        # The last one to be written: until then, the next run does what this one left.
        texts[SETTINGS_FILE] = revised_text(
            texts.pop(SETTINGS_FILE), [Put(("schema_version",), FORM)], Settings, path=SETTINGS_FILE
        )
    edits = (_edit(folder / file, before[file], text) for file, text in texts.items() if text != before[file])
    return Migration(tuple(edits), tuple(changed), tuple(kept))


def _read(folder: Path) -> tuple[dict[Path, str], int]:
    """Return the texts of the book's files, and its form; raise BookError when there is anything to read no further."""
    problems: list[Problem] = []
    texts, form = {}, FORM
    for file in sorted(filter(is_record, folder.rglob("*.yaml"))):
        source = load_source(file, limit=DESK_BYTES, may_be_empty=True)
        problems += source.problems
        texts[file.relative_to(folder)] = source.text
        if file == folder / SETTINGS_FILE:
            form, unknown = form_of(source), unknown_form(source)
            problems += [unknown] if unknown else []
    if problems or SETTINGS_FILE not in texts:
        raise BookError(problems or [Problem(folder / SETTINGS_FILE, 1, 1, "this file is missing; create it")])
    return texts, form


def _edit(file: Path, before: str, after: str) -> FileEdit:
    mark = BYTE_ORDER_MARK if file.read_bytes().startswith(BYTE_ORDER_MARK) else b""
    return FileEdit(file, file, mark + before.encode("utf-8"), mark + after.encode("utf-8"))
