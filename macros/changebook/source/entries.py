"""Which entries of a folder are read, which are editors' litter, and why another one is not read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from changebook.printing.visible import visible
from changebook.source.files import is_draft

# What editors, merges and systems leave beside files: Emacs (.#x, #x#), Vim (.x.swp, 4913), most (x~), patch and merge
# (.orig, .rej), JetBrains (___jb_tmp___), macOS (._x) and Windows.
_LITTER = re.compile(
    r"\.#.*|#.*#|\..*\.sw[a-z]|4913|.*~|.*\.(?:orig|rej)|.*___jb_(?:tmp|old)___|\._.*|thumbs\.db|desktop\.ini",
    re.I,
)


def is_record(file: Path) -> bool:
    """Return whether `file` is read as a record."""
    return file.suffix == ".yaml" and not file.name.startswith(".") and is_file(file)


def is_file(entry: Path) -> bool:
    """Return whether `entry` is a file itself: no link, which may lead anywhere, and no pipe, which would block."""
    return entry.is_file() and not entry.is_symlink()


def is_passed_over(entry: Path) -> bool:
    """Return whether nobody would miss `entry`: editors' litter, or a hidden file that is no record."""
    if is_draft(entry.name) or (entry.is_dir() and not entry.is_symlink() and not entry.name.startswith(".")):
        return False
    if _LITTER.fullmatch(entry.name):
        return True
    return entry.name.startswith(".") and entry.suffix not in (".yaml", ".yml")


def strangers(folder: Path, files: set[str], folders: set[str]) -> Iterator[tuple[Path, str]]:
    """Yield every entry of `folder` that is none of `files` and `folders`, and why it is not read."""
    for entry in sorted(folder.iterdir()):
        if is_passed_over(entry):
            continue
        if entry.name not in files | folders or what_else(entry):
            yield entry, why_no_record(entry)
        elif entry.name in files and entry.is_dir():
            yield entry, "not read: this is a folder, and a file is needed; move it away, and write the file"
        elif entry.name in folders and not entry.is_dir():
            yield entry, "not read: this is a file, and a folder is needed; move it away, and make the folder"


def why_no_record(entry: Path) -> str:
    """Return why `entry` is no record, and what to do about it."""
    if what := what_else(entry):
        return f"not read: {what}"
    if entry.is_dir():
        return "not read: records are not read from this folder; move it elsewhere"
    if entry.suffix in (".yml", ".YAML", ".YML"):
        return f"not read: a record ends in .yaml; rename it to {entry.stem}.yaml"
    if entry.suffix == ".yaml":
        return "not read: the desk has no list of this name, or the name starts with a dot; rename it"
    return "not read: not a record, its name does not end in .yaml; rename it, or move it elsewhere"


def what_else(entry: Path) -> str:
    """Return what `entry` is and what to do about it where it is neither file nor folder, or a draft; else ""."""
    mode = entry.lstat().st_mode
    if is_draft(entry.name):
        return "left behind by a command that was stopped; delete it"
    if stat.S_ISLNK(mode):
        return "a symbolic link; put the file itself here"
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    kind = next((name for is_kind, name in kinds if is_kind(mode)), "a device")
    return f"{kind}, not a file; delete it, or move it elsewhere"


def files_below(docs: Path) -> list[Path]:
    """Return every file below `docs` that is not hidden, in order; a link to a file is one, as for MkDocs."""
    return [entry for entry in _entries(docs) if entry.is_file()]


def wrong_pages(docs: Path) -> Iterator[tuple[Path, str]]:
    """Yield what lies below `docs` and cannot be published, and why."""
    for entry in _entries(docs, hidden=True):
        hidden = entry.name.startswith(".")
        if is_draft(entry.name):
            yield entry, what_else(entry)
        elif not hidden and visible(entry.name) != entry.name:
            yield entry, "the name has an invisible character or is not UTF-8; rename it"
        elif not hidden and not entry.is_symlink() and (what := what_else(entry)):
            yield entry, f"not read: {what}"
        elif not hidden and entry.is_symlink() and not entry.exists():
            yield entry, "not read: a symbolic link to nothing; put the file itself here"


def wrong_links(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every link at or below `folder` that would publish what is no part of the project around it, and why.

    MkDocs follows links: one to a file of the machine that builds would put it on the site.
    """
    yield from _links(folder, (), folder.parent.resolve())


def _links(entry: Path, above: tuple[Path, ...], project: Path) -> Iterator[tuple[Path, str]]:
    if entry.is_symlink() and entry.exists() and (why := _leads_away(entry.resolve(), above, project)):
        yield entry, why
    elif entry.is_dir():
        for inner in sorted(entry.iterdir()):
            yield from _links(inner, (*above, entry.resolve()), project)


def _leads_away(target: Path, above: tuple[Path, ...], project: Path) -> str:
    if not target.is_relative_to(project):
        return "a symbolic link out of the project would publish its target; put the file itself here"
    if any(folder.is_relative_to(target) for folder in (*above, project)):
        return "a symbolic link to a folder it is in; delete it"
    if any(part.startswith(".") for part in target.relative_to(project).parts):
        return "a symbolic link to a hidden file or folder, which would be published; delete it"
    return ""


def _entries(docs: Path, *, hidden: bool = False) -> list[Path]:
    """Return every entry below `docs` in order, except in hidden folders, which MkDocs leaves out as well."""
    found = []
    for folder, folders, files in os.walk(docs, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in (*folders, *files) if hidden or not name.startswith(".")]
    return sorted(found)


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
