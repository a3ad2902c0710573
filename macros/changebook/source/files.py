"""Files that commands write: whole or not at all, beside their place first, and by one command at a time."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

from changebook.errors import ChangebookError

try:
    import fcntl
except ImportError:  # Windows has no such locks: there, two commands at once are not told apart
    fcntl = None  # type: ignore[assignment]

_DRAFT = re.compile(r"\..+\.\d+\.(?:draft|new)|\..+\.draft")
_PAUSE = 0.05
# What systems say that have no second names for a file; shared folders of Windows say EINVAL.
_NO_LINKS = {errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


def is_draft(name: str) -> bool:
    """Return whether a file of this name is what a command that was stopped has left."""
    return bool(_DRAFT.fullmatch(name))


@contextlib.contextmanager
def draft(file: Path, data: bytes) -> Iterator[Path]:
    """Yield a file beside `file` that holds `data`, on the disk and not only in memory; nothing of it stays.

    An OSError here, and in what is done with it, names `file`, which a person knows, and not the draft.
    """
    written = file.with_name(f".{file.name}.{os.getpid()}.draft")
    try:
        with written.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield written
    except OSError as error:
        if str(error.filename) not in (str(written), "None"):
            raise
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)


def write_new(file: Path, text: str) -> None:
    """Write `text` to `file`; raise ChangebookError when it is there already, OSError when it cannot be written."""
    with draft(file, text.encode()) as written:
        try:
            _place(written, file)
        except FileExistsError as error:
            raise ChangebookError(f"{file.as_posix()} already exists; edit it, or choose another name") from error


def write_whole(file: Path, data: bytes) -> None:
    """Write `data` to `file` in one step, in place of what is there; raise OSError when that fails."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with draft(file, data) as written:
        os.replace(written, file)


@contextlib.contextmanager
def writing(*folders: Path, wait: timedelta = timedelta()) -> Iterator[None]:
    """Be the one command that writes below `folders`, and sweep the drafts that a killed one has left there.

    Raises ChangebookError while another command is writing there, after `wait`; OSError when a draft cannot be deleted.
    """
    with contextlib.ExitStack() as held:
        for folder in filter(Path.is_dir, folders):
            if not held.enter_context(alone_in(folder, wait=wait)):
                message = f"another command is writing in {folder.as_posix()}; run this again when it is done"
                raise ChangebookError(message)
            for file in sorted(folder.rglob(".*")):
                if is_draft(file.name) and not file.is_dir():
                    file.unlink(missing_ok=True)
        yield


@contextlib.contextmanager
def alone_in(folder: Path, *, pass_on: bool = False, wait: timedelta = timedelta()) -> Iterator[bool]:
    """Hold the lock of `folder` and yield True, or yield False while another process holds it, after `wait`.

    The system lets go of a lock when its process ends, however it does; with `pass_on`, when those that it started
    have ended too. Raises OSError where `folder` cannot be opened.
    """
    if not fcntl:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    os.set_inheritable(handle, pass_on)
    try:
        until = monotonic() + wait.total_seconds()
        while not (locked := _locked(handle)) and monotonic() < until:
            sleep(_PAUSE)
        yield locked
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Some network drives have no locks; the work must go on.
        return True
    return True


def _place(written: Path, file: Path) -> None:
    """Give what is `written` the name `file`; raise FileExistsError, whoever has just taken it."""
    try:
        os.link(written, file)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # This file system has no second names for a file.
        if os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file)) from error
        written.rename(file)
