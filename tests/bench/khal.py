"""A calendar file in a real program, khal of Debian: moved and cancelled changes replace what was there.

`apt-get install khal`, then `tests/bench/khal.py`. Prints what khal shows after each step; fails if it is not that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from changebook.checking.loading import load_book
from changebook.feeds.ics import ics_of

ROOT = Path(__file__).parents[2]
NAME = "claims-api-2-4"
_SETTINGS = """[calendars]
[[changes]]
path = {folder}/changes
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = America/Chicago
local_timezone = America/Chicago
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = changes
"""


class Khal:
    """khal with a calendar of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.settings = folder, folder / "khal.conf"
        (folder / "changes").mkdir()
        self.settings.write_text(_SETTINGS.format(folder=folder), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run khal and return what it prints."""
        environment = {**os.environ, "HOME": str(self.folder)}
        command = ["khal", "-c", str(self.settings), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    def take(self, ics: bytes) -> list[str]:
        """Import a calendar file, and return the go-lives of December with their status."""
        file = self.folder / "changes.ics"
        file.write_bytes(ics)
        self.run("import", "--batch", str(file))
        shown = self.run(
            "list", "--notstarted", "--format", "{start} {title} {status}", "--day-format", "", "2026-12-01", "31d"
        )
        return [
            " ".join(line.split()) for line in shown.splitlines() if "Claims API 2.4" in line and "Go/no-go" not in line
        ]


def main() -> int:
    """Import a change as it is, moved, and cancelled; return 1 if khal shows it otherwise."""
    if not shutil.which("khal"):
        print("khal is not installed: apt-get install khal")
        return 1
    book = load_book(ROOT / "changes", clock=lambda: datetime.now(UTC)).book
    assert book
    change = book.changes[NAME].model_copy(update={"briefing": None, "board": None})
    window = change.window
    assert window
    later = window.model_copy(update={"start": window.start + timedelta(days=7), "end": window.end + timedelta(days=7)})
    former = book.changes["status-page-names"].postponed[:1]
    moved = change.model_copy(update={"window": later, "postponed": former})
    states = [
        (change, "2026-12-08 19:00 Claims API 2.4 CONFIRMED"),
        (moved, "2026-12-15 19:00 Claims API 2.4 CONFIRMED"),
        (moved.model_copy(update={"status": "cancelled"}), "2026-12-15 19:00 Claims API 2.4 CANCELLED"),
    ]
    with tempfile.TemporaryDirectory() as scratch:
        khal = Khal(Path(scratch))
        for state, wanted in states:
            then = replace(book, changes={**book.changes, NAME: state})
            shown = khal.take(ics_of(then, f"changes/{NAME}/{NAME}.ics"))
            print("; ".join(shown) or "nothing")
            if shown != [wanted]:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
