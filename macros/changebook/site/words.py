"""A site in the language of its book: the menus, the theme's own words, and the hand-written pages."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from changebook.language import ENGLISH, spoken
from changebook.language.pages import is_english, spoken_looks, spoken_meta, spoken_nav, spoken_page


def speak_in_menus(config: MkDocsConfig) -> None:
    """Write menus, and what the theme says itself, in the language that is spoken."""
    config.theme["language"], config.nav = spoken(), spoken_nav(config.nav)
    if "palette" in config.theme:
        config.theme["palette"] = spoken_looks(config.theme["palette"])


def page_in_words(page: Page, markdown: str) -> str:
    """Return the text of a hand-written page in the language that is spoken, with its title: the handbook's is English,
    and so marked.
    """
    if is_english(page.file.src_uri):
        page.meta["english"] = spoken() != ENGLISH
        return markdown
    page.meta = spoken_meta(page.meta)
    return spoken_page(markdown)


def with_english_marked(page: Page, output: str) -> str:
    """Return a page as it is written, with what its menu has of the headings of an English text marked as that."""
    toc = 'data-md-component="toc"'
    return output.replace(toc, f'{toc} lang="{ENGLISH}"') if page.meta.get("english") else output
