"""Where rendered HTML waits while the text around it passes through Jinja and Markdown.

A macro leaves a token in the page and its HTML here; once the page is HTML, tokens are replaced. Text
from records is therefore never evaluated or parsed, and a token inside it is not looked for.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"(?:<p>)?<!-- changebook (\d+) -->(?:</p>)?")


class Slots:
    """The HTML of one build that still waits for its page."""

    def __init__(self) -> None:
        self._waiting: dict[int, str] = {}
        self._count = 0

    def put(self, html: str) -> str:
        """Keep `html` and return the token that stands for it."""
        self._count += 1
        self._waiting[self._count] = html
        return f"<!-- changebook {self._count} -->"

    def fill(self, page: str) -> str:
        """Return `page` with every token replaced by what waits for it, which is then forgotten."""
        return _TOKEN.sub(self._filled, page)

    def _filled(self, token: re.Match[str]) -> str:
        html = self._waiting.pop(int(token[1]))
        # A token alone in a paragraph stands for a block; among words it stays inside the paragraph.
        whole = token[0].startswith("<p>") and token[0].endswith("</p>")
        before = "<p>" if token[0].startswith("<p>") and not whole else ""
        after = "</p>" if token[0].endswith("</p>") and not whole else ""
        return before + html.strip() + after
