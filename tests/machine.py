"""Commands as the system runs them: in a process of their own, without the rights of root, on a disk without room."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path

PROGRAM = (sys.executable, "-m", "changebook.cli")
_DROP = 24  # PR_CAPBSET_DROP
_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: what lets root into every file


def run(program: str | Path, *arguments: str, cwd: Path, room: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program in `cwd`, where no file can grow past `room` bytes, and permissions hold for root as well."""

    def limit() -> None:
        drop_rights()
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        timeout=120,
    )


def drop_rights() -> None:
    """Take from this process, and from all that it starts, what lets root into every file."""
    system = ctypes.CDLL(None)
    head, rights = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    system.capget(head, rights)
    for right in _OVERRIDES:
        system.prctl(_DROP, right, 0, 0, 0)
        for kind in range(3):  # in effect, permitted, handed on
            rights[kind] &= ~(1 << right)
    system.capset(head, rights)
