"""Serve sites with nginx and the headers that their builds wrote, and walk every page of them in Chromium.

    python tests/bench/served.py [SITE...]

SITE is a built site, by default site/ of this project; each is served on loopback by Debian's nginx, which must be
installed (apt-get install nginx-light). Every page in the sitemap is opened, or all of an edition, and search is used.
Prints, for each site, pages and what the browser complained of; exits with 1 where a header is missing or it did.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from books import ROOT
from browsing import headers_of, open_page, start_chromium

LEAD_ON = "if ($changebook_moved) { return 301 $changebook_moved$is_args$args$changebook_place; }"
CONFIGURATION = """
daemon off; pid {scratch}/pid; error_log {scratch}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {scratch}/body; proxy_temp_path {scratch}/proxy; fastcgi_temp_path {scratch}/fastcgi;
    uwsgi_temp_path {scratch}/uwsgi; scgi_temp_path {scratch}/scgi;
    {moved}
    server {{ listen 127.0.0.1:{port}; root {site}; error_page 404 /404.html; include {site}/headers.nginx; {lead_on} }}
}}
"""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site with nginx, and give its address."""
    program = shutil.which("nginx")
    if not program:
        sys.exit("no nginx here: sudo apt-get install nginx-light")
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        # Its workers are of another user.
        copy = Path(shutil.copytree(site, Path(scratch, "site")))
        Path(scratch).chmod(0o755)
        file = Path(scratch, "nginx.conf")
        table = copy / "redirects.nginx"  # an edition has none
        moved, lead_on = (f"include {table};", LEAD_ON) if table.is_file() else ("", "")
        whole = CONFIGURATION.format(scratch=scratch, port=port, site=copy, moved=moved, lead_on=lead_on)
        file.write_text(whole, encoding="utf-8")
        running = subprocess.Popen([program, "-p", scratch, "-c", str(file), "-e", f"{scratch}/error.log"])
        try:
            for _ in range(100):
                with socket.socket() as tried:
                    if tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/"
        finally:
            running.terminate()
            running.wait()


def walk(chromium: Browser, address: str, site: Path) -> tuple[int, list[str]]:
    """Open every page of a site that is served at `address`; return how many there are, and what was wrong."""
    with urllib.request.urlopen(address) as answer:
        wrong = [f"no {name}" for name, value in headers_of(site).items() if answer.headers[name] != value]
    for part in (site / "moved").glob("*.json"):
        for old, new in json.loads(part.read_text("utf-8")).items():
            with urllib.request.urlopen(address + old) as answer:
                wrong += [] if answer.url == address + new else [f"{old} opens {answer.url}"]
    wanted = ""
    if (site / "sitemap.xml").is_file():
        found = re.findall(r"<loc>\w+://[^/]+/([^<]*)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    else:
        files = [file for file in site.rglob("index.html") if 'http-equiv="refresh"' not in file.read_text("utf-8")]
        wanted = f"search/?q={quote(json.loads((site / 'search.json').read_text('utf-8'))[0]['title'])}"
        found = [*(file.relative_to(site).as_posix().removesuffix("index.html") for file in files), wanted]
    for page in (*found, "404.html"):
        tab, complaints = open_page(chromium, address + page)
        if page == wanted and wanted:
            tab.locator("[data-cb-pages-found] a").first.wait_for()
        elif page == wanted:
            tab.locator(".cb-search__field:visible").fill("what changed for my patients")
            tab.locator(".cb-result").first.wait_for()
        wrong += [f"{page}: {said}" for said in complaints]
        tab.context.close()
    return len(found), wrong


def main() -> None:
    """Serve, walk and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="*", type=Path, default=[ROOT / "site"], metavar="SITE")
    failed = False
    with start_chromium() as chromium:
        for site in parser.parse_args().sites:
            with served(site) as address:
                pages, wrong = walk(chromium, address, site)
            print(f"{site}: {pages} pages, {len(wrong)} complaints", *wrong[:20], sep="\n  ")
            failed |= bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
