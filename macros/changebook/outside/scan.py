"""What the bytes of an edition say that its readers may not read, looked for after everything is written."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from html import unescape

from changebook.editions.words import Hidden


def leaks(files: Mapping[str, bytes], hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Yield the path of each file, and each word in it or in its path, that the readers of an edition may not read."""
    for path, content in sorted(files.items()):
        if path.startswith("assets/fonts/"):  # letters by chance
            continue
        whole = gzip.decompress(content) if path.endswith(".gz") else content
        text = unescape(whole.decode("utf-8", "ignore"))
        # Calendar files fold long lines, also inside a name.
        text = text.replace("\r\n ", "") if path.endswith(".ics") else text
        for word in dict.fromkeys(found for part in (path, text) for found in hidden.found(part)):
            yield path, word
