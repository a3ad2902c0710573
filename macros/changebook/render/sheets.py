"""Style sheets as they are fetched: Material's, and any without its comments."""

from __future__ import annotations

import re
from pathlib import Path


def theme_sheets(theme: Path) -> tuple[Path, ...]:
    """Return the style sheets of Material that pages have, from the folder of its templates."""
    return tuple(min((theme / "assets" / "stylesheets").glob(f"{name}.*.css")) for name in ("main", "palette"))


def without_comments(sheet: str) -> str:
    """Return a style sheet without its comments."""
    return re.sub(r"/\*.*?\*/\s*", "", sheet, flags=re.S)
