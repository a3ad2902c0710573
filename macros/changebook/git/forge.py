"""Addresses at the forge, where the book's repository is looked at and edited."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote, urlencode

from changebook.model import Forge


def edit_address(forge: Forge, folder: str, file: PurePath, line: int = 0) -> str:
    """Return where `file` below the repository's `folder` is edited in a browser, at `line` when there is one."""
    path = quote(f"{forge.branch}/{folder}/{file.as_posix()}")
    return f"{_base(forge)}/edit/{path}{f'#L{line}' if line else ''}"


def commit_address(forge: Forge, commit: str) -> str:
    """Return where a commit is looked at."""
    return f"{_base(forge)}/commit/{commit}"


def issue_address(forge: Forge, title: str, text: str) -> str:
    """Return where an issue is written that begins with a title and a text."""
    names = ("issue[title]", "issue[description]") if forge.kind == "gitlab" else ("title", "body")
    asked = urlencode(dict(zip(names, (title, text), strict=True)), quote_via=quote, safe="")
    return f"{_base(forge)}/issues/new?{asked}"


def _base(forge: Forge) -> str:
    repository = forge.repository.rstrip("/")
    return f"{repository}/-" if forge.kind == "gitlab" else repository
