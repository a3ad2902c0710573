"""The feeds in a real reader, newsboat of Debian: every entry is there, and one that is edited changes in place.

`apt-get install newsboat`, then `tests/bench/newsboat.py`. Prints what newsboat holds; fails if it is not that.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.feeds import feed_files, feeds_of
from changebook.render import Renderer

ROOT = Path(__file__).parents[2]
NAME = "lab-results-routing-v3"
REWORDED = "Results from Eastfield arrive at once."


class Newsboat:
    """newsboat with a cache of its own, and the feeds of a book as files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder, folder / "cache.db"

    def take(self, book: Book) -> dict[str, tuple[str, str]]:
        """Have newsboat read the feeds of `book`; return the title and text that it holds, by id: an entry in
        several feeds is held once.
        """
        feeds = dict(
            feed_files(
                feeds_of(book, {}), Renderer(book, lambda _: Markup()), whose="Northmere Health", site="", now=book.now
            )
        )
        for path, content in feeds.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        urls = self.folder / "urls"
        urls.write_text("".join(f"file://{self.folder / path}\n" for path in feeds), encoding="utf-8")
        settings = self.folder / "config"
        settings.write_text("", encoding="utf-8")
        command = ["newsboat", "-u", str(urls), "-c", str(self.cache), "-C", str(settings), "-x", "reload"]
        subprocess.run(command, env={**os.environ, "HOME": str(self.folder)}, capture_output=True, check=True)
        with closing(sqlite3.connect(self.cache)) as cache:
            rows = cache.execute("SELECT guid, title, content FROM rss_item").fetchall()
        assert len({guid for guid, _, _ in rows}) == len(rows)
        return {guid: (title, content) for guid, title, content in rows}


def main() -> int:
    """Read the feeds as they are, and with a known error in other words; return 1 if anything else differs."""
    if not shutil.which("newsboat"):
        print("newsboat is not installed: apt-get install newsboat")
        return 1
    book = load_book(ROOT / "changes", clock=lambda: datetime.now(UTC)).book
    assert book
    entries = len({entry.key for feed in feeds_of(book, {}) for entry in feed.entries})
    with tempfile.TemporaryDirectory() as scratch:
        newsboat = Newsboat(Path(scratch))
        before = newsboat.take(book)
        print(f"{len(before)} of {entries} entries")
        change = book.changes[NAME]
        error = change.known_errors[0].model_copy(update={"workaround": REWORDED})
        book.changes[NAME] = change.model_copy(update={"known_errors": (error,)})  # type: ignore[index]
        after = newsboat.take(book)
    changed = [after[key][0] for key in before if after.get(key) != before[key]]
    new = [text[0] for key, text in after.items() if key not in before]
    print(f"changed in place: {', '.join(changed) or 'none'}; new: {', '.join(new) or 'none'}")
    shown = [text for title, text in after.values() if title in changed]
    right = len(before) == entries and len(changed) == 1 and not new and all(REWORDED in text for text in shown)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
