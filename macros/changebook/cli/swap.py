"""A new folder takes the place of an old one: at every moment the one or the other is there, whole."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from changebook.source.files import alone_in

_HERE = -100  # AT_FDCWD: names are relative to the folder one works in
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
# Not every C library of Linux has a function for this call; the kernel has had it since 2014.
_CALLS = {"x86_64": 316, "aarch64": 276}
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}


class BusyError(Exception):
    """Another process is replacing this folder."""


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield the path of a folder to make beside `target`, which takes its place if the block ends without an error.

    What killed runs have left is swept first; the folder that was replaced is kept, see `put_back`. Raises BusyError
    where another process does this beside `target`, and OSError; then, as after any error, what was at `target` is
    there still.
    """
    new, old, last = (_beside(target, name) for name in ("new", "old", "last"))
    with _alone(target):
        recover(target, old)
        shutil.rmtree(new, ignore_errors=True)
        try:
            yield new
            replaced = target.exists()
            if not swap(new, target):
                swap_in_turns(new, target, old)
            if replaced:
                shutil.rmtree(last, ignore_errors=True)
                (new if new.exists() else old).rename(last)
        finally:
            for left in (new, old):
                shutil.rmtree(left, ignore_errors=True)


def put_back(target: Path) -> bool:
    """Let `target` and the folder that it replaced change places; return False where none is kept.

    Raises BusyError where another process replaces `target`, and OSError.
    """
    old, last = _beside(target, "old"), _beside(target, "last")
    with _alone(target):
        recover(target, old)
        if not last.is_dir():
            return False
        if not swap(last, target):
            swap_in_turns(last, target, old)
            old.rename(last)
        return True


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    # Processes that are started here hold the lock too: it is let go of when they have ended.
    with alone_in(target.parent, pass_on=True) as alone:
        if not alone:
            raise BusyError
        yield


def _beside(target: Path, name: str) -> Path:
    return target.with_name(f".{target.name}.{name}")


def swap(new: Path, target: Path) -> bool:
    """Let `new` and `target` change places in one step; return False where the system has no such step."""
    if not target.exists():
        new.rename(target)
        return True
    return _exchange(new, target)


def swap_in_turns(new: Path, target: Path, old: Path) -> None:
    """Move `target` to `old`, then `new` to `target`; a kill in between is what `recover` is for."""
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def recover(target: Path, old: Path) -> None:
    """Put `old` back where a run was stopped between its two renames, and delete it where it was stopped after them."""
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        places = (_HERE, names[0], _HERE, names[1], _EXCHANGE)
        if hasattr(library, "renameat2"):
            failed = library.renameat2(*places)
        elif platform.machine() in _CALLS:
            failed = library.syscall(_CALLS[platform.machine()], *places)
        else:
            return False
    elif sys.platform == "darwin":
        failed = ctypes.CDLL(None, use_errno=True).renamex_np(*names, _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
