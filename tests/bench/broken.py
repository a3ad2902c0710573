"""Check a book of which every twentieth record is broken, and see that each of those is named and no other.

    python tests/bench/broken.py [3000] [--whole]

The records are drafts as `changebook new` begins them; with `--whole`, complete ones of 22 KB. Prints CPU seconds;
exits with 1 when a record is named that is right, or a broken one is not.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from books import write_book
from changebook.checking.problems import check_book

# What breaks a record, in the manner of slips: each makes another text of it.
SLIPS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("kind:", "knid:", 1),
    lambda text: text.replace("status:", "status: [", 1),
    lambda text: text.replace("owner: ", "owner: x", 1),
    lambda text: text.replace("sentence: ", "sentence: \u202e", 1),
    lambda text: text + "status: ready\n",
    lambda text: text + "window: {start: 2026-11-01 01:30, end: 2026-11-01 03:00}\n",
    lambda text: text.replace("\n", "\n\t", 1),
    lambda text: text + "---\n",
    lambda text: text + "unchanged: &a [*a]\n",
    lambda text: "",
)
_DRAFT = ("name", "kind", "status", "owner", "sentence", "why")


def shortened(text: str) -> str:
    """Return a record with the keys of a draft alone, as a draft."""
    kept = [line for line in text.splitlines() if line.partition(":")[0] in _DRAFT]
    return "\n".join("status: draft" if line.startswith("status:") else line for line in kept) + "\n"


def main() -> None:
    """Write, break and check a book from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=3000)
    parser.add_argument("--whole", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        book = write_book(Path(scratch), wanted.count)
        broken = set()
        for number, file in enumerate(sorted(book.glob("*.yaml"))):
            text = file.read_text("utf-8")
            text = text if wanted.whole else shortened(text)
            if number % 20 == 0:
                broken.add(file)
                text = SLIPS[number // 20 % len(SLIPS)](text)
            file.write_text(text, encoding="utf-8")
        start = time.process_time()
        loaded = check_book(book, clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC))
        took = time.process_time() - start
    named = {problem.path for problem in loaded.problems if not problem.gap}
    print(
        f"{wanted.count} records, {len(broken)} broken: {len(broken & named)} named, and {len(named - broken)} others"
    )
    print(f"{took:.1f} s of CPU to check")
    for file in sorted(broken ^ named):
        print(file.name)
    raise SystemExit(named != broken)


if __name__ == "__main__":
    main()
