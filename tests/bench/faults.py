"""Put deliberate faults into a copy of this checkout, one at a time, and see which test finds each.

`python tests/bench/faults.py` tries those of `faults.yaml` beside it; name other files to try theirs. A fault is a
file of the project, a text that is in it once, and what is there instead. The messages, the golden texts and the tests
that are likeliest to find one run first: those that read the file, are called like it or name what it defines; then all
of `make quick`. A run stops at the first failure; a fault that all of them pass has SURVIVED. Scripts, and what a
browser shows in `overrides/` and the templates, are looked at last, by the tests that need Node or a browser.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
ALONE = "not browser and not node"
QUICK = f"{ALONE} and not slow"
# What each step runs, the likeliest first.
FIRST = ["tests/test_messages.py", "tests/test_golden.py"]
NEAR = 6  # files of tests that name it
_PUBLIC = re.compile(r"^(?:def|class) ([A-Za-z]\w*)", re.M)
REST = ["-n", "2", "--dist", "worksteal", "-m", QUICK]
SLOW = ["-n", "2", "--dist", "loadfile", "-m", f"slow and {ALONE}"]
FRONT = ["-n", "2", "--dist", "loadfile", "-m", "browser or node"]
# One test asks whether the list fits the code, which it does not once a fault is in it.
PYTEST = ["-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", "--deselect", "tests/test_faults.py"]
SECONDS = 1200


@dataclass(frozen=True)
class Fault:
    """A text of one file, and what is there instead."""

    file: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.file}: {_short(self.old)} -> {_short(self.new)}"


def faults_in(file: Path) -> list[Fault]:
    """Return the faults that a file lists; raise SystemExit, with what is wrong, when one cannot be put in."""
    faults = [Fault(**item) for item in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)]
    for fault in faults:
        count = (ROOT / fault.file).read_text("utf-8").count(fault.old)
        if count != 1:
            raise SystemExit(f"{fault}: the old text is there {count} times; write more or less of it, so that it is 1")
    return faults


def near(file: str) -> list[str]:
    """Return the files of tests that are likeliest to see a fault in a file, the likeliest first: those that read it,
    those that are called like it or like its package, and those that name most of what it defines.
    """
    path = ROOT / file
    stem, package = path.name.partition(".")[0], path.parent.name
    names, read = [stem], stem
    if path.suffix == ".py":
        names, read = _PUBLIC.findall(path.read_text("utf-8")), rf"{package}\.{stem} import"
    named, reads = (re.compile(rf"\b(?:{words})\b") for words in ("|".join(map(re.escape, names)), read))

    def rank(test: Path) -> tuple[bool, bool, int]:
        text, called = test.read_text("utf-8"), test.stem.removeprefix("test_")
        alike = called.rstrip("s") in (stem.rstrip("s"), package)
        return bool(reads.search(text)), alike, len(set(named.findall(text)))

    ranks = {f"tests/{test.name}": rank(test) for test in sorted((ROOT / "tests").glob("test_*.py"))}
    return sorted((name for name in ranks if any(ranks[name])), key=lambda name: ranks[name], reverse=True)[:NEAR]


def steps_for(fault: Fault, *, slow: bool) -> Iterator[list[str]]:
    """Yield what pytest is to run, one after the other, until something fails."""
    yield ["-n", "2", "--dist", "loadfile", "-m", ALONE, *dict.fromkeys([*FIRST, *near(fault.file)])]
    yield REST
    if fault.file.startswith("overrides/") or "/templates/" in fault.file or fault.file.endswith(".js"):
        yield FRONT
    if slow:
        yield SLOW


def killer(copy: Path, fault: Fault, *, slow: bool) -> str:
    """Return the test that finds a fault, or ""."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "macros"), "NO_MKDOCS_2_WARNING": "1"}
    for step in steps_for(fault, slow=slow):
        command = [sys.executable, "-m", "pytest", *PYTEST, *step]
        try:
            done = subprocess.run(
                command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return f"no test: {step[0]} did not end in {SECONDS} s"
        if done.returncode:
            found = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.M)
            return found[1] if found else (done.stdout + done.stderr).strip().splitlines()[-1]
    return ""


def copied(folder: Path) -> Path:
    """Return a copy of this checkout, as it is now, without what the commands made."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    copy = folder / "copy"
    for name in sorted(os.fsdecode(listed.stdout).strip("\0").split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def main() -> None:
    """Run the faults from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[Path(__file__).with_suffix(".yaml")])
    parser.add_argument("--slow", action="store_true", help="let survivors meet the tests that start processes, too")
    wanted = parser.parse_args()
    faults = [fault for file in wanted.files for fault in faults_in(file)]
    survived = 0
    with tempfile.TemporaryDirectory(prefix="changebook-faults-") as scratch:
        copy = copied(Path(scratch))
        if found := killer(copy, Fault("tests/needs.py", "", ""), slow=False):
            raise SystemExit(f"{found} fails without a fault; fix it first")
        for number, fault in enumerate(faults, 1):
            file, start = copy / fault.file, time.monotonic()
            right = file.read_text("utf-8")
            file.write_text(right.replace(fault.old, fault.new), encoding="utf-8")
            found = killer(copy, fault, slow=wanted.slow)
            file.write_text(right, encoding="utf-8")
            survived += not found
            print(f"{number}. {fault}: {found or 'SURVIVED'} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"{len(faults)} faults, {len(faults) - survived} killed, {survived} survived")
    raise SystemExit(bool(survived))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 50 else f"{line[:47]}...")


if __name__ == "__main__":
    main()
