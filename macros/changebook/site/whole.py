"""A page of the book as the theme renders it, in the shell that it shares with all pages like it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from changebook.site.build import Build
from changebook.site.page import BookPage


def whole_page(context: Mapping[str, Any], page: BookPage, build: Build) -> str:
    """Return the page as the theme renders it, from the shell of all pages like it."""
    facts = {
        "title": str(page.title),
        "summary": page.meta["description"],
        "address": str(page.canonical_url),
        "local": context["local"],
        "content": str(page.content),
        "edit": context["edit"],
        "feeds": context["feeds"],
    }

    def render(marks: Mapping[str, str]) -> str:
        model = copy(page)
        model.title, model.content = marks["title"], marks["content"]
        model.canonical_url = marks["address"] if page.canonical_url else None
        model.meta = {**page.meta, "description": marks["summary"]}
        assert build.theme
        around = {name: marks[name] for name in ("local", "edit", "feeds")}
        return build.theme.get_template("main.html").render({**context, **around, "page": model})

    # Links in the theme are relative to the page: they are alike below the same folder, as deep.
    folder = page.made.address.partition("/")[0]
    return build.shells.page((folder, bool(page.made.change), page.made.says, context["base_url"]), facts, render)
