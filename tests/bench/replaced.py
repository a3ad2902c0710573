"""What a team has that puts its own book in place of the sample: the tests that are left, on a book made by `init`.

What follows goes to pytest: `.venv/bin/python tests/bench/replaced.py -m "not browser"`. The tests run in a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from books import ANSWERS, ROOT


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        copy, book = Path(scratch, "copy"), Path(scratch, "book")
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, listed.decode().split("\0")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
        environment = {**os.environ, "PYTHONPATH": str(copy / "macros"), "NO_MKDOCS_2_WARNING": "1"}
        run = [sys.executable, "-m", "changebook.cli", "init", str(book), *ANSWERS]
        subprocess.run(run, env=environment, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(copy / "changes")
        shutil.copytree(book / "changes", copy / "changes")
        # What tests need besides files in git, such as the editor's language server.
        (copy / ".venv").symlink_to(ROOT / ".venv")
        subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]], cwd=copy, env=environment, check=False
        )
        print(f"{time.monotonic() - begun:.0f} s on a book made by init")
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
