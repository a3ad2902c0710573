"""Kill builds at any moment, and fill their disk: what is published is the old site or the new one, whole, every time.

    python tests/bench/kills.py [--kills 100] [--seed 1]

First `make site` and `changebook build` are killed, in turn with SIGKILL and SIGTERM, at moments spread over their run;
then the swap alone, over and over in a child process, so that most kills fall into it; then the swap in two turns, for
systems that cannot do it in one. As root, a small disk is mounted and filled as well. Prints counts, and exits with 1
when a site was neither the old nor the new one.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path

from changebook.cli.swap import recover

ROOT = Path(__file__).parents[2]
BUILD = (sys.executable, "-m", "changebook.cli", "build")
# What is installed is installed: a copy of the Makefile must not install it again.
MAKE = ("make", "--no-print-directory", "-o", ".venv/installed", "site")
PAGE = Path("docs/index.md")
# Swaps two folders without an end: whenever it is killed, it is killed in the swap.
SWAPPING = """
import sys
from pathlib import Path
from changebook.cli.swap import swap, swap_in_turns

target, new, old, in_turns = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]
print("swapping", flush=True)
while True:
    if in_turns:
        swap_in_turns(new, target, old)
        old.rename(new)
    elif not swap(new, target):
        sys.exit("this system cannot swap in one step")
"""


def digest(folder: Path) -> str:
    """Return what a folder holds, names and bytes, in one number; "absent" where it is not there."""
    if not folder.is_dir():
        return "absent"
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        whole.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        if file.is_file():
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def killed_swaps(scratch: Path, *, kills: int, seed: int = 1, in_turns: bool = False) -> Counter[str]:
    """Kill a process that swaps without an end, and return how often the old site, the new one or neither was there.

    With `in_turns` a site may be absent until the next run puts it back, which is counted and tried.
    """
    chance, counts = random.Random(seed), Counter[str]()
    target, new, old = (scratch / name for name in ("site", ".site.new", ".site.old"))
    command = [sys.executable, "-c", SWAPPING, *map(str, (target, new, old)), *(["in turns"] if in_turns else [])]
    for _ in range(kills):
        for folder, text in ((target, "old"), (new, "new")):
            shutil.rmtree(folder, ignore_errors=True)
            for number in range(20):
                (folder / f"page-{number}").mkdir(parents=True)
                (folder / f"page-{number}" / "index.html").write_text(text, encoding="utf-8")
        known = {digest(target): "old", digest(new): "new"}
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        assert child.poll() is None
        child.kill()
        child.communicate()
        if digest(target) == "absent":
            counts["absent until the next run"] += 1
        recover(target, old)
        counts[known.get(digest(target), "neither")] += 1
    return counts


def killed_builds(project: Path, *, kills: int, seed: int = 1) -> Counter[str]:
    """Kill builds at moments spread over their run, and return how often which site was there afterward.

    A build that ends before it is killed is none of the `kills`.
    """
    chance, site, counts = random.Random(seed), project / "site", Counter[str]()
    page = (project / PAGE).read_text("utf-8")
    texts, known, seconds = (f"{page}\nOld\n", f"{page}\nNew\n"), dict[str, str](), 0.0
    for text, name in zip(texts, ("old", "new"), strict=True):
        (project / PAGE).write_text(text, encoding="utf-8")
        start = time.monotonic()
        run(BUILD, project)
        seconds = time.monotonic() - start
        known[digest(site)] = name
    assert len(known) == 2
    for number in count():
        if counts["SIGKILL"] + counts["SIGTERM"] == kills:
            break
        (project / PAGE).write_text(texts[number % 2], encoding="utf-8")
        # One time make and all below it, one time the command alone: its MkDocs then runs on.
        whole = number % 4 < 2
        running = subprocess.Popen(
            MAKE if whole else BUILD,
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        assert running.stderr
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, seconds))
        else:
            # MkDocs says when it is done; then comes the swap, and the old site is deleted.
            next((line for line in running.stderr if "Documentation built" in line), None)
            time.sleep(chance.uniform(0, 0.8))
        ended = running.poll() is not None
        if not ended:
            kind = (signal.SIGKILL, signal.SIGTERM)[number // 4 % 2]
            os.killpg(running.pid, kind) if whole else running.send_signal(kind)
            counts[kind.name] += 1
        running.wait()
        # The MkDocs of a killed command runs on, and no other build begins before it ends.
        with contextlib.suppress(ValueError):
            running.stderr.read()
        running.stderr.close()
        there = known.get(digest(site), "neither")
        counts[f"{there}, and ended before the kill" if ended else there] += 1
    run(BUILD, project)
    left = [entry.name for entry in project.iterdir() if entry.name in (".site.new", ".site.old")]
    counts["left over after the next build"] = len(left)
    return counts


def full_disk(project: Path, disk: Path) -> Counter[str]:
    """Build on a disk that has room for one site and a half, write a draft where there is none, and count."""
    counts = Counter[str]()
    size = sum(file.stat().st_size + 4096 for file in project.rglob("*") if file.is_file())
    site = sum(file.stat().st_size + 4096 for file in (project / "site").rglob("*") if file.is_file())
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + site // 2}", "tmpfs", str(disk)], check=True)
    try:
        copy = Path(shutil.copytree(project, disk / "project", symlinks=True))
        before = digest(copy / "site")
        with (copy / PAGE).open("a", encoding="utf-8") as stream:
            stream.write("\nAnother\n")
        done = subprocess.run(BUILD, cwd=copy, capture_output=True, text=True, check=False)
        said = done.stderr.splitlines()[-2:]
        print(f"  changebook build on a full disk exits with {done.returncode}: {' '.join(said)}")
        counts["old" if digest(copy / "site") == before else "neither"] += 1
        counts["traceback"] += "Traceback" in done.stderr
        fill(disk / "filler")
        for full in (True, False):
            command = ("new", "Night Cutover", "--kind", "partner-onboarding", "--owner", "lab-systems")
            done = subprocess.run([*BUILD[:-1], *command], cwd=copy, capture_output=True, text=True, check=False)
            print(f"  changebook new exits with {done.returncode}: {(done.stderr or done.stdout).splitlines()[-1]}")
            counts["half a record"] += full and (copy / "changes" / "night-cutover.yaml").exists()
            counts["traceback"] += "Traceback" in done.stderr
            (disk / "filler").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        partner = ("--kind", "partner-onboarding", "--owner", "lab-systems")
        for command in (
            ("rename", "formulary-sync", "Formulary Feed", "--yes"),
            ("new", "Other", *partner),
            ("build",),
        ):
            done = subprocess.run([*BUILD[:-1], *command], cwd=copy, capture_output=True, text=True, check=False)
            error = next(line for line in done.stderr.splitlines() if line.startswith("Error"))
            print(f"  changebook {command[0]} on a read-only disk exits with {done.returncode}: {error}")
            counts["traceback"] += "Traceback" in done.stderr
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    return counts


def fill(file: Path) -> None:
    """Write until there is no room."""
    try:
        with file.open("wb", buffering=0) as stream:
            while True:
                stream.write(b"\0" * 4096)
    except OSError:
        return


def run(command: tuple[str, ...], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sample(folder: Path) -> Path:
    """Make a copy of this project without what is installed, which it shares."""
    for name in ("changes", "docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "macros").mkdir()
    for name in ("macros/main.py", "mkdocs.yml", "Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def main() -> None:
    """Kill, fill and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}")
    with tempfile.TemporaryDirectory() as scratch:
        rooms = [Path(scratch, name) for name in ("builds", "swaps", "turns", "disk")]
        for room in rooms:
            room.mkdir()
        project, much = sample(rooms[0]), {"kills": wanted.kills, "seed": wanted.seed}
        wrong = told("make site and changebook build", killed_builds(project, **much))
        wrong += told("inside the swap", killed_swaps(rooms[1], **much))
        wrong += told("inside the swap in turns", killed_swaps(rooms[2], in_turns=True, **much))
        if os.geteuid() == 0:
            wrong += told("a full and a read-only disk", full_disk(project, rooms[3]))
        else:
            print("a full disk: not tried, only root can mount one")
    sys.exit(1 if wrong else 0)


def told(what: str, counts: Counter[str]) -> int:
    """Print counts at once, since what runs for long may be killed itself; return how many of them are wrong."""
    print(f"{what}: {', '.join(f'{name} {number}' for name, number in sorted(counts.items()))}", flush=True)
    return sum(number for name, number in counts.items() if name.startswith(("neither", "half", "traceback", "left")))


if __name__ == "__main__":
    main()
