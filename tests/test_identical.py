"""The same records make the same bytes, wherever they are built."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from changebook.cli.editions import write_edition
from changebook.editions import Edition
from conftest import HARBOR, ROOT, project

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from identical import PLACES, built, files_of, unequal

# A place that differs from here in all but the records.
PLACE, SAID = list(PLACES.items())[-1]


def test_the_desks_site_is_the_same_in_every_byte(harbor_site: Path, tmp_path: Path) -> None:
    assert unequal(files_of(harbor_site), built(tmp_path / PLACE, HARBOR, "desk", SAID)) == []


@pytest.mark.parametrize("edition", ["staff", "partners"])
def test_the_sites_of_others_are_the_same_in_every_byte(edition: Edition, tmp_path: Path) -> None:
    here = tmp_path / edition
    write_edition(project(tmp_path / "plain", HARBOR), here, edition, partner="", today=None)
    assert unequal(files_of(here), built(tmp_path / PLACE, HARBOR, edition, SAID)) == []
