"""Builds of sites and commands, each in a process of its own, which finds everything imported: half of what they take.

Run as a program, this imports what they do, then forks for each line that it reads: a module, its arguments, the folder
where it runs, its environment, and the files for what it prints. It answers with the exit code.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from changebook.checking.problems import check_book
from changebook.privacy.library import library_rules
from changebook.site.loading import TODAY_GIVEN
from machine import PROGRAM, drop_rights

COMMAND = ["-m", "mkdocs", "build", "--strict"]
# What a build imports, some of it late.
WARM = (
    *("changebook.macros", "changebook.site", "holidays.countries", "material.extensions.emoji", "material.templates"),
    *("mkdocs.__main__", "mkdocs_macros.plugin", "pymdownx.highlight", "pymdownx.quotes", "pymdownx.superfences"),
)


def build(folder: Path, *, today: str = "") -> subprocess.CompletedProcess[str]:
    """Build the site of a project, strict, at the given day or time if there is one."""
    return _run(COMMAND, folder, {TODAY_GIVEN: today} if today else {})


def changebook(
    *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in `cwd`, where permissions hold for root as well."""
    return _run([*PROGRAM[1:], *arguments], cwd, environment or {})


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    server = builder()
    assert server.stdin
    assert server.stdout
    with tempfile.TemporaryDirectory() as scratch:
        out, err = (Path(scratch) / name for name in ("out", "err"))
        told = {**_environment(), **environment}
        asked = {"command": command, "folder": str(folder), "environment": told, "files": [str(out), str(err)]}
        print(json.dumps(asked), file=server.stdin, flush=True)
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(command, code, out.read_text("utf-8"), err.read_text("utf-8"))


def build_again(folder: Path) -> subprocess.CompletedProcess[str]:
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
    """Run whatever is asked for, one after the other."""
    for module in WARM:
        importlib.import_module(module)
    library_rules()
    # Compiles what texts are searched with, and reads the words of search.
    check_book(Path(__file__).parent / "book", clock=lambda: datetime.now(UTC), search=True)
    commands = importlib.import_module("changebook.cli").main.commands
    for name in commands:
        assert commands[name]  # each is imported when it is asked for
    importlib.import_module("changebook.cli.build").subprocess = SimpleNamespace(run=_forked)  # type: ignore[attr-defined]
    gc.freeze()  # what is imported stays
    for line in sys.stdin:
        asked = json.loads(line)
        if not (child := os.fork()):
            os._exit(_do(asked))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _do(asked: dict[str, Any]) -> int:
    """Do what is asked for; return the exit code."""
    for descriptor, name in ((0, os.devnull), *enumerate(asked["files"], 1)):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT, 0o666), descriptor)
    drop_rights()
    return _module(asked["command"], asked["folder"], asked["environment"])


def _forked(
    command: list[str], *, cwd: Path, env: Mapping[str, str], close_fds: bool, check: bool
) -> subprocess.CompletedProcess[str]:
    """Run the MkDocs of `changebook build`, as `subprocess` does, in a process that finds everything imported too."""
    assert (command[0], close_fds, check) == (sys.executable, False, False)
    sys.stdout.flush()
    sys.stderr.flush()
    if not (child := os.fork()):
        os._exit(_module(command[1:], str(cwd), env))
    return subprocess.CompletedProcess(command, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _module(command: list[str], folder: str, environment: Mapping[str, str]) -> int:
    """Run one module as a Python does that is started in its folder; return the exit code."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    _, module, *arguments = command
    sys.path[0], sys.argv[1:] = folder, arguments
    code: object = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
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
