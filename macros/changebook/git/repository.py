"""What git knows of a folder. Only the doors ask it; a build goes on without it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from changebook.errors import ChangebookError
from changebook.git.history import LOG_FORMAT, History, read_history
from changebook.git.past import Past, PastEdit, past_of, read_edits
from changebook.git.trail import TRAIL_FORMAT, Trail, evidence_in, read_steps, trail_of
from changebook.names import did_you_mean
from changebook.printing.system import sentence

# What people set for their own eyes decides nothing here; the last option takes back an order file of theirs.
_SETTINGS = ("log.showRoot=true", "log.follow=false", "log.date=default", "color.ui=false", "core.fsmonitor=false")
_GIT = ("git", "--no-pager", "--literal-pathspecs", *(part for setting in _SETTINGS for part in ("-c", setting)))
_SHAPE = ("--name-only", "--relative", "--no-renames", "--no-ext-diff", "--no-show-signature", "--no-notes")
# A merge counts for the files in which it is like none of its parents (-c).
_LOG = ("log", "-z", f"--format={LOG_FORMAT}", "--encoding=UTF-8", "--date-order", *_SHAPE, "-c", "-O/dev/null")
# How the published book came about: a merge counts as one edit, made when it was merged.
_RAW = ("--raw", "--no-abbrev", "--relative", "--no-renames", "--no-ext-diff", "-O/dev/null")
_EDITS = ("log", "-z", f"--format={LOG_FORMAT}", "--encoding=UTF-8", "--first-parent", "-m", "--no-notes", *_RAW)
# Who made it: what came in by a merge is of its own author.
_SAID = ("log", "-z", f"--format={TRAIL_FORMAT}", "--encoding=UTF-8", "--date-order", "--no-merges", "--no-notes")
_STEPS = (*_SAID, *_RAW)
_SHALLOW = "the clone is shallow; fetch the rest: git fetch --unshallow"
# Contents that are held at one time: a thousand records are a hundred megabytes with what they were before.
_AT_ONCE = 500
# What git sets for the hooks it runs: a book is in the repository that its folder is in, whoever asks.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")


def history_of(project: Path, folders: Iterable[str], zone: ZoneInfo) -> History:
    """Return the last edit of each file below `folders` of `project`, by its path in `project`.

    It is empty, and says why, where there is no git, no repository that it may read, no commit yet, or a shallow
    clone, which does not know.
    """
    try:
        if _is_shallow(project):
            return History(unknown=_SHALLOW)
        log = git(project, *_LOG, "--", *folders)
    except (OSError, subprocess.CalledProcessError) as error:
        return History(unknown=_why(error))
    return read_history(os.fsdecode(log), zone)


def edits_since(book: Path, moment: datetime) -> Past:
    """Return how the files in the folder `book` were at any time since `moment` (aware).

    Nothing is known, and the past says why, where there is no git, no repository that it may read, or no commit.
    """
    try:
        shallow = _is_shallow(book)
        log = git(book, *_EDITS, f"--since={max(int(moment.timestamp()), 0)}", "--", ".")
        changed = read_edits(f"/{'0' * 40} 0\0{os.fsdecode(git(book, 'diff', '-z', *_RAW, 'HEAD', '--', '.'))}")
        added = dict.fromkeys(os.fsdecode(git(book, "ls-files", "-z", "--others", "--", ".")).split("\0")[:-1], "")
        here = PastEdit("", None, {**changed[0].before, **added})
        past = past_of([*([here] if here.before else []), *read_edits(os.fsdecode(log))], shallow=shallow)
        blobs = sorted({blob for edit in past.edits for blob in edit.before.values() if blob})
        return replace(past, contents=dict(zip(blobs, _contents(book, blobs), strict=True)))
    except (OSError, subprocess.CalledProcessError) as error:
        return Past(unknown=_why(error))


def trail_since(book: Path, moment: datetime) -> Trail:
    """Return who changed the evidence of the records in the folder `book` since `moment` (aware).

    Nothing is known, and the trail says why, where there is no git, no repository that it may read, no commit, or a
    shallow clone: whoever made its first commit would seem to have written everything.
    """
    try:
        if _is_shallow(book):
            return Trail(unknown=_SHALLOW)
        asked = f"--since={max(int(moment.timestamp()), 0)}"
        every = read_steps(os.fsdecode(git(book, *_STEPS, asked, "--", ".")))
        steps = [step for step in every if step.file.endswith(".yaml") and "/" not in step.file]
        blobs = sorted({blob for step in steps for blob in (step.before, step.after) if blob})
        parts = (blobs[at : at + _AT_ONCE] for at in range(0, len(blobs), _AT_ONCE))
        held = (evidence_in(content) for part in parts for content in _contents(book, part))
        return trail_of(steps, dict(zip(blobs, held, strict=True)))
    except (OSError, subprocess.CalledProcessError) as error:
        return Trail(unknown=_why(error))


def _is_shallow(folder: Path) -> bool:
    return git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false"


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
        known = os.fsdecode(git(folder, "for-each-ref", "--format=%(refname:short)")).split()
        message = f"no revision {name!r} here; fetch it, or name another: {did_you_mean(name, known)}"
        raise ChangebookError(message) from error


def write_files(
    folder: Path, commit: str, below: Iterable[PurePosixPath], target: Path, written: dict[str, Path]
) -> None:
    """Write the files that a commit has in the folders `below`, which start at the top, into `target`.

    Only plain files are: a link could lead out of `target`. The commit's own attributes decide nothing, as they
    would for an archive. What was `written` before, by its blob, gets one more name: nobody edits it.
    """
    top = Path(os.fsdecode(git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    listed = os.fsdecode(git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *map(str, below)))
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry.startswith("100")]
    blobs = [about.split()[2] for about, _, _ in entries]
    new = [blob for blob in blobs if blob not in written]
    contents = dict(zip(new, _contents(top, new), strict=True))
    for (_, _, name), blob in zip(entries, blobs, strict=True):
        file = target / name
        if ".." not in PurePosixPath(name).parts and file.is_relative_to(target):
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(written[blob], file)
            except (KeyError, OSError):  # not written yet, or files have one name only there
                file.write_bytes(contents[blob] if blob in contents else written[blob].read_bytes())
            written.setdefault(blob, file)


def _contents(folder: Path, blobs: Iterable[str]) -> Iterator[bytes]:
    """Yield what blobs hold, in their order."""
    packed = git(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    at = 0
    while at < len(packed):
        start = packed.index(b"\n", at) + 1
        size = int(packed[at:start].split()[2])
        at = start + size + 1
        yield packed[start : start + size]


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what a git command run in `folder` prints; `given` is what it reads.

    Raises OSError where git is missing, and CalledProcessError when the command fails.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    command = [*_GIT, "-C", str(folder), *arguments]
    # What git says goes into our sentences, so it says it in their language.
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    return subprocess.run(command, input=given, capture_output=True, check=True, env=environment).stdout


def _why(error: OSError | subprocess.CalledProcessError) -> str:
    """Return why git knows nothing: the first line of what it says of its failure, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "git is not installed here; install it"
    if isinstance(error, OSError):
        return f"git cannot be run: {sentence(error)}"
    said = str(error.stderr, "utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
    if "dubious ownership" in said:
        folder = said.partition(" at ")[2]
        return f"it belongs to another user; if you trust it: git config --global --add safe.directory {folder}"
    if "not a git repository" in said:
        return "there is no git history here"
    return said
