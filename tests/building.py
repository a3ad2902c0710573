"""Builds of sites and commands, each in a process of its own, which finds everything imported: half of what they take.

Run as a program, this imports what they do, then forks for each who asks at its socket: see `asking.py`.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import runpy
import select
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, NoReturn, TextIO

from asking import STREAMS, answer_to, ask
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


def build(folder: Path, *options: str, today: str = "") -> subprocess.CompletedProcess[str]:
    """Build the site of a project, strict, at the given day or time if there is one."""
    return _run([*COMMAND, *options], folder, {TODAY_GIVEN: today} if today else {})


def changebook(
    *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in `cwd`, where permissions hold for root as well."""
    return _run([*PROGRAM[1:], *arguments], cwd, environment or {})


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as scratch:
        out, err = (Path(scratch) / name for name in ("out", "err"))
        with open(os.devnull, "rb") as nothing, out.open("wb") as told, err.open("wb") as wrong:
            streams = {0: nothing.fileno(), 1: told.fileno(), 2: wrong.fileno()}
            code = ask(address(), command, {**_environment(), **environment}, streams, str(folder))
        return subprocess.CompletedProcess(command, code, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def quick_program() -> Path:
    """Return a program `changebook`, alone in its folder, for shells and whatever else starts one: it runs in a process
    that finds everything imported, in place of a Python that was just started. A signal does not reach that process.
    """
    program = Path(address()).parent / "bin" / "changebook"
    program.parent.mkdir()
    # Without site packages, Python starts in a hundredth of a second.
    command = [sys.executable, "-IS", str(Path(__file__).with_name("asking.py")), address()]
    program.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def with_quick_program(**environment: str) -> dict[str, str]:
    """Return the environment in which `changebook` is the quick one, and Python that of this run."""
    path = (quick_program().parent, Path(sys.executable).parent, os.environ["PATH"])
    return {**_environment(), "PATH": os.pathsep.join(map(str, path)), **environment}


def build_again(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a project as a person does, by a Python that was just started."""
    command = [sys.executable, *COMMAND]
    return subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False)


@cache
def builder() -> subprocess.Popen[str]:
    """Start the program; it ends with its input, that is with whoever started it."""
    command = [sys.executable, __file__]
    return subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@cache
def address() -> str:
    """Return where the program is asked, once it has imported everything."""
    server = builder()
    assert server.stdout
    line = server.stdout.readline()
    assert line, "it could not import what it needs"
    return line.strip()


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
    with tempfile.TemporaryDirectory(prefix="changebook-") as scratch, socket.socket(socket.AF_UNIX) as door:
        address = f"{scratch}/door"
        door.bind(address)
        door.listen()
        print(address, flush=True)
        _serve(door)


def _serve(door: socket.socket) -> None:
    """Fork for each who comes, until there is no more input."""
    here: set[int] = set()
    while door in select.select([sys.stdin, door], [], [])[0]:
        line, _ = door.accept()
        here = {one for one in here if os.waitpid(one, os.WNOHANG) == (0, 0)}
        if not (child := os.fork()):
            _leave(_keep, line)
        here.add(child)
        line.close()


def _leave(do: Callable[..., int], *arguments: object) -> NoReturn:
    """Do something in a process that was forked for it, and end that, whatever happens."""
    code = 1
    try:
        code = do(*arguments)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _keep(line: socket.socket) -> int:
    """Start what is asked for, and say how it ends."""
    asked, streams = answer_to(line)
    if not (child := os.fork()):
        line.close()
        _leave(_do, asked, streams)
    for stream in streams.values():
        os.close(stream)
    line.sendall(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
    return 0


def _do(asked: dict[str, Any], streams: Mapping[int, int]) -> int:
    """Do what is asked for; return the exit code."""
    for stream, name in zip(STREAMS, ("stdin", "stdout", "stderr"), strict=True):
        os.close(stream)
        if stream in streams:
            os.dup2(streams[stream], stream)
        opened = _opened(stream, getattr(sys, name)) if stream in streams else None
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)
    for stream in streams.values():
        os.close(stream)
    drop_rights()
    resource.setrlimit(resource.RLIMIT_FSIZE, asked["room"])
    return _module(asked["command"], asked["folder"], asked["environment"])


def _opened(stream: int, before: TextIO) -> IO[Any]:
    """Return a stream as Python opens it when it starts, with the encoding of the one before."""
    mode, buffering = ("r" if stream == 0 else "w"), (1 if stream == 2 else -1)
    return open(stream, mode, buffering, encoding=before.encoding, errors=before.errors, closefd=False)


def _forked(
    command: list[str], *, cwd: Path, env: Mapping[str, str], close_fds: bool, check: bool
) -> subprocess.CompletedProcess[str]:
    """Run the MkDocs of `changebook build`, as `subprocess` does, in a process that finds everything imported too."""
    assert (command[0], close_fds, check) == (sys.executable, False, False)
    _flush()
    if not (child := os.fork()):
        _leave(_module, command[1:], str(cwd), env)
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
    _flush()
    return code if isinstance(code, int) else int(code is not None)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()


if __name__ == "__main__":
    _answer()
