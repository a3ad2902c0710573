"""Measure the CPU of commands in a book of N changes: without what was read before, with it, and after one edit.

    python tests/bench/commands.py 1000 [--only search]

Each line has CPU seconds without a cache, with one, and after one sentence of one record was edited. The edit is made
again for each command, so that the figure is of the first command after it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from books import write_book
from build import copy_site

COMMANDS = ("check {file}", "list", "show {name}", "gate {name}", "search {words}", "check", "review HEAD~1..HEAD")
GIT = ("git", "-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("changes", type=int)
    parser.add_argument("--only", help="only the commands that begin so")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch:
        measure(Path(scratch), arguments.changes, arguments.only or "")


def measure(scratch: Path, changes: int, only: str) -> None:
    """Print what each command takes in a book of `changes`."""
    project = scratch / "book"
    copy_site(project)
    write_book(project, changes)
    record = sorted((project / "changes").glob("*.yaml"))[changes // 2]
    words = " ".join(re.findall(r"sentence: (\S+ \S+ \S+)", record.read_text("utf-8"))[0].split())
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Before")
    edit(record, 0)
    git(project, "commit", "-qam", "After")
    given = {"file": f"changes/{record.name}", "name": record.stem, "words": words}
    print(f"{changes} changes{'without':>23}{'peak MB':>9}{'first':>8}{'again':>8}{'edited':>8}   CPU seconds")
    for number, command in enumerate(COMMANDS, 1):
        if not command.startswith(only):
            continue
        line = command.format(**given).split()
        cache = scratch / f"cache-{number}"
        without, peak = cpu(project, line, "off")
        first, again = (cpu(project, line, str(cache))[0] for _ in range(2))
        edit(record, number)
        edited = cpu(project, line, str(cache))[0]
        print(f"{command:28}{without:10.2f}{peak:9.0f}{first:8.2f}{again:8.2f}{edited:8.2f}", flush=True)


def edit(record: Path, number: int) -> None:
    """Write a word into the sentence of a record."""
    text = record.read_text("utf-8")
    record.write_text(
        re.sub(r"(?m)^why: (?:Edited \d+ times, )?", f"why: Edited {number} times, ", text), encoding="utf-8"
    )


def git(project: Path, *words: str) -> None:
    """Run git in `project`."""
    subprocess.run([*GIT, *words], cwd=project, check=True)


def cpu(project: Path, command: list[str], cache: str) -> tuple[float, float]:
    """Return the CPU seconds of a command, and its most megabytes."""
    environment = {**os.environ, "CHANGEBOOK_CACHE": cache}
    process = subprocess.Popen(
        [sys.executable, "-m", "changebook.cli", *command],
        cwd=project,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
