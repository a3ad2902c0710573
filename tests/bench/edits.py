"""Edit a book at random, save by save, and compare what a preview shows with what a whole build makes of it.

    python tests/bench/edits.py [200] [--seed 1]

Edits are of records, of the desk and of pages; records are added, removed and renamed. One after which nothing can be
built is taken back once the preview has said so. Prints each file that differs; exits with 1 if there is one.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from conftest import HARBOR, project
from saving import Saved, edit


def main() -> None:
    """Edit, save, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edits", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="changebook-bench-") as scratch:
        raise SystemExit(_compare(Path(scratch), arguments.edits, random.Random(arguments.seed)))


def _compare(scratch: Path, edits: int, chance: random.Random) -> bool:
    folder = project(scratch / "project", HARBOR)
    os.chdir(folder)
    saved, count, bad = Saved(folder, scratch / "shown"), Counter[str](), False
    while count["edits"] < edits:
        undo, whole = edit(folder, chance), saved.whole
        if saved.save():
            undo()
            count["refused"] += 1
            assert not saved.save()
            continue
        count["edits"] += 1
        count["whole builds"] += saved.whole > whole
        if differing := saved.differs(scratch / "clean"):
            bad = True
            print(f"after edit {count['edits']}: {', '.join(differing)}", flush=True)
    print(
        ", ".join(f"{number} {name}" for name, number in count.items()),
        "and",
        "differences" if bad else "no difference",
    )
    return bad


if __name__ == "__main__":
    main()
