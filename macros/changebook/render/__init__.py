"""Facts to HTML: templates, prose, icons, and the words for a time."""

from changebook.render.renderer import Block, Listed, Renderer

__all__ = ["Block", "Listed", "Renderer"]
