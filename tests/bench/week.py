"""A new user's first week, from an empty environment: install, `init`, every line of the built page; each step's time.

Only the wheel is left of this project: it is made from a clean copy, and installed with all it needs from a folder of
wheels. What is typed is read from the handbook as a book of somebody else publishes it.
"""

from __future__ import annotations

import html
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from books import ANSWERS, with_days_to_come
from upgrade import run, timed, wheel

PAGE = "site/handbook/first-week/index.html"
BLOCK = re.compile(r'(?s)(.*?)<div class="highlight"><pre>(.*?)</pre>')


def blocks_of(page: str) -> list[tuple[str, str]]:
    """Return each block of code of a page: the file that the text before it names last, and its lines."""
    told = []
    for before, block in BLOCK.findall(page):
        named = re.findall(r"<code>([\w./-]+\.\w+)</code>", before)
        text = html.unescape(re.sub(r"<[^>]+>", "", block)).strip("\n")
        told.append((named[-1] if named else "", with_days_to_come(f"{text}\n")))
    return told


def follow(line: str, folder: Path, environment: dict[str, str]) -> None:
    """Do what a line of the page says; print what a check or the gate says of it."""
    with timed(line):
        done = subprocess.run(
            line, cwd=folder, env=environment, shell=True, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    if " check" in line or " gate" in line:
        print(done.stdout + done.stderr, end="")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        home, wheels, folder = scratch / "venv", scratch / "wheels", scratch / "desk"
        folder.mkdir()
        environment = {"PATH": f"{home / 'bin'}:{os.environ['PATH']}", "HOME": str(scratch), "LANG": "C.UTF-8"}
        with timed("make the wheel, twice"):
            made = wheel("HEAD", scratch)
        with timed("pip download --dest wheels changebook"):
            run(sys.executable, "-m", "pip", "download", "--quiet", "--dest", wheels, made, folder=scratch)
        shutil.rmtree(scratch / "HEAD")
        with timed("python -m venv"):
            venv.create(home, with_pip=True)
        with timed("pip install --no-index changebook"):
            pip = home / "bin" / "pip"
            run(pip, "install", "--quiet", "--no-index", "--find-links", wheels, "changebook", folder=scratch)
        where = run(home / "bin" / "python", "-c", "import changebook; print(changebook.__file__)", folder=folder)
        assert where.startswith(str(home)), where
        follow(shlex.join(["changebook", "init", "handbook", *ANSWERS]), scratch, environment)
        follow("changebook build", scratch / "handbook", environment)
        print("The page:")
        for file, block in blocks_of((scratch / "handbook" / PAGE).read_text("utf-8")):
            if not block.startswith("$ "):
                there = (folder / file).read_text("utf-8") if (folder / file).exists() else ""
                (folder / file).write_text(f"{there}\n{block}" if there else block, encoding="utf-8")
                continue
            for line in block.replace("\\\n", "").replace("$ ", "").splitlines():
                if line.startswith("cd "):
                    folder /= line.removeprefix("cd ")
                else:
                    follow(line, folder, environment)
        assert (folder / "site" / "changes" / "status-page-wording" / "index.html").is_file()
        assert (folder / "site-staff" / "index.html").is_file()


if __name__ == "__main__":
    main()
