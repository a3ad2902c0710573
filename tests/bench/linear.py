"""Check hostile files of one and of two sizes, and see that twice the size takes about twice the time.

    python tests/bench/linear.py

Prints CPU seconds of both sizes and their ratio; exits with 1 when a record takes over a second or a ratio is over 3.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from changebook.checking.problems import check_book
from changebook.naming.finder import NameFinder
from changebook.naming.outside import wrong_in_bytes

ROOT = Path(__file__).parents[2]
HEAD = "name: Patient Lookup R4\nkind: fhir-resource-update\nstatus: draft\nowner: interfaces\nsentence: One thing.\n"
# What fills a file, by how often it stands there: a record or one of the desk's lists.
RECORDS: dict[str, Callable[[int], str]] = {
    "near-miss names": lambda size: HEAD + "unchanged:\n" + "  - Patient Lookop R4 Patent Lookup R4\n" * (size // 40),
    "unknown keys": lambda size: HEAD + "".join(f"k{number}: a\n" for number in range(size // 9)),
    "empty questions": lambda size: HEAD + "questions:\n" + "  - {}\n" * (size // 7),
    "repeated lines": lambda size: HEAD + "unchanged:\n" + '  - "a"\n' * (size // 8),
    "excuses": lambda size: HEAD + "why: a\n" + "# name-ok\n" * (size // 10),
    "hidden characters": lambda size: HEAD + "unchanged:\n" + "  - a\u202eb\n" * (size // 12),
    "cut texts": lambda size: HEAD + "unchanged:\n" + "  - Bed #4\n" * (size // 11),
    "Markdown": lambda size: HEAD + "questions:\n" + "  - {question: q, answer: '[a]( *b* `c` '}\n" * (size // 45),
}
UNITS = ("Patient Lookop R4 ", "Old Lookup R3 ", "# name-ok: x Old Lookup R3 ", "patient-lookup-r4-", "R4R4R4")


def checked(name: str, text: str) -> float:
    """Return the CPU seconds of a check of the small book with `text` in the file `name`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(ROOT / "tests" / "book", Path(scratch) / "changes"))
        (folder / name).write_text(text, encoding="utf-8")
        start = time.process_time()
        check_book(folder, clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC))
        return time.process_time() - start


def teams(size: int) -> str:
    """Return a list of the desk with as many empty teams as `size` bytes hold."""
    return "".join(f"t{number}: {{}}\n" for number in range(size // 9))


def named(unit: str, size: int) -> float:
    """Return the CPU seconds of a search for names in one line of `size` bytes."""
    finder = NameFinder([("Patient Lookup R4", ["Old Lookup R3"])])
    start = time.process_time()
    list(wrong_in_bytes((unit * (size // len(unit))).encode(), Path("x"), finder))
    return time.process_time() - start


def main() -> None:
    """Measure every shape from the command line."""
    record, sizes = "patient-lookup-r4.yaml", (30 * 1024, 60 * 1024)
    rows = [(name, *(checked(record, fill(size)) for size in sizes)) for name, fill in RECORDS.items()]
    rows.append(("empty teams", *(checked("desk/teams.yaml", teams(kib * 1024)) for kib in (400, 800))))
    rows += [(f"one line of {unit.strip()!r}", *(named(unit, kib * 1024) for kib in (120, 240))) for unit in UNITS]
    for name, small, large in rows:
        print(f"{name:42} {small:6.2f} {large:6.2f} s   ratio {large / max(small, 0.01):4.1f}")
    raise SystemExit(any(large > 1 or large / max(small, 0.01) > 3 for _, small, large in rows))


if __name__ == "__main__":
    main()
