"""Builds of sites by MkDocs, each in a process of its own, which finds everything imported: a third of a small build.

Run as a program, this imports what a build does, then forks for each line that it reads: the folder of a project, its
environment, and the files for what the build prints. It answers with the exit code.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from functools import cache
from pathlib import Path
from typing import Any

COMMAND = ["-m", "mkdocs", "build", "--strict"]


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a project, strict."""
    server = builder()
    assert server.stdin
    assert server.stdout
    with tempfile.TemporaryDirectory() as scratch:
        out, err = (Path(scratch) / name for name in ("out", "err"))
        asked = {"folder": str(folder), "environment": _environment(), "files": [str(out), str(err)]}
        print(json.dumps(asked), file=server.stdin, flush=True)
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(COMMAND, code, out.read_text("utf-8"), err.read_text("utf-8"))


def build_anew(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a project as a person does, by a Python that was just started."""
    command = [sys.executable, *COMMAND]
    return subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False)


@cache
def builder() -> subprocess.Popen[str]:
    """Start the program; it ends with its input, that is with whoever started it."""
    command = [sys.executable, __file__]
    return subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def _answer() -> None:
    """Build whatever is asked for, one site after the other."""
    for module in ("changebook.macros", "changebook.site", "material.extensions.emoji", "mkdocs_macros.plugin"):
        importlib.import_module(module)
    gc.freeze()  # what is imported stays
    cli = importlib.import_module("mkdocs.__main__").cli
    for line in sys.stdin:
        asked = json.loads(line)
        if not (child := os.fork()):
            os._exit(_build(cli, asked))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _build(cli: Any, asked: dict[str, Any]) -> int:
    """Build one site, as MkDocs does that is started in its folder; return the exit code."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.path[0] = asked["folder"]
    for descriptor, name in ((0, os.devnull), *enumerate(asked["files"], 1)):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT, 0o666), descriptor)
    code: object = 0
    try:
        cli(COMMAND[2:], prog_name="mkdocs")
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    _answer()
