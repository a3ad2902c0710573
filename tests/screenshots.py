"""Take the pictures of the README from a built site: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
CHANGE = "changes/fhir-patient-lookup-r4/"
SHOTS = [
    ("home", "", (1280, 800), "light"),
    ("hub", CHANGE, (1280, 800), "light"),
    ("playbook", f"{CHANGE}playbooks/failed-patient-lookup/", (1280, 800), "light"),
    ("release-note-dark", f"{CHANGE}release-note/", (1280, 800), "dark"),
    ("playbook-phone", f"{CHANGE}playbooks/failed-patient-lookup/", (390, 844), "light"),
]


def main() -> None:
    """Serve site/, open each page and keep its picture in docs/assets/screenshots/."""
    site, target = ROOT / "site", ROOT / "docs" / "assets" / "screenshots"
    if not (site / "index.html").is_file():
        sys.exit("no site here: run make site first")
    target.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, address, (width, height), scheme in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]
                timezone_id="America/Chicago",
            )
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=target / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
