"""What git knows of a folder. Only the doors ask it; a build goes on without it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from changebook.history import FORMAT, History, read_history

_LOG = ("log", f"--format={FORMAT}", "--name-only", "--no-renames", "--relative", "--no-show-signature", "--date-order")


def history_of(project: Path, folders: Iterable[str], zone: ZoneInfo) -> History:
    """Return the last edit of each file below `folders` of `project`, by its path in `project`.

    It is empty where there is no git, no repository, no commit yet, or a shallow clone, which does not know.
    """
    try:
        if git(project, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return History()
        log = git(project, "-c", "core.quotePath=false", *_LOG, "--", *folders)
    except (OSError, subprocess.CalledProcessError):
        return History()
    return read_history(log.decode("utf-8", "replace"), zone)


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what a git command run in `folder` prints; `given` is what it reads.

    Raises OSError where git is missing, and CalledProcessError when the command fails.
    """
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
