"""How the files of a book were before, as far as git knows; what git prints is read here, git is asked at the doors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from changebook.git.history import COMMIT

# How `git log -z --raw` prints a file: its modes, its contents before and after by their hashes; its name follows.
RAW_FILE = re.compile(r"\n?:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*")
_SETTINGS = "desk/book.yaml"
_NO_COMMIT = "the book's folder has no commit yet; commit it"


@dataclass(frozen=True)
class PastEdit:
    """A commit: when it was made, in seconds, and what each of its files held before, by its hash; "" for none.

    What is in the folder and in no commit is an edit too, without a commit and a time.
    """

    commit: str
    at: int | None
    before: Mapping[str, str]


@dataclass(frozen=True)
class Past:
    """The edits of a book's files, the newest first, and the contents before them by their hashes.

    `begins` is when what git knows begins, None where it reaches as far as was asked; `shallow` says that the clone
    is why. Where git knows nothing there is no edit, and `unknown` says why.
    """

    edits: tuple[PastEdit, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    begins: int | None = None
    shallow: bool = False
    unknown: str = ""


UNASKED = Past(unknown="git was not asked")


def read_edits(log: str) -> list[PastEdit]:
    """Return the edits that a raw log tells, in its order, which is that of the commits.

    A commit is no later than the next one, whatever its author's clock said. Only plain files count.
    """
    edits: list[PastEdit] = []
    changed: dict[str, str] = {}
    latest = None
    parts = iter(log.split("\0"))
    for part in parts:
        if commit := COMMIT.fullmatch(part):
            changed, made = {}, int(commit[2])
            latest = made if latest is None else min(latest, made)
            edits.append(PastEdit(commit[1], latest, changed))
        elif raw := RAW_FILE.fullmatch(part):
            # Whatever a file's name looks like, it is what follows.
            name, plain = next(parts, ""), raw[1].startswith("100")
            if plain or raw[2].startswith("100"):
                changed[name] = raw[3] if plain else ""
    return edits


def past_of(edits: Iterable[PastEdit], *, shallow: bool) -> Past:
    """Return a book's past from its edits, the newest first, without the one that brought the book into being.

    A shallow clone begins with such a commit too.
    """
    known: list[PastEdit] = []
    for edit in edits:
        if edit.before.get(_SETTINGS) == "":
            return Past(tuple(known), begins=edit.at, shallow=shallow) if edit.commit else Past(unknown=_NO_COMMIT)
        known.append(edit)
    return Past(tuple(known))
