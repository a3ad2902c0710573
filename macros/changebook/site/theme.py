"""The theme's templates: what of ours they may call, and in which language."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from markupsafe import Markup
from mkdocs.theme import Theme

from changebook.language.loader import in_language
from changebook.render.icons import icon, with_places
from changebook.site.build import THEME_CODE, Build
from changebook.source.settings import look_folders


class Unhidden(jinja2.FileSystemLoader):
    """The templates of some folders; those in hidden folders are there, but in no list."""

    def list_templates(self) -> list[str]:
        """Return the names of all templates that a site may publish."""
        found = set[str]()
        for top in self.searchpath:
            for folder, inner, names in os.walk(top):
                inner[:] = [name for name in inner if not name.startswith(".")]
                found |= {os.path.relpath(os.path.join(folder, name), top).replace(os.sep, "/") for name in names}
        return sorted(found)


def list_shown(theme: Theme) -> None:
    """Have a theme list no hidden template: MkDocs asks of each of Material's 14,000 icons whether it is hidden, which
    takes a tenth of a small site's build.
    """
    whole = theme.get_env

    def get_env() -> jinja2.Environment:
        env = whole()
        env.loader = Unhidden(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


def dress(env: jinja2.Environment, build: Build, docs: Path) -> None:
    """Give the theme's environment our icons, times and words; `docs` is the folder of hand-written pages."""
    if env.loader:
        env.loader = in_language(env.loader, below=look_folders(docs))
    env.bytecode_cache = THEME_CODE
    env.trim_blocks = env.lstrip_blocks = True  # a third of the lines around a page were blank
    env.globals["icon"] = _icon
    speaks_of(env, build)


def speaks_of(env: jinja2.Environment, build: Build) -> None:
    """Have the theme say times as the build's templates do."""
    env.filters["time_words"] = build.renderer.environment.filters["time"]


@jinja2.pass_context
def _icon(context: jinja2.runtime.Context, name: str) -> Markup:
    """Return an icon for a template of the theme, which knows where its page is."""
    return Markup(with_places(icon(name), f"{context['base_url'].rstrip('/')}/"))
