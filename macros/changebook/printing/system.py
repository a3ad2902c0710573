"""What an error of the operating system means, in a sentence."""

from __future__ import annotations

import errno
import os
import sys

from changebook.printing.visible import visible

_FULL = "the disk is full; free some space, then run this again"
_RIGHTS = "permission denied; ask its owner, or run this as another user"
_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "your disk quota is used up; free some space, then run this again",
    errno.EROFS: "the file system is read-only; use a copy you can write to",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENAMETOOLONG: "the name is too long for this file system; shorten it",
    errno.ELOOP: "symbolic links go in a circle; replace one with the file itself",
    errno.ENOENT: "not found; create it, or check the path",
    errno.ENOTDIR: "this is a file, and a folder is needed; move it away, or check the path",
    errno.EISDIR: "this is a folder, and a file is needed; move it away, or check the path",
    errno.EEXIST: "already there; move it away, or choose another name",
    errno.ENOTEMPTY: "the folder is not empty; move away what it holds",
    errno.EBUSY: "in use by another program, or a mount point; close the program, or choose another place",
    errno.EXDEV: "it cannot be moved across file systems, or out of a container's image; choose another place",
    errno.EMFILE: "too many files are open; raise the limit (ulimit -n), then run this again",
    errno.ENFILE: "too many files are open on this machine; close some programs, then run this again",
    errno.ENOMEM: "the machine is out of memory; close some programs, then run this again",
    errno.EIO: "the disk reports an error; check the disk first",
    errno.ESTALE: "the network drive was disconnected; connect it, then run this again",
}


def without_docstrings() -> str:
    """Return why nothing can be said or built where Python leaves docstrings out (-OO), and what to do; else ""."""
    if sys.flags.optimize < 2:
        return ""
    return "Python runs with -OO, which drops the words that help and handbook are made of; unset PYTHONOPTIMIZE"


def sentence(error: OSError) -> str:
    """Return `path: what is wrong; what to do` for an error of the system; without a path, what it is about."""
    # Of a rename, the second name is the one that the person knows: the first is a draft's.
    name = error.filename2 or error.filename
    place = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else "reading or writing"
    words = _WORDS.get(error.errno or 0)
    if not words:
        said = error.strerror or str(error) or type(error).__name__
        words = f"{said[:1].lower()}{said[1:]}; check it, then run this again"
    return visible(f"{place}: {words}")
