"""Asks the program of `building.py`, at its socket, to run a module of Python in place of this process.

It needs nothing but Python itself: the program `changebook` that tests put on a path runs it, see `building.py`.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from collections.abc import Mapping, Sequence
from typing import Any

# Who asks waits for one line: the exit code, negative for a signal, as `subprocess` has it.
STREAMS = (0, 1, 2)


def ask(
    address: str, command: Sequence[str], environment: Mapping[str, str], streams: Mapping[int, int], cwd: str
) -> int:
    """Run `-m`, a module and its arguments; of standard input, output and error it has those that are in `streams`."""
    asked = {
        "command": list(command),
        "folder": cwd,
        "environment": dict(environment),
        "streams": list(streams),
        "room": resource.getrlimit(resource.RLIMIT_FSIZE),
    }
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        socket.send_fds(line, [b"\n"], list(streams.values()))
        line.sendall(json.dumps(asked).encode())
        line.shutdown(socket.SHUT_WR)
        with line.makefile() as answer:
            return int(answer.read())


def answer_to(line: socket.socket) -> tuple[dict[str, Any], dict[int, int]]:
    """Return what is asked on the other side, and where each stream that came with it is here."""
    _, came, _, _ = socket.recv_fds(line, 1, len(STREAMS))
    with line.makefile() as said:
        asked = json.loads(said.read())
    return asked, dict(zip(asked["streams"], came, strict=True))


def is_open(stream: int) -> bool:
    """Return whether this process was started with a stream."""
    try:
        os.fstat(stream)
    except OSError:
        return False
    return True


def run(address: str, *arguments: str) -> None:
    """Be the command `changebook`, with the folder, environment, streams and limits of this process."""
    streams = {stream: stream for stream in STREAMS if is_open(stream)}
    sys.exit(ask(address, ["-m", "changebook.cli", *arguments], os.environ, streams, os.getcwd()) & 0xFF)


if __name__ == "__main__":
    run(*sys.argv[1:])
