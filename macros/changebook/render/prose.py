"""A record's text to safe HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from functools import lru_cache

import nh3
from markupsafe import Markup, escape

from changebook.language import gettext as _
from changebook.model.blanks import BLANK, is_time, time_in_words
from changebook.model.markup import as_html
from changebook.model.typed import ASSET

_CODE = re.compile(r"`([^`]+)`")
_TAG = re.compile(r"<[^>]+>")
_MARKED = re.compile(r"[*_`#>|\[\]!~=+:<&\\-]|^\s*[0-9]+\.|\n")  # without these, Markdown is plain prose
_BOLD = re.compile(r"(?<![\w*\\])(?<!\s\s)\*\*(?!\s)([^*]*[^*\s\\])\*\*(?![\w*])")  # the commonest mark of all
_NUMBER = re.compile(r"\+?[0-9][0-9 -]*[0-9]$")
_EXTENSION = re.compile(r",? ?(?:ext\.?|x) ?([0-9]+)$")
_TAGS = {
    *("a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h3", "h4", "hr", "li", "ol", "p", "pre"),
    *("img", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}


def line(text: str) -> Markup:
    """Return plain prose as HTML: escaped, with `code` between back-ticks."""
    safe = escape(text)
    return Markup(_CODE.sub(r"<code>\1</code>", str(safe))) if "`" in text else safe


def paragraphs(text: str) -> list[Markup]:
    """Return plain prose as the HTML of its paragraphs, which blank lines part."""
    return [line(" ".join(part.split())) for part in re.split(r"\n\s*\n", text.strip())]


def plain_prose(text: str) -> str:
    """Return plain prose as it is read out: one line a paragraph, a blank line between, no back-ticks."""
    text = text.replace("`", "").strip()
    parts = re.split(r"\n\s*\n", text) if "\n" in text else [text]
    return "\n\n".join([" ".join(part.split()) for part in parts])


def to_send(text: str, named: str) -> str:
    """Return a first response as it is sent: plain prose, and at its end the reference that a ticket then has."""
    return f"{plain_prose(text)}\n\n{_('Reference: {named}', named=named)}"


def plain_markdown(text: str) -> str:
    """Return the words of Markdown text in one line."""
    bare = _BOLD.sub(r" \1 ", text)
    # Its tags are dropped, so none of them need be safe.
    said = html.unescape(_TAG.sub(" ", as_html(text))) if _MARKED.search(bare) else bare
    return " ".join(said.split())


def words_to_say(text: str) -> list[Markup]:
    """Return a first response as the HTML of its paragraphs, its [blanks] marked to be filled in.

    A time that a script fills is in words that a person can use where there is none, as on paper.
    """
    return [Markup(BLANK.sub(lambda found: _to_fill(found[0]), str(part))) for part in paragraphs(text)]


def _to_fill(blank: str) -> str:
    if is_time(blank):
        return f'<span class="cb-fill" data-cb-blank="{blank}">{time_in_words(blank)}</span>'
    return f'<span class="cb-fill">{blank}</span>'


def mail(text: str, blanks: Collection[str]) -> Markup:
    """Return a mail as HTML, those of its [blanks] marked that are among `blanks`: other brackets are quoted."""
    among = {str(escape(blank)) for blank in blanks}

    def span(found: re.Match[str]) -> str:
        return f'<span class="cb-fill">{found[0]}</span>' if found[0] in among else found[0]

    return Markup(BLANK.sub(span, str(escape(text))))


def number(text: str) -> str:
    """Return the telephone number that a contact ends with, or nothing."""
    found = _NUMBER.search(text)
    return found[0] if found else ""


def dial(phone: str) -> str:
    """Return the address that dials a telephone number, by RFC 3966: `312-555-0100 ext 7` is `tel:3125550100;ext=7`."""
    digits = re.sub(r"[^0-9+*#]", "", _EXTENSION.sub("", phone)).replace("#", "%23")
    extension = _EXTENSION.search(phone)
    return f"tel:{digits};ext={extension[1]}" if extension else f"tel:{digits}"


def blanks(text: str) -> int:
    """Return how many [blanks] a first response leaves to fill."""
    return len(BLANK.findall(text))


def first_table(text: str) -> tuple[Markup, Markup]:
    """Return Markdown text as HTML in two parts: its first table, which is what people look up, and all else."""
    whole = rich(text)
    before, start, rest = whole.partition("<table>")
    table, end, after = rest.partition("</table>")
    return start + table + end, (before + after).strip()


@lru_cache(maxsize=1 << 15)  # as `as_html` keeps them
def rich(text: str) -> Markup:
    """Return Markdown text as HTML that holds nothing but an allow-list of tags and whole web addresses."""
    if not _MARKED.search(text):
        return Markup("<p>{}</p>").format(text)
    return Markup(
        nh3.clean(
            as_html(text),
            tags=_TAGS,
            attributes={"a": {"href"}, "img": {"alt", "src"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}},
            allowed_classes={"div": {"admonition", "note", "tip", "warning"}, "p": {"admonition-title"}},
            url_schemes={"http", "https", "mailto", "tel", ASSET.removesuffix(":")},
            url_relative="deny",
        )
    )
