"""Look for known vulnerabilities of what requirements.lock pins, without a network.

    python tests/bench/audit.py all.zip

all.zip is OSV's list of vulnerabilities of Python packages, a JSON file for each, as osv.dev publishes it; carry
it in from where there is a network. Prints each package that one affects, with its number; exits with 1 where there is
one, and with 2 where the list holds nothing, or is older than a month.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

LOCK = Path(__file__).parents[2] / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
_OLDEST = timedelta(days=31)


def normal(name: str) -> str:
    """Return how PyPI compares the name of a package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def affects(about: Mapping[str, Any], version: str) -> bool:
    """Return whether a version is one of those that an entry names, or lies in one of its ranges.

    A range with a version that Python does not know, such as `8.1-final-2`, may hold any, unless versions are named.
    """
    named = about.get("versions", ())
    ranges = (span["events"] for span in about.get("ranges", ()) if span["type"] != "GIT")
    try:
        return version in named or any(_inside(events, Version(version)) for events in ranges)
    except InvalidVersion:
        return not named


def _inside(events: list[dict[str, str]], version: Version) -> bool:
    inside = False
    told = ((kind, at) for event in events for kind, at in event.items())
    for what, at in sorted(told, key=lambda event: Version(event[1])):
        if what == "introduced":
            inside = inside or at == "0" or version >= Version(at)
        elif what == "fixed":
            inside = inside and version < Version(at)
        elif what == "last_affected":
            inside = inside and version <= Version(at)
    return inside


def found_in(archive: Path, pinned: Mapping[str, str]) -> Iterator[str]:
    """Yield what is known of pinned packages, each as `name version: number`; raise ValueError for a useless list."""
    newest = datetime.min.replace(tzinfo=UTC)
    with zipfile.ZipFile(archive) as whole:
        for name in whole.namelist():
            entry = json.loads(whole.read(name))
            newest = max(newest, datetime.fromisoformat(entry["modified"].replace("Z", "+00:00")))
            for about in entry.get("affected", ()) if not entry.get("withdrawn") else ():
                package = normal(about["package"]["name"])
                if about["package"]["ecosystem"] == "PyPI" and package in pinned and affects(about, pinned[package]):
                    yield f"{package} {pinned[package]}: {entry['id']}"
    if datetime.now(UTC) - newest > _OLDEST:
        raise ValueError(f"{archive} tells of nothing newer than {newest:%Y-%m-%d}; get today's")


def main(archive: Path) -> int:
    """Print what is known; return the exit code."""
    pinned = {normal(name): version for name, version in _PINNED.findall(LOCK.read_text("utf-8"))}
    try:
        found = sorted(set(found_in(archive, pinned)))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        print(f"Not looked up: {error}", file=sys.stderr)
        return 2
    print("\n".join(found) or f"Nothing is known of {len(pinned)} packages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
