"""The plugin: what a site needs of the program, in one line of `mkdocs.yml`."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs_macros.plugin import MacrosPlugin

from changebook import site
from changebook.shipped import shipped_path
from changebook.source.handwritten import shipped_pages
from changebook.source.settings import SHIPPED_KEYS, look_folders, site_settings

_WATCHED = ("changes", "macros", "overrides", "hooks")


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: a book says in `changes/desk/book.yaml` what it is."""


class ChangebookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Make the book in `changes/` a site, with the pages, the look and the settings of the package.

    A book's own file in `docs/` or `overrides/` wins over the package's, and so does a setting of its own.
    """

    on_env = staticmethod(site.on_env)
    on_page_context = staticmethod(site.on_page_context)  # type: ignore[assignment]
    on_page_markdown = staticmethod(site.on_page_markdown)
    on_post_page = staticmethod(site.on_post_page)
    on_post_template = staticmethod(site.on_post_template)
    on_serve = staticmethod(site.on_serve)
    on_startup = staticmethod(site.on_startup)
    on_template_context = staticmethod(site.on_template_context)  # type: ignore[assignment]

    @event_priority(100)  # before mkdocs-macros copies `extra`
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in the settings that the site leaves out, and load the book."""
        _fill(config)
        _add_macros(config)
        return site.on_config(config)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add the package's pages, then those of the book."""
        for page in shipped_pages(Path(config.docs_dir)):
            file = File(str(page.path), str(shipped_path("docs")), config.site_dir, config.use_directory_urls)
            file.edit_uri = None  # it is not in the book's repository
            files.append(file)
        return site.on_files(files, config)


def _fill(config: MkDocsConfig) -> None:
    """Take from the package's settings what a site leaves out, and the look below its own."""
    docs = Path(config.docs_dir)
    settings = deepcopy(site_settings(docs))  # MkDocs takes apart what it is given
    whole = MkDocsConfig(config_file_path=config.config_file_path)
    shipped = {key: settings[key] for key in SHIPPED_KEYS if key in settings}
    # A theme that is not installed would stop the reading of what follows: ProperDocs comes without MkDocs's own.
    whole.load_dict({"site_name": config.site_name, "theme": config.theme.name, **shipped})
    whole.validate()
    for key in (*SHIPPED_KEYS, "mdx_configs"):
        config[key] = whole[key]
    for key, value in settings["theme"].items():
        if key not in ("name", "custom_dir"):
            config.theme[key] = value
    look = [str(folder) for folder in look_folders(docs) if folder.is_dir()]
    config.theme.dirs[:] = [*look, *(folder for folder in config.theme.dirs if folder not in look)]
    config.watch += [str(folder) for name in _WATCHED if (folder := docs.parent / name).is_dir()]


def _add_macros(config: MkDocsConfig) -> None:
    """Add mkdocs-macros, which places the book's macros on pages, where the site does not say how."""
    if "macros" in config.plugins:
        return
    own = (Path(config.docs_dir).parent / "macros" / "main.py").is_file()
    modules: dict[str, Any] = {"module_name": "macros/main"} if own else {"modules": ["changebook.macros"]}
    macros = MacrosPlugin()
    macros.load_config({"on_undefined": "strict", **modules}, config_file_path=config.config_file_path)
    # Its own events come after this one, in the order of their priority.
    config.plugins["macros"] = macros
