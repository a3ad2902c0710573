"""The one ranking, in JavaScript, run from Python as the browser runs it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

import quickjs

ASKING = ("words", "near", "names", "query", "files", "score", "order", "ask")  # what a browser needs
BUILDING = ("build",)  # what only the index is built with


def scripts(names: tuple[str, ...], language: str) -> str:
    """Return the text of the ranking's files, one after the other; each leans on those before it.

    The first is that of the `language`, by its two letters: what its words say nothing, and which forms are one word.
    """
    folder = resources.files("changebook.search")
    files = [folder.joinpath("languages", f"{language}.js"), *(folder.joinpath(f"{name}.js") for name in names)]
    return "\n".join(file.read_text("utf-8") for file in files)


class Engine:
    """A JavaScript engine with the ranking in it; used by the thread that made it."""

    def __init__(self, language: str = "en") -> None:
        self._context = quickjs.Context()
        self._files: Mapping[str, str] | None = None
        self._context.eval(scripts(ASKING + BUILDING, language))
        self._call = self._context.eval(
            "(name, given) => JSON.stringify(changebookSearch[name](...JSON.parse(given)) ?? null)"
        )

    def open(self, files: Mapping[str, str]) -> None:
        """Have questions asked of the index with these files, each of which is read once a question needs it."""
        if files is self._files:
            return
        self._files = files
        self._context.add_callable("changebookFile", lambda name: files.get(name, "null"))
        self.call("open")

    def call(self, name: str, *arguments: Any) -> Any:
        """Return what the ranking's function `name` returns for `arguments`, both as JSON."""
        return json.loads(self._call(name, json.dumps(arguments)))
