"""Check a book of which every twentieth record is broken, and see that each of those is named and no other.

    python tests/bench/broken.py [3000] [--whole] [--again]

The records are drafts as `changebook new` begins them; with `--whole`, complete ones of 22 KB. With `--again`, the
book was checked once before it broke, so that the cache knows it. Prints seconds; exits with 1 when a record is named
that is right, or a broken one is not.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from books import write_book
from changebook.cache.store import SETTING
from changebook.checking.loaded import Loaded
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


def checked(book: Path) -> Loaded:
    """Check a book, and print how long it takes."""
    start, cpu = time.monotonic(), time.process_time()
    loaded = check_book(book, clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC))
    print(f"{time.monotonic() - start:.1f} s to check, {time.process_time() - cpu:.1f} s of CPU")
    return loaded


def main() -> None:
    """Write, break and check a book from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=3000)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--again", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ[SETTING] = str(Path(scratch, "cache"))
        book = write_book(Path(scratch), wanted.count)
        files = sorted(book.glob("*.yaml"))
        for file in files if not wanted.whole else ():
            file.write_text(shortened(file.read_text("utf-8")), encoding="utf-8")
        if wanted.again:
            checked(book)
        broken = set(files[::20])
        for number, file in enumerate(files[::20]):
            file.write_text(SLIPS[number % len(SLIPS)](file.read_text("utf-8")), encoding="utf-8")
        loaded = checked(book)
    named = {problem.path for problem in loaded.problems if not problem.gap}
    told = f"{len(broken & named)} named, and {len(named - broken)} others"
    print(f"{wanted.count} records, {len(broken)} broken: {told}")
    for file in sorted(broken ^ named):
        print(file.name)
    raise SystemExit(named != broken)


if __name__ == "__main__":
    main()
