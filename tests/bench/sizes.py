"""Measure the pages of each change in a built site: how many, their words, the height of the hub, what is said twice;
then the readiness board's columns and the sides of the downtime binder.

Words are those of a page's article, without navigation; what is folded away counts, because somebody has to write and
check it. A page of updates is counted apart: while something happens it is the one place for what callers are told.
`python tests/bench/sizes.py [FOLDER]`, `site` by default.
"""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from browsing import SIZES, serve, start_chromium

LOOKS = ("desktop", "phone")
# A shorter sentence, such as a label or a name with its number, is the same wherever it is needed.
SHORTEST = 8
_WORD = re.compile(r"\S*[^\W_]\S*")
_SENTENCE = re.compile(r"(?<=[.!?])[\u201d\"')]*\s+|\n+|\t+")
# Every text of the article; then, for the sentences, without the shared sentence, whom to call, the gate's count, the
# outages of the hour, and the forms that print on request.
_TEXTS = """() => {
  const article = document.querySelector("article");
  article.querySelectorAll("details").forEach((at) => { at.open = true; });
  const hide = (selector) => article.querySelectorAll(selector).forEach((at) => { at.style.display = "none"; });
  hide("nav, .cb-local, .cb-sr");
  const names = [...article.querySelectorAll("h1, a")].map((at) => at.innerText);
  const shared = [...article.querySelectorAll(".cb-plate__sentence")].map((at) => at.innerText);
  const all = article.innerText;
  hide(".cb-plate__sentence, .cb-duty, [data-cb-line], .cb-meter, .cb-known, .cb-more--asked");
  return { all, rest: article.innerText, shared, names };
}"""


@dataclass(frozen=True)
class Sized:
    """A page's words, its sentences of some length, the shared sentences that it opens with, and what it names: its
    title and the texts of its links.
    """

    words: int
    sentences: tuple[str, ...]
    shared: tuple[str, ...]
    names: frozenset[str]


@dataclass(frozen=True)
class Measured:
    """The pages of a change by their part of the address ("" is the hub), the hub's heights, and what pages share."""

    change: str
    pages: dict[str, Sized]
    heights: dict[str, int]
    twice: dict[str, tuple[str, ...]]

    @property
    def playbooks(self) -> list[str]:
        """The parts that are playbooks."""
        return [part for part in self.pages if part.startswith("playbooks/")]

    @property
    def counted(self) -> str:
        """How many pages it has, in words."""
        others = len(self.pages) - len(self.playbooks) - ("updates/" in self.pages)
        updates = ", updates," if "updates/" in self.pages else ""
        return f"{others} pages{updates} and {len(self.playbooks)} playbooks"

    def words(self, *, playbooks: bool = True) -> int:
        """Return the words of all pages, or of those that are no playbooks."""
        return sum(page.words for part, page in self.pages.items() if playbooks or part not in self.playbooks)


def change_pages(site: Path) -> dict[str, list[str]]:
    """Return the parts of each change's address that are pages; one that only leads elsewhere is none."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(site.glob("changes/*/**/index.html")):
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8"):
            _, change, *part = file.parent.relative_to(site).parts
            found[change].append("".join(f"{step}/" for step in part))
    return dict(sorted(found.items()))


def measure(page: Page, base: str, change: str, *, parts: list[str], general: set[str]) -> Measured:
    """Open every page of `change` on the site at `base`, and return what was found; `general` is what general playbooks
    say, which those of the change repeat.
    """
    heights = {}
    for look in LOOKS:
        page.set_viewport_size({"width": SIZES[look][0], "height": SIZES[look][1]})
        page.goto(f"{base}changes/{change}/", wait_until="load")
        heights[look] = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": SIZES["desktop"][0], "height": SIZES["desktop"][1]})
    sized = {}
    for part in parts:
        sized[part] = size(page, f"{base}changes/{change}/{part}")
    return Measured(change, sized, heights, _twice(sized, general))


def size(page: Page, address: str) -> Sized:
    """Open a page and return what it says."""
    page.goto(address, wait_until="load")
    texts = page.evaluate(_TEXTS)
    shared, names = (tuple(_plain(text) for text in texts[key]) for key in ("shared", "names"))
    return Sized(len(_words(texts["all"])), tuple(_sentences(texts["rest"])), shared, frozenset(names))


def _twice(pages: dict[str, Sized], general: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the sentences that two pages share, each with the parts it is on, the longest first."""
    openings = " ".join(text for page in pages.values() for text in page.shared)
    names = frozenset[str]().union(*(page.names for page in pages.values()))
    places: dict[str, list[str]] = defaultdict(list)
    for part, page in pages.items():
        for sentence in dict.fromkeys(page.sentences):
            if sentence.rstrip(".") not in openings:
                places[sentence].append(part)
    found = {
        sentence: tuple(parts)
        for sentence, parts in places.items()
        if len(parts) > 1 and sentence not in names | general
    }
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _sentences(text: str) -> list[str]:
    parts = (_plain(part) for part in _SENTENCE.split(text))
    return [part for part in parts if len(_words(part)) >= SHORTEST]


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("\u201c\u201d\"' ")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def main() -> None:
    """Print a line per change with the sentences that two of its pages share, the words of each page of the largest,
    then board and binder.
    """
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    with serve(site) as base, start_chromium() as browser:
        page = browser.new_page(timezone_id="America/Chicago")
        playbooks = [file.parent.name for file in sorted(site.glob("playbooks/*/index.html"))]
        general = {text for name in playbooks for text in size(page, f"{base}playbooks/{name}/").sentences}
        found = [
            measure(page, base, change, parts=parts, general=general) for change, parts in change_pages(site).items()
        ]
        page.goto(f"{base}readiness/", wait_until="load")
        board = page.locator(".cb-matrix").first.locator("thead th").all_inner_texts()
        page.goto(f"{base}downtime/", wait_until="load")
        binder = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    for item in found:
        heights = ", ".join(f"{item.heights[look]:,} px at {SIZES[look][0]}" for look in LOOKS)
        print(
            f"{item.change:28} {item.counted},"
            f" {item.words(playbooks=False):6,} words, {item.words():6,} with playbooks;"
            f" hub {item.pages[''].words:5,} words, {heights}; {len(item.twice)} sentences twice"
        )
        for sentence, places in item.twice.items():
            print(f"    {', '.join(part or 'hub' for part in places)}: {sentence}")
    largest = max(found, key=Measured.words)
    print(f"\nThe largest change, {largest.change}:")
    for part, sized in largest.pages.items():
        print(f"  {part or 'hub':40} {sized.words:6,} words")
    # The first side names this part too.
    core = next(number for number, side in enumerate(binder) if number and "Everything in full" in side.extract_text())
    print(f"\nBoard: {', '.join(board)}\nBinder: {core} sides of core, {len(binder)} in all")


if __name__ == "__main__":
    main()
