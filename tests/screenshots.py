"""Take the pictures of the README from a built site: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path

from browsing import serve, start_chromium

ROOT = Path(__file__).parents[1]
CHANGE = "changes/fhir-patient-lookup-r4/"
SHOTS = [
    ("home", "", (1280, 800), "light", ""),
    ("search", "", (1280, 800), "light", "cant find patient"),
    ("hub", CHANGE, (1280, 800), "light", ""),
    ("playbook", f"{CHANGE}playbooks/failed-patient-lookup/", (1280, 800), "light", ""),
    ("release-note-dark", f"{CHANGE}release-note/", (1280, 800), "dark", ""),
    ("readiness", "readiness/", (1280, 800), "light", ""),
    ("playbook-phone", f"{CHANGE}playbooks/failed-patient-lookup/", (390, 844), "light", ""),
]


def main() -> None:
    """Serve site/, open each page and keep its picture in docs/assets/screenshots/."""
    site, target = ROOT / "site", ROOT / "docs" / "assets" / "screenshots"
    if not (site / "index.html").is_file():
        sys.exit("no site here: run make site first")
    target.mkdir(parents=True, exist_ok=True)
    with serve(site) as base, start_chromium() as browser:
        for name, address, (width, height), scheme, words in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]
                timezone_id="America/Chicago",
            )
            page = context.new_page()
            page.goto(base + address, wait_until="networkidle")
            page.reload(wait_until="networkidle")  # a font that came late the first time is at hand now
            page.evaluate("document.fonts.ready")
            if words:
                page.locator(".cb-search__field:visible").press_sequentially(words)
                page.locator(".cb-result").nth(3).wait_for()
            page.screenshot(path=target / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
