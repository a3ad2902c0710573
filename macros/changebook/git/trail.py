"""Who changed which evidence of a change, and when; what git prints is read here, git is asked at the doors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from changebook.git.history import COMMIT, LOG_FORMAT
from changebook.git.past import RAW_FILE

# With its author's name.
TRAIL_FORMAT = f"{LOG_FORMAT} %aN"
# The keys of a record that prove readiness, in the order in which a record has them.
EVIDENCE = (
    *("status", "closed", "window", "phases", "postponed", "board", "revised", "told", "rollback"),
    *("compliance", "safety", "tests", "rehearsals", "briefing", "go_no_go", "waivers"),
)
_COMMIT = re.compile(rf"{COMMIT.pattern} (.*)", re.S)
_KEY = re.compile(rb"^(?=[a-z_]+:)", re.M)
_COMMENT = re.compile(rb"(?m)(?:^|[ \t])#[^\n]*")
_NONE = re.compile(r"0+")
Evidence = Mapping[str, int]


@dataclass(frozen=True)
class TrailStep:
    """A commit that changed evidence of a record: its hash, when it was made in seconds, by whom, and which keys."""

    commit: str
    at: int
    by: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Trail:
    """The steps of each record of the book, the newest first, by its file; `unknown` says why git knows nothing."""

    steps: Mapping[str, tuple[TrailStep, ...]] = field(default_factory=dict)
    unknown: str = ""


UNTRACKED = Trail(unknown="git was not asked")


@dataclass(frozen=True)
class RawStep:
    """What one commit did to one file: the contents before and after by their hashes, "" for none."""

    file: str
    commit: str
    at: int
    by: str
    before: str
    after: str


def read_steps(log: str) -> list[RawStep]:
    """Return the steps that a raw log tells, in its order. Only plain files count."""
    found: list[RawStep] = []
    commit, made, by = "", 0, ""
    parts = iter(log.split("\0"))
    for part in parts:
        if head := _COMMIT.fullmatch(part):
            commit, made, by = head[1], int(head[2]), " ".join(head[3].split())
        elif raw := RAW_FILE.fullmatch(part):
            # Whatever a file's name looks like, it is what follows.
            found.append(RawStep(next(parts, ""), commit, made, by, _blob(raw[1], raw[3]), _blob(raw[2], raw[4])))
    return found


def trail_of(raw: Iterable[RawStep], evidence: Mapping[str, Evidence]) -> Trail:
    """Return the trail of records from raw steps, the newest first, and the evidence in each content by its hash."""
    steps: defaultdict[str, list[TrailStep]] = defaultdict(list)
    for step in raw:
        before, after = evidence.get(step.before, {}), evidence.get(step.after, {})
        if keys := tuple(key for key in EVIDENCE if before.get(key) != after.get(key)):
            steps[step.file].append(TrailStep(step.commit, step.at, step.by, keys))
    return Trail({file: tuple(several) for file, several in steps.items()})


def evidence_in(content: bytes) -> Evidence:
    """Return each key of a record that proves something, with a hash of its text, whatever its comments and layout.

    A record is cut at its keys and not read: what it was before may be no record by the rules of today.
    """
    found = {}
    for part in _KEY.split(content):
        key = part.partition(b":")[0].decode("ascii", "replace")
        if key in EVIDENCE:
            bare = _COMMENT.sub(b"", part) if b"#" in part else part
            found[key] = hash(b" ".join(bare.split()))
    return found


def _blob(mode: str, blob: str) -> str:
    return "" if not mode.startswith("100") or _NONE.fullmatch(blob) else blob
