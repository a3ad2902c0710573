"""Style sheets as they are fetched: Material's, the rules of the book's paper, and any without its comments."""

from __future__ import annotations

import re
from pathlib import Path

from changebook.model import Settings


def theme_sheets(theme: Path) -> tuple[Path, ...]:
    """Return the style sheets of Material that pages have, from the folder of its templates."""
    return tuple(min((theme / "assets" / "stylesheets").glob(f"{name}.*.css")) for name in ("main", "palette"))


def paper_of(settings: Settings) -> str:
    """Return the rules that print on the book's paper: no style sheet can read a setting."""
    rule = f"@page {{ size: {settings.paper}; }}"
    # Letter is shorter than A4: less margin and slightly smaller type let one side hold the same lines.
    smaller = "\n@page { margin-block: 8mm; }\n@media print { html { font-size: 12.6pt !important; } }"
    return rule + (smaller if settings.paper == "letter" else "")


def without_comments(sheet: str) -> str:
    """Return a style sheet without its comments."""
    return re.sub(r"/\*.*?\*/\s*", "", sheet, flags=re.S)
