"""What git knows of a folder. Only the doors ask it; a build goes on without it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from changebook.errors import ChangebookError
from changebook.git.history import LOG_FORMAT, History, read_history
from changebook.names import did_you_mean
from changebook.printing.system import sentence

# What people set for their own eyes decides nothing here; the last option takes back an order file of theirs.
_SETTINGS = ("log.showRoot=true", "log.follow=false", "log.date=default", "color.ui=false", "core.fsmonitor=false")
_GIT = ("git", "--no-pager", "--literal-pathspecs", *(part for setting in _SETTINGS for part in ("-c", setting)))
_SHAPE = ("--name-only", "--relative", "--no-renames", "--no-ext-diff", "--no-show-signature", "--no-notes")
# A merge counts for the files in which it is like none of its parents (-c).
_LOG = ("log", "-z", f"--format={LOG_FORMAT}", "--encoding=UTF-8", "--date-order", *_SHAPE, "-c", "-O/dev/null")
# What git sets for the hooks it runs: a book is in the repository that its folder is in, whoever asks.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")


def history_of(project: Path, folders: Iterable[str], zone: ZoneInfo) -> History:
    """Return the last edit of each file below `folders` of `project`, by its path in `project`.

    It is empty, and says why, where there is no git, no repository that it may read, no commit yet, or a shallow
    clone, which does not know.
    """
    try:
        if git(project, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return History(unknown="the clone is shallow; fetch the rest: git fetch --unshallow")
        log = git(project, *_LOG, "--", *folders)
    except FileNotFoundError:
        return History(unknown="git is not installed here; install it")
    except OSError as error:
        return History(unknown=f"git cannot be run: {sentence(error)}")
    except subprocess.CalledProcessError as error:
        return History(unknown=_why(error))
    return read_history(os.fsdecode(log), zone)


def place_in_repository(folder: Path) -> PurePosixPath:
    """Return the path of `folder` from the top of its repository; raise ChangebookError where there is none."""
    try:
        return PurePosixPath(os.fsdecode(git(folder, "rev-parse", "--show-prefix").rstrip(b"\n")))
    except FileNotFoundError as error:
        raise ChangebookError("git is not installed here; install it") from error
    except subprocess.CalledProcessError as error:
        raise ChangebookError(f"{folder} is not in a git repository that can be read: {_why(error)}") from error


def both_ends(folder: Path, revisions: str) -> tuple[str, str]:
    """Return the two commits that `BASE..HEAD` names, or `BASE...HEAD`, which begins where the two parted.

    Raises ChangebookError for anything else, and for a revision that is not there.
    """
    base, dots, head = revisions.partition("...") if "..." in revisions else revisions.partition("..")
    if not base or not dots:
        raise ChangebookError(f"{revisions!r} is not a range; write BASE..HEAD, such as main..HEAD")
    first, last = _commit(folder, base), _commit(folder, head or "HEAD")
    if dots == "..":
        return first, last
    try:
        return git(folder, "merge-base", first, last).decode().strip(), last
    except subprocess.CalledProcessError as error:
        message = f"{base!r} and {head or 'HEAD'!r} have no common commit here; fetch the whole history"
        raise ChangebookError(message) from error


def _commit(folder: Path, name: str) -> str:
    try:
        found = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return found.decode().strip()
    except subprocess.CalledProcessError as error:
        known = git(folder, "for-each-ref", "--format=%(refname:short)").decode().split()
        message = f"no revision {name!r} here; fetch it, or name another: {did_you_mean(name, known)}"
        raise ChangebookError(message) from error


def write_files(folder: Path, commit: str, below: Iterable[PurePosixPath], target: Path) -> None:
    """Write the files that a commit has in the folders `below`, which start at the top, into `target`.

    Only plain files are: a link could lead out of `target`. The commit's own attributes decide nothing, as they
    would for an archive.
    """
    top = Path(os.fsdecode(git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    listed = os.fsdecode(git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *map(str, below)))
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry.startswith("100")]
    blobs = [about.split()[2] for about, _, _ in entries]
    packed = git(top, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    at = 0
    for _, _, name in entries:
        start = packed.index(b"\n", at) + 1
        size = int(packed[at:start].split()[2])
        at = start + size + 1
        file = target / name
        if ".." not in PurePosixPath(name).parts and file.is_relative_to(target):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(packed[start : start + size])


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what a git command run in `folder` prints; `given` is what it reads.

    Raises OSError where git is missing, and CalledProcessError when the command fails.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    command = [*_GIT, "-C", str(folder), *arguments]
    # What git says goes into our sentences, so it says it in their language.
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    return subprocess.run(command, input=given, capture_output=True, check=True, env=environment).stdout


def _why(error: subprocess.CalledProcessError) -> str:
    """Return the first line of what git says of its failure, and what to do."""
    said = str(error.stderr, "utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
    if "dubious ownership" in said:
        folder = said.partition(" at ")[2]
        return f"it belongs to another user; if you trust it: git config --global --add safe.directory {folder}"
    return said
