"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from changebook.errors import ChangebookError


def write_new(file: Path, text: str) -> None:
    """Write `text` to `file`; raise ChangebookError when it is there already or cannot be written."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ChangebookError(f"{file.as_posix()} is there already; edit it, or choose another name") from error
    except OSError as error:
        raise ChangebookError(f"{file.as_posix()} cannot be written: {error.strerror}; check the folder") from error


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file` in one step, in place of what is there; raise ChangebookError when that fails."""
    draft = file.with_name(f".{file.name}.draft")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ChangebookError(f"{file.as_posix()} cannot be written: {error.strerror}; check the folder") from error
