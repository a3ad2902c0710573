"""A preview without its server, in this process, and edits at random of what it shows."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from changebook.site import on_startup
from changebook.site.again import SavedSite
from changebook.site.loading import PREVIEWED
from changebook.site.preview import Preview

_SERVED = "http://127.0.0.1:8000/"
_TEXT = re.compile(
    r"(?m)^ *(?:- )?(?:why|sentence|answer|question|do|then|what|text|about|details|when|hours|plain): .*$"
)
_ITEM = re.compile(r"(?m)^ +- [^:\n]+\n")
_KINDS = (*("text",) * 6, "item", "date", "desk", "desk", "desk item", "add", "remove", "rename", "page")
_DIGIT = re.compile(r"\b\d(?=\d?\b)")


class Saved:
    """The preview of a project: `site` is what it shows after each save, `whole` how often all of that was built."""

    def __init__(self, project: Path, site: Path) -> None:
        self.project, self.site, self.whole = project, site, 0
        on_startup("serve", dirty=False)
        self._build()
        self.preview = Preview(self._build)
        built = PREVIEWED.get()
        assert built
        self.preview.site = SavedSite(built)
        PREVIEWED.set(None)
        self._built = built

    def _build(self) -> None:
        self.whole += 1
        build_site(self.project, self.site)

    def save(self) -> str:
        """Do what a preview does after a save; return what is wrong."""
        PREVIEWED.set(self._built)
        try:
            self.preview.build()
        finally:
            PREVIEWED.set(None)
        return self.preview.wrong

    def differs(self, scratch: Path) -> list[str]:
        """Return the files that are not what a whole build makes of the project, in a folder of its own."""
        shutil.rmtree(scratch, ignore_errors=True)
        build_site(self.project, scratch)
        ours, theirs = files_of(self.site), files_of(scratch)
        return [path for path in sorted({*ours, *theirs}) if ours.get(path) != theirs.get(path)]


def build_site(project: Path, site: Path) -> None:
    """Build a project as a preview does."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(site))
    config.site_url = _SERVED
    build(config, serve_url=_SERVED)


def files_of(site: Path) -> dict[str, bytes]:
    """Return every file and folder of a site by its path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() if path.is_file() else b"" for path in site.rglob("*")}


def edit(project: Path, chance: random.Random) -> Callable[[], None]:
    """Edit a record, the desk or a page at random, or add, remove or rename a record; return what takes that back."""
    changes = project / "changes"
    before = {file: file.read_bytes() for file in changes.rglob("*.yaml")}
    records = sorted(changes.glob("*.yaml"))
    kind = chance.choice(
        ("text",) * 6 + ("item", "date", "desk", "desk", "desk item", "add", "remove", "rename", "page")
    )
    if kind == "add":
        _copied(chance.choice(records), f"Copy {chance.randrange(10**6)}")
    elif kind == "remove":
        chance.choice(records).unlink()
    elif kind == "rename":
        record = chance.choice(records)
        _copied(record, f"Name {chance.randrange(10**6)}")
        record.unlink()
    elif kind == "page":
        page = chance.choice(sorted((project / "docs" / "handbook").glob("*.md")))
        said = page.read_bytes()
        page.write_bytes(said + b"\nOne more line.\n")
        return lambda: _put(page, said)
    else:
        where = sorted((changes / "desk").rglob("*.yaml")) if kind.startswith("desk") else records
        _changed(chance.choice(where), kind, chance)
    return lambda: _back(changes, before)


def _changed(file: Path, kind: str, chance: random.Random) -> None:
    text = file.read_text("utf-8")
    pattern = _ITEM if kind.endswith("item") else _DIGIT if kind == "date" else _TEXT
    found = chance.choice([*pattern.finditer(text)] or [None])
    if not found:
        return
    if kind.endswith("item"):
        new = chance.choice(("", found[0] * 2))
    elif kind == "date":
        new = str(chance.randrange(1, 9))
    else:
        new = chance.choice((f"{found[0]} again", found[0].rpartition(" ")[0] or found[0]))
    file.write_text(text[: found.start()] + new + text[found.end() :], encoding="utf-8")


def _copied(record: Path, name: str) -> None:
    text = re.sub(r"(?m)^name: .*$", f"name: {name}", record.read_text("utf-8"), count=1)
    text = re.sub(r"(?m)^former_names:.*\n(?:[ -].*\n)*", "", text)
    (record.parent / f"{name.lower().replace(' ', '-')}.yaml").write_text(text, encoding="utf-8")


def _back(changes: Path, before: dict[Path, bytes]) -> None:
    for file in changes.rglob("*.yaml"):
        if file not in before:
            file.unlink()
    for file, said in before.items():
        _put(file, said)


def _put(file: Path, said: bytes) -> None:
    if not file.exists() or file.read_bytes() != said:
        file.write_bytes(said)
