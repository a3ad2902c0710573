"""Where the look of an edition is: the theme's style sheets, and a project's styles, fonts, scripts and pictures."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from changebook.outside.write import EditionLook
from changebook.render.sheets import theme_sheets
from changebook.source.settings import look_folders, site_settings

_OURS = "assets/css/"


def look_of(project: Path) -> EditionLook:
    """Return the look of the project in a folder: its own style sheets are those that its `mkdocs.yml` names."""
    found = find_spec("material")
    # It is a dependency.
    theme = Path(((found and found.submodule_search_locations) or [""])[0]) / "templates"
    named = [str(path) for path in site_settings(project / "docs").get("extra_css", ())]
    styles = tuple(path.removeprefix(_OURS) for path in named if path.startswith(_OURS))
    assets = tuple(folder / "assets" for folder in look_folders(project / "docs"))
    return EditionLook(
        theme_sheets(theme),
        assets,
        tuple(name for name in styles if any((folder / "css" / name).is_file() for folder in assets)),
        project / "docs" / "assets",
        theme / ".icons",
    )
