"""Measure every playbook page of a built site: words, the first view of a desktop and a phone, and tab stops to copy.

The bounds are those of `tests/test_playbook_pages.py`. `python tests/bench/playbooks.py [FOLDER]`, `site` by default.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing import SIZES, serve, start_chromium
from paper import printed, text_of

LOOKS = ("phone", "desktop")
PAPERS = ("Letter", "A4")
MOST_STOPS = 60
# Words a reader meets: what is folded away, or said to screen readers alone, is not among them.
_FACTS = """() => {
  const words = (text) => text.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
  const inView = (at) => {
    const { top, bottom, height } = at.getBoundingClientRect();
    // The bar of a phone hides what is behind it.
    const bar = at.closest(".cb-bar") ? null : document.querySelector(".cb-bar").getBoundingClientRect();
    const end = bar?.height ? bar.top : innerHeight;
    return height > 0 && top >= 0 && bottom <= end && at.checkVisibility({ visibilityProperty: true });
  };
  const any = (selector) => [...document.querySelectorAll(selector)].some(inView);
  const said = [...document.querySelectorAll(".cb-checks__do, .cb-outcome__what")].map((text) => words(text.innerText));
  return {
    said: said.reduce((all, one) => all + one, 0),
    shown: words(document.querySelector(".cb-checks").innerText),
    longest: Math.max(...[...document.querySelectorAll(".cb-outcome__what")].map((row) => words(row.innerText))),
    page: words(document.querySelector("article").innerText),
    rows: new Set([...document.querySelectorAll(".cb-play__is > .cb-sayings > li")].map((at) => at.offsetTop)).size,
    view: {
      outcome: inView(document.querySelector(".cb-outcome")),
      copy: any(".cb-button[data-cb-copy]"),
      number: any("[href^='tel:']"),
    },
  };
}"""
# What the first printed page must hold: all of Do, of Say and of Call.
_PRINTED = """() => [...document.querySelectorAll(
  "#do, #say, #call, .cb-checks__do, .cb-outcome__what, .cb-say__text p, .cb-call__when > li, span.cb-call__when",
)].map((at) => at.innerText)"""
_ON_COPY = "document.activeElement.matches('[data-cb-copy]')"


@dataclass(frozen=True)
class Measured:
    """One playbook page: words, whether the first view of each look holds what it must, and tab stops to copy.

    Of the words in Do, `said` are those of the records, `shown` has the verbs, teams and numbers too. `rows` is how
    many "Is it this?" takes on a desktop.
    """

    name: str
    said: int
    shown: int
    longest: int
    page: int
    view: dict[str, dict[str, bool]]
    rows: int
    stops: int

    @property
    def first_view(self) -> bool:
        """Whether the first view holds an outcome, a way to copy and a number, on both looks."""
        return all(all(parts.values()) for parts in self.view.values())


def playbook_pages(site: Path) -> list[str]:
    """Return the address of every playbook page of the site in `site`, standing ones and those of changes."""
    every = [*site.glob("playbooks/*/index.html"), *site.glob("changes/*/playbooks/*/index.html")]
    # An address that was renamed leads on, and shows nothing.
    files = [file for file in every if 'class="cb-checks"' in file.read_text(encoding="utf-8")]
    return sorted(f"{file.parent.relative_to(site).as_posix()}/" for file in files)


def night_page(browser: Browser) -> Page:
    """Return a page whose clock is in the night, when the most is to be said of who answers."""
    page = browser.new_page(timezone_id="America/Chicago")
    page.clock.install(time=datetime(2026, 12, 5, 2, 10, tzinfo=ZoneInfo("America/Chicago")))
    return page


def measure(page: Page, base: str, name: str) -> Measured:
    """Open the page `name` of the site at `base`, show it in each look in turn, and return what was found."""
    view, facts, stops = dict[str, dict[str, bool]](), dict[str, int](), 0
    page.set_viewport_size({"width": SIZES[LOOKS[0]][0], "height": SIZES[LOOKS[0]][1]})
    page.goto(base + name, wait_until="load")
    for look in LOOKS:
        page.set_viewport_size({"width": SIZES[look][0], "height": SIZES[look][1]})
        facts = page.evaluate(_FACTS)
        view[look] = facts.pop("view")
    while stops < MOST_STOPS and not page.evaluate(_ON_COPY):
        page.keyboard.press("Tab")
        stops += 1
    return Measured(name, view=view, stops=stops, **facts)


def lost_in_print(page: Page, address: str) -> list[str]:
    """Print a page on each paper, and return the texts of Do, Say and Call that its first sheet does not hold."""
    page.goto(address)
    page.emulate_media(media="print")
    texts = page.evaluate(_PRINTED)
    lost = []
    for paper in PAPERS:
        sheet = text_of(printed(page, format=paper, prefer_css_page_size=False, page_ranges="1")[0])
        lost += [f"{paper}: {text}" for text in texts if _letters(text) not in _letters(sheet)]
    page.emulate_media(media="screen")
    return lost


def _letters(text: str) -> str:
    return "".join(text.split())


def main() -> None:
    """Print a line a page, then what holds of all."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    with serve(site) as base, start_chromium() as browser:
        page = night_page(browser)
        found = [measure(page, base, name) for name in playbook_pages(site)]
        lost = {item.name: lost_in_print(page, base + item.name) for item in found}
    for item in found:
        said = f"Do {item.said:3} and {item.shown - item.said:2}, longest {item.longest:2}, page {item.page:4}"
        lacking = [f"{look}: no {part}" for look in LOOKS for part, there in item.view[look].items() if not there]
        lacking += [f"not on the first page, {text}" for text in lost[item.name]]
        print(", ".join([f"{item.name:70} {said}, copy at stop {item.stops}", *lacking]))
    for title, values in (
        ("words in Do, as the records have them", [item.said for item in found]),
        ("words in Do, with verbs, teams and numbers", [item.shown for item in found]),
        ("words in the longest outcome", [item.longest for item in found]),
        ("visible words", [item.page for item in found]),
        ("rows of Is it this?", [item.rows for item in found]),
        ("tab stops to copy", [item.stops for item in found]),
    ):
        print(f"{title}: median {median(values):.0f}, most {max(values)}")
    whole = sum(item.first_view for item in found)
    sizes = " and ".join("x".join(map(str, SIZES[look])) for look in LOOKS)
    print(f"outcome, copy and a number in the first view at {sizes}: {whole} of {len(found)} pages")
    held = sum(not texts for texts in lost.values())
    print(f"Do, Say and Call on the first printed page, {' and '.join(PAPERS)}: {held} of {len(found)} pages")


if __name__ == "__main__":
    main()
