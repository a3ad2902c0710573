"""Cells of a table that a spreadsheet opens: what it would take for a formula stays text."""

from __future__ import annotations

import unicodedata

# In their full-width and small forms too.
_FORMULA = ("=", "+", "-", "@")
_BREAKS = ("\t", "\r", "\n")


def inert_cell(cell: str) -> str:
    """Return `cell` with an apostrophe before it where a spreadsheet would calculate it."""
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first.startswith(_FORMULA) or cell.startswith(_BREAKS) else cell


def bare_cell(cell: str) -> str:
    """Return a cell as it was before `inert_cell`."""
    return cell[1:] if cell[:1] == "'" and inert_cell(cell[1:]) == cell else cell
