"""What ages in every page, as one line of script: when the site was made, and which changes are live.

Time alone then changes one small file, not every page.
"""

from __future__ import annotations

import json

from changebook.book import Book
from changebook.render.timing import time_words


def made_line(book: Book, strip: str = "") -> str:
    """Return the line, for the top of the early script; `strip` is the HTML of the line of live changes."""
    facts = {
        "now": book.now.isoformat(timespec="minutes"),
        "words": time_words(book.now, book.now),
        "strip": strip,
    }
    # A site that exchanges pages runs it again: what scripts have put there since stays.
    return f"(globalThis.changebook ??= {{}}).made = {json.dumps(facts)};\n"
