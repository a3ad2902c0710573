"""Templates in the language that is spoken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2

from changebook.language.catalog import ENGLISH
from changebook.language.markup import translated
from changebook.language.spoken import gettext, spoken


def in_language(loader: jinja2.BaseLoader, *, below: Sequence[Path] = ()) -> jinja2.BaseLoader:
    """Return a loader of the same templates in the language that is spoken now; for English, the loader itself.

    Only templates in a folder `below` are translated, if any is given: a theme has its own words for the others.
    """
    return loader if spoken() == ENGLISH else Translated(loader, below)


class Translated(jinja2.BaseLoader):
    """The templates of another loader with their texts in the language that is spoken."""

    def __init__(self, english: jinja2.BaseLoader, below: Sequence[Path]) -> None:
        self._english, self._below = english, below

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's text, where its file is, and whether it is as it was."""
        source, filename, is_current = self._english.get_source(environment, template)
        if not self._below or any(Path(filename or "").is_relative_to(folder) for folder in self._below):
            source = translated(source, gettext)
        return source, filename, is_current

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self._english.list_templates()
