"""Old addresses as tables: for servers, and for the page that answers where nothing is.

A page and a folder for each were half of a site's files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from changebook.pages.redirects import Redirect

# How many addresses are in a part of the table that the missing page reads.
_PART = 500


def moved_parts(count: int) -> int:
    """Return in how many parts a table of so many addresses is."""
    return -(-count // _PART)


def part_of(address: str, parts: int) -> int:
    """Return the part that an address is in; `missing.js` counts the same."""
    number = 0
    for letter in address:
        number = (number * 31 + ord(letter)) % 2**32
    return number % parts


def moved_files(found: Sequence[Redirect], folder: str) -> dict[str, str]:
    """Return the tables by their file: `_redirects` for static hosts, `redirects.nginx` for nginx, `moved/N.json`
    for 404.html. `folder` is where the site is on its host, `/` or `/kb/`.
    """
    parts: list[dict[str, str]] = [{} for _ in range(moved_parts(len(found)))]
    for redirect in found:
        parts[part_of(redirect.address, len(parts))][redirect.address] = redirect.target
    lines = [f"{folder}{redirect.address} {folder}{redirect.target} 301" for redirect in found]
    pages = [f"{folder}{redirect.address} {folder}{redirect.page};" for redirect in found]
    places = [f'{folder}{redirect.address} "#{redirect.place}";' for redirect in found if redirect.place]
    tables = {
        "_redirects": "\n".join([*lines, ""]),
        "redirects.nginx": "\n".join(
            [
                "map_hash_bucket_size 256;",
                f"map_hash_max_size {max(2048, 2 * len(found))};",
                *_map("$changebook_moved", pages),
                *_map("$changebook_place", places),
                "",
            ]
        ),
    }
    return tables | {f"moved/{number}.json": _json(part) for number, part in enumerate(parts)}


def _map(name: str, lines: Sequence[str]) -> list[str]:
    return [f"map $uri {name} {{", '  default "";', *(f"  {line}" for line in lines), "}"]


def _json(part: dict[str, str]) -> str:
    return json.dumps(part, separators=(",", ":"), sort_keys=True) + "\n"
