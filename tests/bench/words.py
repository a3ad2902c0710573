"""Put hostile text in the place of every word of every example of every command, in a copy of the sample book.

    python tests/bench/words.py [--every 1] [--seed 1]

The examples are those of the commands' own help, so that a new command is attacked without being listed here. With
--every 7 each seventh word is tried. Prints counts; exits with 1 after a traceback, a character that acts on a
terminal, a file outside the book, or a record that was written and is wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shlex
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from click.testing import CliRunner

from changebook.checking.problems import check_book
from changebook.cli import main

ROOT = Path(__file__).parents[2]
# Started with these, a command serves, builds for minutes, or asks git for what the copy has not.
LEFT_OUT = ("build", "init", "review", "schema")
HOSTILE = (
    *("\x1b[31mred", "\u202egnp.exe", "a\u200bb", "a\rb", "=1+1", "{{ 7*7 }}", "<script>alert(1)</script>"),
    *("x" * 70_000, "\udcff", "a\nstatus: closed\n- b", "'\"&*!|>%@`", "../../../etc/passwd", "---\nname: x"),
    *("# x", " ", "e" + "\u0301" * 50, "\ufdd0", "a\tb", "null", "0x1F", "\uff1d1", "[*b*](javascript:alert(1))"),
    *("--", "-x", "\u2028", "9" * 5000, "2026-02-30 25:61"),
)
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")


def examples() -> Iterator[list[str]]:
    """Yield every example of the commands' help, as its words after `changebook`."""
    for name, command in sorted(main.commands.items()):
        inner = command.commands.values() if isinstance(command, click.Group) else (command,)
        for one in inner if name not in LEFT_OUT else ():
            for line in re.findall(r"^ *changebook (.+)$", one.help or "", re.M):
                yield shlex.split(line)


def attacked(chance: random.Random) -> Iterator[tuple[list[str], str]]:
    """Yield each example with one of its words hostile, the command's own name never, and what it is."""
    for words in examples():
        first = 2 if isinstance(main.commands[words[0]], click.Group) else 1
        for at in range(first, len(words)):
            if not words[at].startswith("--"):
                bad = chance.choice(HOSTILE)
                yield [*words[:at], bad, *words[at + 1 :]], bad


def states(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def wrong_after(words: list[str], top: Path) -> tuple[str, bool]:
    """Run a command in `top`, which holds the book; return what is wrong with what it did, and whether it wrote."""
    before = states(top)
    asked = [*words, *(["--yes"] if "--yes" not in words and takes_yes(words) else [])]
    done = CliRunner().invoke(main, asked, input="n\n", env={"CHANGEBOOK_PLAIN": "1"})
    after = states(top)
    found = ""
    if done.exception and not isinstance(done.exception, SystemExit):
        found = "".join(traceback.format_exception(*done.exc_info)) if done.exc_info else repr(done.exception)
    elif ACTS.search(done.output):
        found = f"acts on a terminal: {ACTS.findall(done.output)!r}"
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    # What --to names is written where it says.
    if outside := [name for name in changed if not name.startswith("changes/") and name not in words]:
        found = f"written outside the book: {outside}"
    elif changed and (wrong := problems(top / "changes")):
        found = f"left wrong: {wrong[0]}"
    for name in changed:
        if name in before:
            (top / name).write_bytes(before[name])
        else:
            (top / name).unlink(missing_ok=True)
    return found, bool(changed)


def problems(book: Path) -> list[str]:
    """Return every problem of a book, without its gaps."""
    return [str(one) for one in check_book(book, clock=lambda: datetime.now(UTC), gaps=False).problems]


def takes_yes(words: list[str]) -> bool:
    """Return whether the command asks before it writes."""
    command = main.commands[words[0]]
    if isinstance(command, click.Group):
        command = command.commands[words[1]]
    return any("--yes" in parameter.opts for parameter in command.params)


def run(every: int, seed: int) -> Counter[str]:
    """Attack the examples and return counts; prints what is wrong."""
    counts, here = Counter[str](), Path.cwd()
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        shutil.copytree(ROOT / "changes", top / "changes")
        os.chdir(top)
        try:
            for words, _ in list(attacked(random.Random(seed)))[::every]:
                found, wrote = wrong_after(words, top)
                counts["commands"] += 1
                counts["wrote"] += wrote
                if found:
                    counts["wrong"] += 1
                    print(
                        " ".join(word[:60] for word in words).encode("unicode_escape").decode(),
                        found,
                        sep="\n",
                        end="\n\n",
                    )
        finally:
            os.chdir(here)
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    result = run(given.every, given.seed)
    print(", ".join(f"{number} {what}" for what, number in result.items()))
    sys.exit(bool(result["wrong"] or not result["wrote"]))
