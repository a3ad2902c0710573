"""Load the change records, add their pages to the site, and fill them."""

from changebook.site import on_config, on_env, on_files, on_page_content, on_page_markdown

__all__ = ["on_config", "on_env", "on_files", "on_page_content", "on_page_markdown"]
