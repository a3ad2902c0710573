"""Put every string of some files into every text field, and see that it is refused in its place, or shown as text.

    python tests/bench/naughty.py FILE...

A file is a list of strings in JSON, or lines of text; a folder holds cases of YAML as the YAML test suite has them, of
which those that must fail are read as records. Prints what was refused and shown; exits with 1 after an exception, a
problem without a place, or markup that came through.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import yaml
from markupsafe import Markup

sys.path.insert(0, str(Path(__file__).parents[1]))
from attacking import hostile_book, leaves, one_of, said_of
from changebook.checking.problems import check_book
from changebook.model import Change
from changebook.model.reading import read_record
from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.privacy.finding import private_in
from changebook.render import Renderer
from changebook.source import Source, read_source
from conftest import tags

TEXTS_OF_A_BOOK = 150
DRAWN = {"script", "style", "iframe", "object", "embed", "base", "meta", "link", "form"}


def strings_in(file: Path) -> list[str]:
    """Return the strings of a file: those of a list in JSON, else its lines."""
    text = file.read_text("utf-8")
    found = json.loads(text) if file.suffix == ".json" else text.splitlines()
    return [text for text in dict.fromkeys(found) if text]


def must_fail(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the cases below `folder` that no reader of YAML may take, with their names."""
    for file in sorted(folder.rglob("*.yaml")):
        cases = yaml.safe_load(file.read_text("utf-8"))
        # A case of several goes on with what the one before it said.
        known: dict[str, object] = {}
        for number, case in enumerate(cases):
            known = {**known, **case}
            if known.get("fail"):
                yield f"{file.stem}-{number}", as_written(str(known["yaml"]))


def as_written(text: str) -> str:
    """Return the YAML of a case, its visible stand-ins for what is not seen read."""
    for shown, meant in {"\u2423": " ", "\u21b5": "", "\u220e": "", "\u2190": "\r", "\u21d4": "\ufeff"}.items():
        text = text.replace(shown, meant)
    while "\u2014\u00bb" in text:
        text = text.replace("\u2014\u00bb", "\u00bb")
    text = text.replace("\u00bb", "\t")
    return text.removesuffix("\n") if "\u220e" in text else text


def refused(name: str, text: str) -> str:
    """Return what is wrong with how a case that must fail is taken, "" when it is refused in its place."""
    try:
        source = read_source(text, Source(Path(f"{name}.yaml")))
        faults = read_record(Change, source.values, {})[1] if source.values is not None else []
    except Exception:
        return traceback.format_exc()
    if not source.problems:
        return "" if faults else "taken for a record"
    return "" if all(problem.line > 0 and problem.column > 0 for problem in source.problems) else "no place"


def in_every_field(strings: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the strings that each shape of field takes, and what is wrong with how others are refused."""
    wrong, taken = [], {leaf.shape: list(strings) for leaf in leaves()}
    for leaf in leaves():
        for text in strings:
            try:
                said = said_of(leaf, json.dumps(text, ensure_ascii=False))
            except Exception:
                wrong.append(f"{text!r}: {traceback.format_exc()}")
                continue
            if said and leaf is one_of(leaf.shape):
                taken[leaf.shape].remove(text)
            wrong += [f"{text!r}: {one}" for one in said if one[0] != 1 or one[1] < 1 or "\n" in one[2]]
    return taken, wrong


def shown(by_shape: Callable[[str], list[str]]) -> list[str]:
    """Return what is wrong with a book that holds strings in all its texts, and with its pages."""
    with tempfile.TemporaryDirectory() as scratch:
        book, _ = hostile_book(Path(scratch), (), by_shape=by_shape)
        loaded = check_book(book, clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC))
        if wrong := [str(problem) for problem in loaded.problems if not problem.gap]:
            return wrong
        assert loaded.book
        renderer = Renderer(loaded.book, lambda name: Markup(""))
        for page in pages_of(loaded.book):
            for tag, attributes in tags(renderer.html(block_of(page, loaded.book), root="../")):
                address = attributes.get("href", "").split(":")[0].casefold().strip()
                if (
                    (tag in DRAWN and "data-cb-find" not in attributes)  # a long list has a filter
                    or address in ("javascript", "data", "vbscript")
                    or any(key[:2] == "on" for key in attributes)
                ):
                    wrong.append(f"{page.address}: <{tag}> {attributes}")
    return wrong


def turned(taken: dict[str, list[str]], start: int, shape: str) -> list[str]:
    """Return what fields of `shape` take, from another one on in each book."""
    # Each is made another one by a few letters behind it, for which there must be room. The writer of YAML escapes an
    # emoji and not its joiner, which is then alone.
    room = 1000 if shape in ("Markdown", "plain text, `code` allowed") else 30 if shape == "a phone number" else 60
    texts = [
        text
        for text in taken[shape]
        if "\u200d" not in text
        and len(text) < room
        and len(text.split()) < room / 10
        # A password file with something behind it is refused as a password, in its place.
        and not private_in(f"{text}abc")
    ] or ["none"]
    return texts[start % len(texts) :] + texts[: start % len(texts)]


def main() -> None:
    """Try the strings of every file from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    wrong: list[str] = []
    for file in parser.parse_args().files:
        if file.is_dir():
            cases = list(must_fail(file))
            found = [f"{name}: {why}" for name, text in cases if (why := refused(name, text))]
            print(f"{file}: {len(cases)} cases that must fail, {len(cases) - len(found)} refused in their place")
            wrong += found
            continue
        strings = strings_in(file)
        taken, found = in_every_field(strings)
        wrong += found
        print(f"{file}: {len(strings)} strings in {len(leaves())} fields")
        for shape, texts in taken.items():
            print(f"  {shape or 'one of a few terms'}: {len(texts)} taken, {len(strings) - len(texts)} refused")
        for start in range(0, max(map(len, taken.values())), TEXTS_OF_A_BOOK):
            wrong += shown(partial(turned, taken, start))
    for line in wrong:
        print(line)
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
