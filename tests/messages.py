"""Bad books and all that is said of them: a case edits the small book with the complete change, in `messages/*.yaml`.

A case names files, each with its edits: a place as messages write it, `playbooks[0].codes[1]`, and what stands there
then; `null` takes it out. A file that is not there yet is written whole. `says` is every message that follows, with
`gap: ` before what is not ready and `later: ` before what is not counted yet.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from changebook.checking.loaded import Loaded
from changebook.readiness import gap_words, readiness
from conftest import GOOD, ROOT, SMALL, load

MESSAGES = ROOT / "tests" / "messages"
BAD = ROOT / "tests" / "records" / "bad"
GONE = "null"
COMPLETE = "complete-change"
TODAY = "2026-12-03 09:00"


def cases() -> dict[str, dict[str, Any]]:
    """Return every case by its file and title."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(MESSAGES.glob("*.yaml")):
        for case in yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader):
            found[f"{file.stem}: {case.pop('case')}"] = case
    return found


def book_of(case: dict[str, Any], folder: Path) -> Loaded:
    """Write the book of a case below `folder`, and return it as it was loaded."""
    book = folder / "changes"
    for name, data in _files().items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)
    for name, given in case.items():
        if name not in ("says", "today", "search"):
            _edit(book / (name if "." in Path(name).name else f"{name}.yaml"), given)
    return load(book, today=case.get("today", TODAY), search="search" in case)


def said(loaded: Loaded) -> list[str]:
    """Return every message about a book, whole."""
    found = [f"gap: {problem.message}" if problem.gap else problem.message for problem in loaded.problems]
    if book := loaded.book:
        for ready in readiness(book).values():
            found += [f"later: {gap_words(gap, book)}" for gap in (*ready.in_time, *ready.waiting)]
    return found


@cache
def recorded() -> list[str]:
    """Return every message that a bad record or a case is asserted to have."""
    texts = [line for file in BAD.glob("*.txt") for line in file.read_text("utf-8").splitlines()]
    return texts + [message for case in cases().values() for message in case["says"]]


@cache
def _files() -> dict[str, bytes]:
    """Return the files with which every case begins: the small book's, and the complete change as JSON."""
    files = {file.relative_to(SMALL).as_posix(): file.read_bytes() for file in SMALL.rglob("*") if file.is_file()}
    record = yaml.load((GOOD / f"{COMPLETE}.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    return {**files, f"{COMPLETE}.yaml": _text_of({**record, "kind": "whole-change"}).encode()}


def _edit(file: Path, given: Any) -> None:
    if given == GONE:
        shutil.rmtree(file.with_suffix("")) if file.with_suffix("").is_dir() else file.unlink()
    elif isinstance(given, str) or "hex" in given or not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(given, str):
            file.write_text(given, encoding="utf-8")
        elif "hex" in given:
            file.write_bytes(bytes.fromhex(given["hex"]))
        else:
            file.write_text(_text_of(given), encoding="utf-8")
    else:
        text = file.read_text("utf-8")
        values = json.loads(text) if text.startswith("{") else yaml.load(text, Loader=yaml.CBaseLoader)
        # From the last, so that taking an item out moves none that is still to be edited.
        for place, value in reversed(given.items()):
            _put(values, place, value)
        file.write_text(_text_of(values), encoding="utf-8")


def _put(values: Any, place: str, value: Any) -> None:
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", place)]
    for step in steps[:-1]:
        values = values[step]
    if value == GONE:
        del values[steps[-1]]
    elif isinstance(values, list) and steps[-1] == len(values):
        values.append(value)
    else:
        values[steps[-1]] = value


def _text_of(values: Any) -> str:
    """Return values as JSON, which YAML reads: it takes a hundredth of what YAML itself does to write and read."""
    return json.dumps(values, ensure_ascii=False, separators=(",\n", ": "))
