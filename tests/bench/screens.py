"""Measure how tall the list pages of generated books are at first view on a desktop, in screens of 768 pixels.

    python tests/bench/screens.py 12 100 300 [--keep FOLDER]

Prints the screens and the kilobytes of every list page for each count of changes, the build's CPU seconds, and exits
with 1 when a page is taller than six screens. `--keep` leaves the sites in a folder, to look at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing import SIZES, open_page, serve, start_chromium
from build import build, make_project

PAGES = (
    *("changes/", "readiness/", "release-notes/", "faq/", "questions/", "responses/", "playbooks/", "scenarios/"),
    *("symptoms/", "known-errors/", "systems/", "groups/", "partners/", "on-call/", "upkeep/"),
    *("", "now/", "outages/", "calendar/", "calendar/2026-12/", "calendar/2027-01/", "metrics/"),
    *("systems/northmere-ehr/", "groups/registration-clerks/", "partners/clearwater-lab/", "since/", "downtime/"),
)
MOST = 6
# Read in full by whoever prints it, and found by its own filter.
FREE = ("downtime/",)


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("changes", type=int, nargs="+")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="changebook-screens-") as scratch:
        found = {}
        for count in arguments.changes:
            project = make_project((arguments.keep or Path(scratch)) / str(count), count)
            run = build(project)
            print(f"{count} changes: built in {run.cpu:.1f} s CPU", flush=True)
            found[count] = screens(project / "site")
    tall = False
    for page in PAGES:
        sizes = [found[count].get(page) for count in arguments.changes]
        if any(sizes):
            cells = [f"{size[0]:6.1f} {size[1]:6.0f} KB" if size else "" for size in sizes]
            print(f"{page:28} {'   '.join(cells)}")
            tall |= page not in FREE and any(size[0] > MOST for size in sizes if size)
    raise SystemExit(tall)


def screens(site: Path) -> dict[str, tuple[float, float]]:
    """Return of each list page of a site how many screens it is tall, and its kilobytes."""
    found = {}
    with serve(site) as address, start_chromium() as browser:
        for name in PAGES:
            file = site / name / "index.html"
            if file.is_file() and 'http-equiv="refresh"' not in file.read_text("utf-8"):
                page, _ = open_page(browser, address + name)
                height = page.evaluate("document.documentElement.scrollHeight")
                found[name] = (height / SIZES["desktop"][1], file.stat().st_size / 1000)
                page.context.close()
    return found


if __name__ == "__main__":
    main()
