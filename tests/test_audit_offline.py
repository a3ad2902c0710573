"""Known vulnerabilities are looked up in a list that was carried in, where there is no network."""

from __future__ import annotations

import json
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from audit import affects, found_in

NOW = datetime.now(UTC)


def archive(folder: Path, *entries: dict[str, Any], days: int = 1) -> Path:
    """Write a list as OSV publishes it."""
    with zipfile.ZipFile(folder / "all.zip", "w") as whole:
        for number, entry in enumerate(entries):
            about = {"id": f"PYSEC-{number}", "modified": f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}", **entry}
            whole.writestr(f"PYSEC-{number}.json", json.dumps(about))
    return folder / "all.zip"


def of(name: str, **about: Any) -> dict[str, Any]:
    return {"affected": [{"package": {"ecosystem": "PyPI", "name": name}, **about}]}


@pytest.mark.parametrize(
    ("events", "version", "hit"),
    [
        ([{"introduced": "0"}, {"fixed": "2.1"}], "2.0", True),
        ([{"introduced": "0"}, {"fixed": "2.1"}], "2.1", False),
        ([{"introduced": "1.10"}, {"last_affected": "1.12"}], "1.12", True),
        ([{"introduced": "1.10"}, {"last_affected": "1.12"}], "1.9", False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}, {"fixed": "2.5"}], "1.5", False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}, {"fixed": "2.5"}], "2.4.9", True),
        ([{"introduced": "0"}], "9.9", True),
    ],
)
def test_a_version_in_a_range_is_affected(events: list[dict[str, str]], version: str, hit: bool) -> None:
    assert affects({"ranges": [{"type": "ECOSYSTEM", "events": events}]}, version) is hit


@pytest.mark.parametrize(("named", "hit"), [(["7.0"], False), (["7.0", "9.0"], True), ([], True)])
def test_a_range_that_cannot_be_read_is_judged_by_the_versions_that_are_named(named: list[str], hit: bool) -> None:
    events = [{"introduced": "0"}, {"fixed": "8.1-final-2"}]
    assert affects({"versions": named, "ranges": [{"type": "ECOSYSTEM", "events": events}]}, "9.0") is hit


def test_what_is_known_of_a_pinned_package_is_named(tmp_path: Path) -> None:
    file = archive(
        tmp_path,
        of("Some_Package", versions=["1.0", "1.1"]),
        of("other", versions=["1.0"]),
        {**of("some.package", versions=["1.1"]), "withdrawn": "2026-01-01T00:00:00Z"},
    )
    assert list(found_in(file, {"some-package": "1.1"})) == ["some-package 1.1: PYSEC-0"]
    assert list(found_in(file, {"some-package": "1.2"})) == []


def test_an_old_or_empty_list_is_no_answer(tmp_path: Path) -> None:
    for file in (archive(tmp_path, of("other", versions=["1"]), days=40), archive(tmp_path)):
        with pytest.raises(ValueError, match="get today's"):
            list(found_in(file, {"some-package": "1.1"}))
