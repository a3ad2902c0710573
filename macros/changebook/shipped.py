"""What ships with the program besides its code: the look, the pages, the settings of a site, lists to start from."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped_path(name: str) -> Path:
    """Return the file or folder that ships as `name`: `overrides`, `docs`, `mkdocs.yml` or a list of `changes/desk`.

    It lies in the package where that is installed, else at the top of the checkout that people edit.
    """
    inside = _PACKAGE / "data"
    return (inside if inside.is_dir() else _PACKAGE.parents[1]) / name
