"""The links and ids of a built site, as a browser would follow them."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

from conftest import tags


class Html(str):
    """A page that is read once, however many tests look at its tags."""

    @cached_property
    def tags(self) -> list[tuple[str, dict[str, str]]]:
        """Every start tag with its attributes."""
        return tags(self)

    @cached_property
    def article(self) -> list[tuple[str, dict[str, str]]]:
        """The start tags of the part that is the page's own."""
        return tags(f"<article{self.partition('<article')[2].partition('</article>')[0]}")


Pages = dict[str, Html]


def pages_of(site: Path) -> Pages:
    """Return every page of a site, by its path."""
    return {file.relative_to(site).as_posix(): Html(file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))}


def targets_in(site: Path) -> dict[str, str]:
    """Return where each old address of a site leads, as the page for what is missing reads it."""
    return {
        address: target
        for part in sorted((site / "moved").glob("*.json"))
        for address, target in json.loads(part.read_text("utf-8")).items()
    }


def ids_of(pages: Pages) -> dict[str, list[str]]:
    """Return the ids of every page."""
    return {
        name: [attributes["id"] for _, attributes in html.tags if "id" in attributes] for name, html in pages.items()
    }


def repeated_ids(pages: Pages) -> dict[str, list[str]]:
    """Return the ids that a page has more than once, by page."""
    found = {name: sorted({one for one in ids if ids.count(one) > 1}) for name, ids in ids_of(pages).items()}
    return {name: ids for name, ids in found.items() if ids}


def broken_links(site: Path, pages: Pages) -> list[str]:
    """Return every link to a file or an anchor of the site that is not there."""
    broken, ids = [], ids_of(pages)
    for name, html in pages.items():
        if name == "404.html":
            continue  # served at any address, its links are absolute
        for _, attributes in html.tags:
            for key in ("href", "src", "action"):
                target = attributes.get(key, "")
                if target and not urlparse(target).scheme and not leads(site, ids, name, target):
                    broken.append(f"{name}: {target}")
    return broken


def leads(site: Path, ids: dict[str, list[str]], page: str, target: str) -> bool:
    """Return whether `target`, on a page, is a file of the site and an anchor in it."""
    whole = urlparse(urljoin(f"https://book.example/{page}", target))
    path = unquote(whole.path).lstrip("/")
    file = f"{path}index.html" if not path or path.endswith("/") else path
    return (site / file).is_file() and (not whole.fragment or file not in ids or unquote(whole.fragment) in ids[file])
