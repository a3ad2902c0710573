"""MkDocs and ProperDocs, which goes on where MkDocs 1 ends, make the same site."""

from __future__ import annotations

import sys
from pathlib import Path

from building import changebook
from conftest import HARBOR, ROOT, project

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from books import ANSWERS
from engines import site_by, without_maker
from identical import unequal


def test_another_engine_makes_the_same_site(harbor_site: Path, tmp_path: Path) -> None:
    other = site_by("properdocs", project(tmp_path / "book", HARBOR))
    assert unequal(without_maker(harbor_site), without_maker(other)) == []


def test_another_engine_builds_a_book_of_the_plugin(tmp_path: Path) -> None:
    book = tmp_path / "book"
    assert changebook("init", str(book), *ANSWERS, cwd=tmp_path).returncode == 0
    assert "Example Change" in (site_by("properdocs", book) / "changes" / "index.html").read_text("utf-8")
