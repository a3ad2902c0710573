"""Files of the site, written only when they say something else: what copies a site looks at what was written."""

from __future__ import annotations

from pathlib import Path


def write_other(file: Path, content: bytes) -> None:
    """Write a file, unless it says that already."""
    if not file.is_file() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def remove(file: Path, top: Path) -> None:
    """Remove a file, and the folders that are empty then, below `top`."""
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == top or any(folder.iterdir()):
            return
        folder.rmdir()
