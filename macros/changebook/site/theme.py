"""The theme's templates: what of ours they may call, and in which language."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from changebook.language.loader import in_language
from changebook.render.icons import icon, with_places
from changebook.site.build import THEME_CODE, Build
from changebook.source.settings import look_folders


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
