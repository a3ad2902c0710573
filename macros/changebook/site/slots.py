"""Where a macro's block waits while the text around it passes through Jinja and Markdown.

A macro leaves a token in the page and its block here; when the page is HTML and about to be written,
tokens are replaced by rendered blocks. Text from records is therefore never evaluated or parsed, a
token inside it is not looked for, and one page's HTML at a time is held.
"""

from __future__ import annotations

import re

from changebook.render import Block, Renderer

TOKEN = re.compile(r"(<p>)?<!-- changebook ([0-9]+) -->(</p>)?")


class Slots:
    """The blocks of one build that still wait for their pages."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._waiting: dict[int, Block] = {}
        self._count = 0

    def put(self, block: Block) -> str:
        """Keep `block` and return its token."""
        self._count += 1
        self._waiting[self._count] = block
        return f"<!-- changebook {self._count} -->"

    def fill(self, page: str, *, root: str) -> str:
        """Return `page` with every token replaced by its rendered block, however often; they are then forgotten.

        `root` is the relative way from the page to the site's top. A token without a block stays a comment.
        """
        placed = set()

        def filled(token: re.Match[str]) -> str:
            opens, number, closes = token.groups(default="")
            if not (block := self._waiting.get(int(number))):
                return token[0]
            placed.add(int(number))
            html = self._renderer.html(block, root=root).strip()
            # A token alone in a paragraph is a block; among words it stays inside the paragraph.
            return html if opens and closes else opens + html + closes

        whole = TOKEN.sub(filled, page)
        for number in placed:
            del self._waiting[number]
        return whole
