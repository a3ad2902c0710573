"""Which entries of a folder are records, and why another one is none."""

from __future__ import annotations

from pathlib import Path


def is_record(file: Path) -> bool:
    """Return whether `file` is read as a record."""
    return file.suffix == ".yaml" and not file.name.startswith(".") and file.is_file() and not file.is_symlink()


def why_no_record(entry: Path) -> str:
    """Return why `entry` is no record, and what to do about it."""
    if entry.is_symlink():
        return "not read: a symbolic link; put the file itself here"
    if entry.is_dir():
        return "not read: no records are looked for in this folder; move it elsewhere"
    if entry.suffix in (".yml", ".YAML", ".YML"):
        return f"not read: a record ends in .yaml; rename it to {entry.stem}.yaml"
    if entry.suffix == ".yaml":
        return "not read: the desk has no list of this name, or the name starts with a dot; rename it"
    return "not read: no record, its name does not end in .yaml; rename it, or move it elsewhere"
