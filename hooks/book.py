"""Load the change records, add their pages to the site, and fill them."""

from changebook.site import (
    on_config,
    on_env,
    on_files,
    on_page_context,
    on_page_markdown,
    on_post_page,
    on_post_template,
    on_serve,
    on_startup,
    on_template_context,
)

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
