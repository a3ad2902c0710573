"""Check, and show where nothing is wrong, hostile records: each in a process that may take a second and 256 MB.

    python tests/bench/limits.py [--seconds 1] [--show]

Prints each record that the system stopped, or that failed, with `--show` what every one took; exits with 1 if any did.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

from fuzz import tried
from linear import HEAD, RECORDS
from linear import ROOT as TOP

MEGABYTES = 256
FULL = 60 * 1024
NAME = "patient-lookup-r4.yaml"
# What is slow to read as Markdown, to fill a text with: nested, never closed, or to be looked for to the end.
MARKDOWN = (
    *(
        "[",
        "[a][",
        "[a](",
        "![a](",
        "[a]: b\n",
        "=\n",
        "-\n",
        "1. ",
        "- ",
        "* ",
        "> ",
        "#",
        "`",
        "``a`",
        "```\n",
        "~~~\n",
    ),
    *(
        "*",
        "**a",
        "*a_",
        "_a*",
        "\\",
        "<",
        "<a",
        "<!--",
        "<a@b",
        "&",
        "&#x",
        "|",
        "|a\n|-\n",
        "| a |\n| - |\n",
        "!!! note\n",
    ),
    *(
        "!!! note\n    ",
        "    a\n",
        "a  \n",
        "\n\n",
        "a\n- b\n",
        "1. a\n\n    ",
        "x" * 40,
        "http://a",
        "[x](y 'z",
        "a\n: b\n",
    ),
)
# What fills a record, beside what `linear.py` fills one with: names that nobody has, and images.
MORE = {
    "unknown systems": "affects:\n  systems:\n" + "".join(f"    - system-{number}\n" for number in range(3500)),
    "missing images": "unchanged:\n" + "  - '![a](bbbbb/cc.png) ![a](bbbbb/cd.png)'\n" * 1300,
    "long words": "unchanged:\n" + f"  - {'a' * 190}\n" * 300,
    "empty answers": "contract:\n  - answers:\n" + "      - {}\n" * 5000,
    "playbooks": "playbooks:\n" + "  - {scenario: a, codes: [b, c, d]}\n" * 1600,
    "times": "updates:\n" + "  - {at: 2026-11-01 01:30}\n" * 2000,
    "deep": "why: " + "[" * 20000 + "\n",
    "deep in braces": "why: " + "{a: " * 12000 + "\n",
    "a quote": 'why: "' + "a\\\n" * 20000 + "\n",
    "spaces": "why: a" + " " * 55000 + "b\n",
    "blank lines": "why: a\n" + "\n" * 55000 + "x\n",
    "comments": "".join(f"# {number}\n" for number in range(8000)),
    "hashes": "why: a\n" + " #\n" * 18000,
    "bomb": "a: &a [x, x]\n" + "".join(f"b{number}: &b{number} [*a, *a]\n" for number in range(2000)),
    "keys": "? " * 20000 + "\n",
    "tags": "why: " + "!!python/object/apply:os.system " * 1500 + "\n",
}


def records() -> Iterator[tuple[str, str]]:
    """Yield hostile records with what each is called."""
    for name, fill in RECORDS.items():
        yield name, fill(FULL)
    for name, text in MORE.items():
        yield name, (text if name == "comments" else HEAD + text)[:FULL]
    for unit in MARKDOWN:
        # As much as one text may hold; of more the rest is not looked at, whatever it is.
        size = 290 * unit.count("\n") if "\n" in unit else 7900
        yield f"Markdown of {unit!r}", _markdown(unit, size)
    yield "Markdown without end", _markdown("[", FULL - 2000)


def _markdown(unit: str, size: int) -> str:
    text = (unit * (size // len(unit))).replace("\n", "\n  ")
    return f"{HEAD}details: |\n  {text}\n"


def stopped(folder: Path, text: str, seconds: int) -> str:
    """Return why a record with `text` in the book in `folder` was stopped, "" when it was not, and what it took."""
    (folder / NAME).write_text(text, encoding="utf-8")
    child = os.fork()
    if not child:
        _limited(folder, seconds)
    _, status, used = os.wait4(child, 0)
    took = f"{used.ru_utime + used.ru_stime:.2f} s"
    if os.WIFSIGNALED(status):
        return f"stopped by {signal.Signals(os.WTERMSIG(status)).name} after {took}"
    return f"failed after {took}" if os.WEXITSTATUS(status) else f"right: {took}"


def _limited(folder: Path, seconds: int) -> None:
    """Check and show the book as a child that may not take more, and end it."""
    room = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (room + MEGABYTES * 2**20,) * 2)
    try:
        tried(folder)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Try every record from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    wanted = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(TOP / "tests" / "book", Path(scratch) / "changes"))
        (folder / NAME).write_text(HEAD, encoding="utf-8")
        assert not tried(folder)  # so that no record pays for templates and lists of words
        for name, text in records():
            said = stopped(folder, text, wanted.seconds)
            wrong += not said.startswith("right")
            if wanted.show or not said.startswith("right"):
                print(f"{name}: {said}", flush=True)
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
