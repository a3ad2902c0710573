"""The lines of a book's files that its pages lead to; all other places are forgotten once a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from changebook.source.events import Steps
from changebook.source.reading import Source


@dataclass(frozen=True)
class Spot:
    """Where in the book something is: a file, the steps to a value in it, and the words it is about, if any."""

    path: Path
    steps: Steps
    words: str = ""


@dataclass(frozen=True)
class Places:
    """The kept lines of each file, by the steps to what is there."""

    lines: Mapping[Path, Mapping[Steps, int]] = field(default_factory=dict)

    def line(self, spot: Spot) -> int:
        """Return the line of `spot`, or of the nearest thing around it that was kept; the first when none was."""
        kept = self.lines.get(spot.path, {})
        return next((kept[spot.steps[:end]] for end in range(len(spot.steps), 0, -1) if spot.steps[:end] in kept), 1)


def kept_lines(source: Source) -> dict[Steps, int]:
    """Return the line of each key at the top of a file, and of each entry under `playbooks`."""
    if source.values is None:
        return {}
    lines: dict[Steps, int] = {(key,): source.keys[(key,)][0] for key in source.values}
    playbooks = source.values.get("playbooks")
    if isinstance(playbooks, list):
        lines |= {steps: source.places[steps][0] for steps in (("playbooks", at) for at in range(len(playbooks)))}
    return lines


def steps_on(source: Source, lines: set[int]) -> frozenset[Steps]:
    """Return the steps to the texts that are written on one of `lines`, or whose key is."""
    found = {steps for steps, (line, _) in source.keys.items() if line in lines}
    for steps, (start, end) in source.spans.items():
        first, more = source.text.count("\n", 0, start) + 1, source.text[start:end].rstrip().count("\n")
        if not lines.isdisjoint(range(first, first + more + 1)):
            found.add(steps)
    return frozenset(found)
