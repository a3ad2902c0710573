"""What turns the Markdown of records into HTML: the extensions that they may use, without raw HTML."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor

from changebook.model.typed import ASSET, IMAGE

# Python-Markdown's own ways to raw HTML, images and the like: taken out, so that their text stays text.
_REFUSED_BLOCKS = ("html_block",)
_REFUSED_INLINE = ("html", "image_link", "image_reference", "short_image_ref")


class _Image(InlineProcessor):
    """An image of the book's own: `![what it shows](file.png)`."""

    def handleMatch(self, found: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        """Return the image that was found, and where it begins and ends."""
        return Element("img", {"alt": found[1], "src": f"{ASSET}{found[2]}"}), found.start(), found.end()


@lru_cache(maxsize=1)
def converter() -> markdown.Markdown:
    """Return what turns Markdown into HTML, with all that a record may use."""
    made = markdown.Markdown(extensions=["admonition", "fenced_code", "sane_lists", "tables"])
    # A list that begins with 3 is shown so: the number may be a date, or a step after some text.
    made.lazy_ol = False  # type: ignore[attr-defined]
    for name in _REFUSED_BLOCKS:
        made.preprocessors.deregister(name)
    for name in _REFUSED_INLINE:
        made.inlinePatterns.deregister(name)
    made.inlinePatterns.register(_Image(IMAGE.pattern), "book_image", 155)
    return made
