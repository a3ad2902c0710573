"""Facts to HTML: templates, prose, icons, and the words for a time."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from changebook.render.renderer import Block, Listed, Renderer

__all__ = ["Block", "Listed", "Renderer"]


def __getattr__(name: str) -> Any:
    """Return one of the above, once it is asked for: a command that only words a time waits for no template."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("changebook.render.renderer"), name)
