"""The scripts: small files that share one name, and search that names and draws all it can find."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from playwright.sync_api import Browser

from browsing import open_page, put_back
from changebook.book import Book
from changebook.model.status import Status
from changebook.search.documents import documents_of
from changebook.search.hand import HandSection
from changebook.search.kinds import KINDS
from changebook.site.scripts import PARTS
from conftest import ROOT

SCRIPTS = ROOT / "overrides" / "assets" / "js"
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function) (.+)$", re.M)


# A pattern, and a word in it: what follows a backslash or is in brackets is none.
PATTERN = re.compile(r"(?<=[(= ])/(?![/* ])((?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\n])+)/[a-z]*[).,;]")
NO_WORD = re.compile(r"\\.|\[(?:\\.|[^\]])*\]")


def declared(text: str) -> set[str]:
    """Return the names that a script declares at its outermost level."""
    found: set[str] = set()
    for line in DECLARED.findall(text):
        if line.startswith("{"):
            found |= {name.strip() for name in line[1 : line.index("}")].split(",")}
        else:
            found |= set(re.findall(r"(?:^|, )(\w+)(?= = |\()", line.split(" => ")[0]))
    return found


def code(name: str) -> str:
    """Return a part of search without its comments and texts."""
    text = (SCRIPTS / "search" / f"{name}.js").read_text("utf-8")
    return re.sub(r"//.*|\"[^\"]*\"", "", text)


def test_every_part_of_search_is_joined() -> None:
    assert sorted(PARTS) == sorted(file.stem for file in (SCRIPTS / "search").iterdir())


def test_a_part_of_search_leans_only_on_those_before_it() -> None:
    names = {part: declared(code(part)) for part in PARTS}
    everything = [name for part in PARTS for name in names[part]]
    assert len(everything) == len(set(everything))
    assert {"filters", "choose", "begin", "answered"} <= set(everything)
    early = []
    for index, part in enumerate(PARTS):
        later = set().union(*(names[other] for other in PARTS[index + 1 :]))
        early += [f"{part}.js uses {name}" for name in later if re.search(rf"(?<![\w.$-]){name}\(", code(part))]
    assert early == []


def test_a_script_is_one_idea() -> None:
    for file in SCRIPTS.rglob("*.js"):
        text = file.read_text("utf-8")
        assert text.startswith("// "), f"{file.name} does not say what it is for"
        assert len(text.splitlines()) <= 100, file.name


def test_no_pattern_reads_the_words_that_a_page_says() -> None:
    # A page says them in its own language. What a blank asks for and files are called is one in all of them.
    found = {
        file.name: words
        for file in SCRIPTS.rglob("*.js")
        for pattern in PATTERN.findall(file.read_text("utf-8"))
        if (words := re.findall("[A-Za-z]{2,}", NO_WORD.sub(" ", pattern)))
    }
    assert set(found) == {"due.js", "missing.js"}, found


def test_a_page_gets_one_name_of_ours(chromium: Browser, harbor_address: str) -> None:
    page, complaints = open_page(chromium, f"{harbor_address}playbooks/")
    names = {name for file in SCRIPTS.rglob("*.js") for name in declared(file.read_text("utf-8"))}
    assert {"decide", "slash", "drawer", "chips"} <= names
    page.locator(".cb-search__field:visible").fill("cant find patient")
    page.locator(".cb-result").first.wait_for()
    # A browser has names of its own, such as `open` and `close`: they are asked for before any script of the page.
    blank = page.context.new_page()
    seen = """names => names.filter((name) => {
        try { return eval(`typeof ${name}`) !== 'undefined' } catch { return true }
    })"""
    assert sorted(set(page.evaluate(seen, sorted(names))) - set(blank.evaluate(seen, sorted(names)))) == []
    own = "() => Object.keys(window)"
    added = set(page.evaluate(own)) - set(blank.evaluate(own))
    assert {name for name in added if name.startswith(("cb", "change"))} == {"changebook", "changebookSearch"}
    assert complaints == []
    page.context.close()


def test_every_kind_of_document_has_a_label(harbor: Book, harbor_site: Path) -> None:
    documents = documents_of(harbor, [HandSection("Title", "Page", "page/", ("Text.",))])
    assert {document.kind for document in (*documents.symptoms, *documents.more)} == set(KINDS)
    assert all(kind.label and kind.many for kind in KINDS.values())
    assert set(tables(harbor_site)["statuses"]) == set(get_args(Status))


def tables(site: Path) -> dict[str, dict[str, str]]:
    """Return what the build puts into the script of search."""
    text = (site / "assets" / "js" / "search.js").read_text("utf-8")
    found = re.findall(r"^const (kinds|statuses) = (\{.*\});$", text, re.M)
    return {name: json.loads(value) for name, value in found}


def test_the_row_of_a_launch_page_has_an_icon(chromium: Browser, harbor_address: str) -> None:
    page, _ = open_page(chromium, harbor_address)
    page.locator(".cb-search__field:visible").fill("Score Search")
    row = page.locator(".cb-result", has_text="Launch").first
    row.wait_for()
    assert row.locator("> svg").count() == 1
    assert page.locator(".cb-result:not(:has(> svg))").count() == 0
    put_back(page)
