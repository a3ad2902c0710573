"""Measure a preview of N changes: seconds from a save to the page, CPU and memory over many saves.

    python tests/bench/save.py 12 [--saves 100]

One sentence of one record is edited, and its page asked for until it says so. Prints medians and the longest, and the
memory after the first saves and after the last. With 12 changes the book is the sample.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from books import ROOT, write_book
from build import copy_site

SAMPLE = 12
_FIRST = 5  # saves after which all is loaded that a save takes
_LONGEST = 3600


class Server:
    """A running `mkdocs serve`."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", self.address]
        with (project / "serve.log").open("wb") as log:
            self.process = subprocess.Popen(command, cwd=project, stdout=log, stderr=log, env=_environment(project))

    def page(self, path: str) -> str:
        """Return a page, "" while the server does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=600) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            assert self.process.poll() is None, "the server has ended; see serve.log"
            return ""

    def wait_for(self, path: str, text: str) -> float:
        """Return after how many seconds a page says `text`."""
        start = time.perf_counter()
        while time.perf_counter() - start < _LONGEST:
            if text in self.page(path):
                return time.perf_counter() - start
            time.sleep(0.01)
        raise SystemExit(f"{path} never says {text!r}")

    def cpu(self) -> float:
        """Return the seconds of CPU that it has taken."""
        parts = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return its megabytes."""
        parts = Path(f"/proc/{self.process.pid}/statm").read_text("utf-8").split()
        return int(parts[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Serve, save, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("changes", type=int)
    parser.add_argument("--saves", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch:
        project = Path(scratch) / "book"
        copy_site(project)
        if arguments.changes == SAMPLE:
            shutil.copytree(ROOT / "changes", project / "changes")
        else:
            write_book(project, arguments.changes)
        measure(project, arguments.saves)


def measure(project: Path, saves: int) -> None:
    """Print what saves of one record in a project take."""
    records = sorted((project / "changes").glob("*.yaml"))
    record = records[len(records) // 2]
    page, text = f"changes/{record.stem}/", record.read_text("utf-8")
    server = Server(project)
    try:
        print(f"{len(records)} changes: first page after {server.wait_for(page, '<h1'):.1f} s", flush=True)
        walls, cpus, sizes = [], [], []
        for number in range(saves):
            before = server.cpu()
            record.write_text(text.replace("sentence: ", f"sentence: Edited {number} times. ", 1), encoding="utf-8")
            walls.append(server.wait_for(page, f"Edited {number} times."))
            cpus.append(server.cpu() - before)
            sizes.append(server.memory())
            time.sleep(0.2)
    finally:
        server.process.terminate()
        server.process.wait()
    for name, found in (("save to page", walls), ("CPU", cpus)):
        print(f"{name}: {statistics.median(found):.2f} s, at most {max(found):.2f} s, of {saves} saves")
    print(f"memory: {sizes[min(_FIRST, saves - 1)]:.0f} MB after {_FIRST} saves, {sizes[-1]:.0f} MB after the last")


def _environment(project: Path) -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "CHANGEBOOK_CACHE": str(project.parent / "cache")}


if __name__ == "__main__":
    main()
