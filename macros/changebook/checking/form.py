"""Which form a book's files have: that of an earlier changebook, of this one, or of a later one."""

from __future__ import annotations

from pathlib import Path

from changebook.errors import Problem
from changebook.model.settings import FORM
from changebook.source import Source
from changebook.source.entries import why_no_record

_KEY = "schema_version"


def without_desk(folder: Path, shown_as: Path) -> Problem | None:
    """Return the problem of a folder that holds no desk, and so is no book; None where it does."""
    desk, shown = folder / "desk", shown_as / "desk"
    if desk.is_symlink():
        return Problem(shown, 1, 1, why_no_record(desk))
    message = f"no folder {shown.as_posix()} here; name the folder that holds the records and desk/"
    return None if desk.is_dir() else Problem(shown_as, 1, 1, message)


def form_of(settings: Source) -> int:
    """Return the form that a book's settings name; the first where they name none, today's where it is no number."""
    written = (settings.values or {_KEY: "?"}).get(_KEY, "1")
    return int(written) if isinstance(written, str) and written.isdecimal() and len(written) < 4 else FORM


def unknown_form(settings: Source) -> Problem | None:
    """Return the problem of a book whose form is no number, or that a later changebook wrote; None of any other."""
    written = (settings.values or {}).get(_KEY, "1")
    if not (isinstance(written, str) and written.isdecimal()):
        return settings.problem((_KEY,), f"{_KEY}: expected a whole number; write {FORM}, or delete the line")
    return newer_form(settings)


def newer_form(settings: Source) -> Problem | None:
    """Return the problem of a book that a later changebook wrote, None where it is of this one or an earlier one."""
    if (form := form_of(settings)) <= FORM:
        return None
    said = f"a later changebook wrote this book, in form {form}, and this one reads {FORM} at most"
    return settings.problem((_KEY,), f"{said}; install the one that the book's requirements name")


def other_form(settings: Source) -> Problem | None:
    """Return the problem of a book that is not of today's form, None where it is."""
    if (form := form_of(settings)) >= FORM:
        return newer_form(settings)
    said = f"an earlier changebook wrote this book, in form {form}, and this one reads {FORM}"
    return settings.problem((_KEY,), f"{said}; run: changebook migrate")
