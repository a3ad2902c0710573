"""The door mkdocs-macros opens: each macro leaves its block in a slot."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any

from mkdocs_macros.plugin import MacrosPlugin

from changebook.errors import UnknownTermError
from changebook.pages.reference import MACROS
from changebook.render import Block
from changebook.site.build import build_of, source_line


def define_env(env: MacrosPlugin) -> None:
    """Register the macros for one build."""
    for macro in MACROS:
        env.macro(_bound(macro, env), macro.__name__)  # type: ignore[no-untyped-call]


def _bound(macro: Callable[..., Block], env: MacrosPlugin) -> Callable[..., str]:
    """Return `macro` as a page calls it: without the book, its block in a slot, its mistakes at a line."""
    signature = inspect.signature(macro)

    @functools.wraps(macro)
    def call(*arguments: Any, **named: Any) -> str:
        build = build_of(env.conf)
        try:
            bound = signature.bind(build.book, *arguments, **named)
            block = macro(*bound.args, **bound.kwargs)
        except (UnknownTermError, TypeError) as error:
            line = source_line(env.page, _template_line())
            build.mistake(env.page, line, f"{macro.__name__}: {error}")
            return ""
        return build.slots.put(block)

    return call


def _template_line() -> int:
    """Return the line of the page's text whose macro is being called."""
    frame = sys._getframe(1)
    while frame and "__jinja_template__" not in frame.f_globals:
        frame = frame.f_back  # type: ignore[assignment]
    template = frame.f_globals["__jinja_template__"] if frame else None
    return template.get_corresponding_lineno(frame.f_lineno) if template else 1
