"""The one ranking, `rank.js`, run from Python as the browser runs it."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import quickjs


def script() -> str:
    """Return the text of `rank.js`."""
    return resources.files("changebook.search").joinpath("rank.js").read_text("utf-8")


class Engine:
    """A JavaScript engine with the ranking in it; used by the thread that made it."""

    def __init__(self) -> None:
        self._context = quickjs.Context()
        self._context.eval(script())
        self._call = self._context.eval(
            "(name, given) => JSON.stringify(changebookSearch[name](...JSON.parse(given)) ?? null)"
        )

    def call(self, name: str, *arguments: Any) -> Any:
        """Return what the ranking's function `name` returns for `arguments`, both as JSON."""
        return json.loads(self._call(name, json.dumps(arguments)))
