"""A repository that an older wheel made, under the wheel of this commit: what is its own stays; each step's time.

Give the commit or tag of the older one: `.venv/bin/python tests/bench/upgrade.py v0.3.0`. Each wheel is built twice, in
two places, and must be the same bytes. Dependencies are those of this run.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from books import ANSWERS, ROOT

# The desk's own: a page, a part of the look, a record with a comment.
OWN = {
    "docs/faq.md": "# Our own answers\n\nAsk the unit clerk first.\n",
    "overrides/partials/footer.html": "<footer>Ours alone</footer>\n",
    "changes/own-change.yaml": "# Ours.\nname: Own Change\nkind: fhir-resource-update   # agreed with the board\n"
    "status: draft\nowner: desk-lead\nsentence: Nothing is different yet.\n",
}


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    print(f"{time.monotonic() - begun:6.1f} s  {what}", flush=True)


def run(*command: object, folder: Path, **more: str) -> str:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **more}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def wheel(commit: str, scratch: Path) -> Path:
    """Build the wheel of a commit in two places and return one of the two, which are the same bytes."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    date = subprocess.run(
        ["git", "log", "-1", "--format=%ct", commit], cwd=ROOT, capture_output=True, check=True
    ).stdout
    made = []
    for name in ("one", "a second place"):
        folder = scratch / commit / name
        folder.mkdir(parents=True)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder / "dist"]
        run(*build, folder=folder, SOURCE_DATE_EPOCH=date.decode().strip())
        made.append(next((folder / "dist").glob("*.whl")))
    if made[0].read_bytes() != made[1].read_bytes():
        raise SystemExit(f"two wheels of {commit} differ")
    return made[0]


def main() -> None:
    older = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        with timed(f"both wheels, of {older} and of this checkout, twice each"):
            wheels = [wheel(older, scratch), wheel("HEAD", scratch)]
        home, book = scratch / "venv", scratch / "kb"
        venv.create(home, with_pip=False)
        packages = next((home / "lib").glob("python*/site-packages"))
        # Of the packages of this run, but for its own editable install.
        (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
        pip = (sys.executable, "-m", "pip", "--python", home / "bin" / "python")
        install = (*pip, "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall")
        changebook = home / "bin" / "changebook"
        with timed("install the older one"):
            run(*install, wheels[0], folder=scratch)
        with timed("init and a site"):
            run(changebook, "init", book, *ANSWERS, folder=scratch)
            for path, text in OWN.items():
                (book / path).parent.mkdir(parents=True, exist_ok=True)
                (book / path).write_text(text, "utf-8")
            run(changebook, "build", folder=book)
        before = {file: file.read_bytes() for file in files_of(book)}
        with timed("install this one over it"):
            run(*install, wheels[1], folder=scratch)
        with timed("migrate"):
            print(run(changebook, "migrate", "--yes", folder=book).strip().splitlines()[-1])
        with timed("migrate again"):
            assert "nothing was changed" in run(changebook, "migrate", "--yes", folder=book)
        with timed("check and a site"):
            print(run(changebook, "check", folder=book).strip().splitlines()[-1])
            run(changebook, "build", folder=book)
        changed = [file for file, data in before.items() if file.read_bytes() != data]
        print("changed:", *(file.relative_to(book).as_posix() for file in changed))
        assert not [file for file in changed if file.relative_to(book).as_posix() in OWN]
        assert set(files_of(book)) == before.keys()
        site = book / "site"
        assert "Ask the unit clerk first." in (site / "faq" / "index.html").read_text("utf-8")
        assert "Ours alone" in (site / "index.html").read_text("utf-8")
        assert (site / "changes" / "own-change" / "index.html").is_file()
        assert str(ROOT) not in run(
            home / "bin" / "python", "-c", "import changebook; print(changebook.__file__)", folder=book
        )


def files_of(book: Path) -> list[Path]:
    """Return the files of a repository, less what commands make."""
    made = ("site", ".site.last", ".cache", "schema")
    return [
        file for file in sorted(book.rglob("*")) if file.is_file() and not set(made) & set(file.relative_to(book).parts)
    ]


if __name__ == "__main__":
    main()
