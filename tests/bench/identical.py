"""Build the same records in two places that differ in all but the records, and compare every byte of every edition.

    python tests/bench/identical.py [BOOK]

The places differ in folder, zone, locale, hash seed, umask and day of the build, and in the order, age and rights of
their files. Without BOOK, the sample is built. Prints each file that differs; exits with 1 if there is one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from changebook.cli.build import FOLDERS

ROOT = Path(__file__).parents[2]
PARTS = ("docs", "hooks", "overrides", "mkdocs.yml", "macros/main.py")
# The hour of the one is on another day than that of the other, and one of them cannot spell what the pages say.
PLACES: Mapping[str, Mapping[str, str]] = {
    "plain": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "1",
        "UMASK": "022",
    },
    "Büro 2/deeper/still": {
        "TZ": "America/Adak",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "2",
        "SOURCE_DATE_EPOCH": "1000000000",
        "UMASK": "077",
    },
}


def differing(scratch: Path, changes: Path) -> Iterator[str]:
    """Build the book in `changes` for the desk, for staff and for each partner in each place below `scratch`, and
    yield what differs: the edition, and the path of the file.
    """
    for edition in ("desk", "staff", "partners"):
        one, other = (built(scratch / name, changes, edition, said) for name, said in PLACES.items())
        yield from (f"{edition}: {path}" for path in unequal(one, other))


def unequal(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the paths of files that are not in both, or not the same."""
    assert one
    return [path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]


def files_of(site: Path) -> dict[str, bytes]:
    """Return every file of a site by its path."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def built(folder: Path, changes: Path, edition: str, said: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of an edition of the book in `changes`, built in a project in `folder` in the environment that
    is `said`.
    """
    os.umask(before := os.umask(0))
    os.umask(int(said["UMASK"], 8))
    try:
        if not folder.exists():
            copy_project(folder, changes, backward=said["UMASK"] == "077")
        command = [sys.executable, "-m", "changebook.cli", "build", "--edition", edition]
        done = subprocess.run(command, cwd=folder, env={**os.environ, **said}, capture_output=True, check=False)
        assert not done.returncode, done.stderr.decode("utf-8", "replace")
    finally:
        os.umask(before)
    return files_of(folder / FOLDERS[edition])


def copy_project(folder: Path, changes: Path, *, backward: bool) -> None:
    """Copy the project with its book, forward or `backward`: folders list their files in the order they came."""
    sources = {Path(file): ROOT / file for part in PARTS for file in _files(ROOT, part)}
    sources |= {"changes" / file.relative_to(changes): file for file in changes.rglob("*") if file.is_file()}
    for path in sorted(sources, reverse=backward):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(sources[path].read_bytes())
        if backward:
            os.utime(folder / path, (1_000_000_000, 1_000_000_000))


def _files(top: Path, part: str) -> Iterator[str]:
    whole = top / part
    found = [whole] if whole.is_file() else whole.rglob("*")
    return (file.relative_to(top).as_posix() for file in found if file.is_file())


def main() -> None:
    """Build, compare and print."""
    changes = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "changes"
    with tempfile.TemporaryDirectory() as scratch:
        found = list(differing(Path(scratch), changes))
    print("\n".join(found) or "every byte of every edition is the same")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
