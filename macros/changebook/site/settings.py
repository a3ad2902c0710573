"""Settings of `mkdocs.yml` with which a site would be broken: named before anything is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from changebook.source.settings import OTHER_DOCS


def wrong_settings(config: MkDocsConfig) -> Iterator[str]:
    """Yield what is wrong with the settings of a site, and what to do."""
    if not config.use_directory_urls:
        yield "use_directory_urls: pages are published as folders, and links rely on it; delete the line"
    folder = Path(config.config_file_path).parent
    if Path(config.docs_dir).resolve() != (folder / "docs").resolve():
        yield OTHER_DOCS
    if "macros" not in config.plugins:
        yield "plugins: macros is missing, and it puts the book on pages; add - macros: {module_name: macros/main}"
    if config.theme.name != "material":
        yield f"theme: the pages are made for material, not {config.theme.name!r}; write name: material"
