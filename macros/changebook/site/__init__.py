"""The door MkDocs opens: its events, for `hooks/` to name."""

from changebook.site.events import (
    on_config,
    on_env,
    on_files,
    on_page_context,
    on_page_markdown,
    on_post_page,
    on_startup,
    on_template_context,
)
from changebook.site.preview import on_serve
from changebook.site.sitemap import on_post_template

__all__ = [
    "on_config",
    "on_env",
    "on_files",
    "on_page_context",
    "on_page_markdown",
    "on_post_page",
    "on_post_template",
    "on_serve",
    "on_startup",
    "on_template_context",
]
