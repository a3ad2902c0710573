"""The codes that playbooks had in the past, as far as git knows."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from changebook.git.repository import git

_LOG = ("log", "--all", "--format=", "--patch", "--unified=0", "--no-ext-diff", "--no-textconv", "--no-color")
_CODE = re.compile(r"^\+code: *['\"]?(PB-[0-9]{3,5})", re.M)


def codes_given(book: Path) -> set[str]:
    """Return every code that a scenario of the book in a folder had in any commit; none where git knows nothing."""
    try:
        log = git(book, *_LOG, "-G^code:", "--", "desk/scenarios")
    except (OSError, subprocess.CalledProcessError):
        return set()
    return set(_CODE.findall(os.fsdecode(log)))
