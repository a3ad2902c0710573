"""A German book whose names are 60 letters of one word, with umlauts: ids, files, pages at a phone's width, search."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import open_page, put_back, serve
from building import build, changebook
from changebook.checking.searching import index_of
from changebook.search.index import Index
from conftest import auental, lines, load

CHANGE = "Mikrobiologiebefundübermittlungsüberprüfungsläufe für Ämter"
DRAFT = "Größtgerätübergabeprüfungsrückmeldungsübersichtsänderungen"
PLAYBOOK = "Änderungsübermittlungsverzögerungsrückmeldungsüberwachungen"
# What is called so in the book: a team, a system, a user group, a partner.
OTHERS = {
    "teams": ("Schnittstellen", "Krankenhausinformationssystemanwendungsbetreuungsübergaben"),
    "systems": ("Kommunikationsserver", "Kommunikationsserverüberwachungsschnittstellenverwaltungen"),
    "groups": ("Pflege", "Pflegedienstleitungsübergabebereitschaftsüberwachungsgruppe"),
    "partners": ("Nordlabor-Verbund", "Mikrobiologiereferenzlaborübermittlungsverbundgesellschaft"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = auental(tmp_path_factory.mktemp("names") / "kb")
    for listed, (old, new) in OTHERS.items():
        file = book / "changes" / "desk" / f"{listed}.yaml"
        text = file.read_text("utf-8")
        assert f"name: {old}\n" in text
        file.write_text(text.replace(f"name: {old}\n", f"name: {new}\n"), "utf-8")
    told = ("--owner", "schnittstellen", "--backup", "schichtleitung", "--category", "befunde/verspaetet")
    for command in (
        ("rename", "Befundübermittlung FHIR R4", CHANGE, "--yes"),
        ("new", DRAFT, "--kind", "fhir-resource-update", "--owner", "schnittstellen", "--yes"),
        ("new-scenario", PLAYBOOK, *told, "--system", "kis", "--yes"),
    ):
        done = changebook(*command, cwd=book)
        assert done.returncode == 0, done.stderr
    done = build(book)
    assert done.returncode == 0, done.stderr
    return book


def test_the_id_of_a_name_that_is_short_enough_is_so_too(folder: Path) -> None:
    assert {len(name) for name in (CHANGE, DRAFT, PLAYBOOK, *(new for _old, new in OTHERS.values()))} <= {58, 59, 60}
    made = {file.stem for file in (folder / "changes").rglob("*.yaml")}
    assert {
        "mikrobiologiebefunduebermittlungsueberpruefungslaeufe-fuer-a",
        "groesstgeraetuebergabepruefungsrueckmeldungsuebersichtsaende",
        "aenderungsuebermittlungsverzoegerungsrueckmeldungsueberwachu",
    } <= made
    # A new playbook wants more of what callers say.
    assert [line for line in lines(load(folder / "changes")) if ": gap: callers_say: " not in line] == []


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    book = load(folder / "changes", search=True).book
    assert book
    return index_of(book, folder / "changes")


@pytest.mark.parametrize("name", [CHANGE, PLAYBOOK])
def test_a_long_name_is_found_with_and_without_its_dots(index: Index, name: str) -> None:
    written = name.lower().replace("ß", "ss")
    out = written.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    off = written.replace("ä", "a").replace("ö", "o").replace("ü", "u")
    for typed in (name, out, off):
        assert name in [hit.document.title for hit in index.ask(typed).hits[:3]], typed


def test_no_page_is_wider_than_its_window(chromium: Browser, folder: Path) -> None:
    site = folder / "site"
    pages = [file.parent.relative_to(site).as_posix() for file in sorted(site.rglob("index.html"))]
    names = [name for name in pages if not name.startswith("handbook")]
    assert len(names) > 60
    found, widths = {}, [320, 1366]
    with serve(site) as address:
        page, _complaints = open_page(chromium, "about:blank", size=(widths[0], 800))
        for name in names:
            page.goto(f"{address}{name}/", wait_until="load")
            # Every other page is loaded in the wide window, and made narrow.
            for width in widths:
                if width != widths[0]:
                    page.set_viewport_size({"width": width, "height": 800})
                if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                    found[name, width] = wide
            widths.reverse()
        put_back(page)
    assert found == {}
