"""Build one book with MkDocs and with ProperDocs, both with Material, and compare every byte of both sites.

    python tests/bench/engines.py [BOOK]

Without BOOK, the sample is built. Prints each file that differs; exits with 1 if there is one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from identical import ROOT, copy_project, files_of, unequal

ENGINES = ("mkdocs", "properdocs")
# What a page says of the program that made it.
_MAKER = re.compile(rb'<meta name="generator" content="[^"]*">')


def differing(scratch: Path, changes: Path) -> list[str]:
    """Return the path of each file that the engines do not write alike, for the book in `changes`."""
    copy_project(scratch, changes, backward=False)
    one, other = (without_maker(site_by(engine, scratch)) for engine in ENGINES)
    return unequal(one, other)


def site_by(engine: str, project: Path) -> Path:
    """Return the folder of the site of `project`, as `engine` writes it."""
    site = project / f"site-by-{engine}"
    command = [sys.executable, "-m", engine, "build", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return site


def without_maker(site: Path) -> dict[str, bytes]:
    """Return every file of a site by its path, without what pages say of the program that made them."""
    # A packed file holds the minute in which it was packed; the one beside it is compared.
    return {path: _MAKER.sub(b"", content) for path, content in files_of(site).items() if not path.endswith(".gz")}


def main() -> None:
    """Build, compare and print."""
    changes = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "changes"
    with tempfile.TemporaryDirectory() as scratch:
        found = differing(Path(scratch), changes)
    print("\n".join(found) or "both engines write the same bytes")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
