"""A page of the book leaves out what it does not need of Material, and does without it what readers need."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import material
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from playwright.sync_api import Browser, Locator

from browsing import headers_of, open_page, put_back, serve
from changebook.site.lean import needed
from changebook.site.theme import list_shown
from conftest import ROOT

PLAYBOOK = "changes/score-search/playbooks/late-result/"
SHEETS = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
# Bytes that a first visit of a playbook fetches, without the page itself.
MOST = 90_000


def test_only_rules_that_a_page_can_need_are_kept() -> None:
    sheet = (
        '@charset "UTF-8";:root{--a-icon:url("data:a;{b}");--used-icon:url("data:c")}'
        ".md-nav,.md-typeset ul{color:red}.md-search{top:0}"
        "@media print{.md-typeset{margin:0}}@media screen{.md-nav:not(.a,.b){left:0}.md-source{top:0}}"
        ".md-nav:after{mask:var(--used-icon)}@keyframes turn{0%{top:0}to{top:1px}}"
    )
    assert needed(sheet) == (
        '@charset "UTF-8";:root{--used-icon:url("data:c")}.md-nav{color:red}@media screen{.md-nav:not(.a,.b){left:0}}'
        ".md-nav:after{mask:var(--used-icon)}@keyframes turn{0%{top:0}to{top:1px}}"
    )


def test_a_list_without_hidden_templates_publishes_what_mkdocs_does() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    plain, lean = Files([]), Files([])
    plain.add_files_from_theme(config.theme.get_env(), config)
    list_shown(config.theme)
    env = config.theme.get_env()
    lean.add_files_from_theme(env, config)
    assert list(lean.src_uris) == list(plain.src_uris)
    # Pages still draw the icons.
    assert env.get_template(".icons/octicons/moon-16.svg")
    assert not [name for name in env.list_templates() if name.startswith(".icons")]


def test_what_is_kept_of_material_is_a_fifth_and_whole() -> None:
    (sheet,) = SHEETS.glob("main.*.css")
    kept = needed(sheet.read_text("utf-8"))
    assert len(kept) < sheet.stat().st_size / 5
    assert kept.count("{") == kept.count("}")
    assert ".md-nav" in kept
    assert ".md-typeset" not in kept


def test_a_page_of_the_book_fetches_little_and_one_in_prose_keeps_the_styles(harbor_site: Path) -> None:
    page = (harbor_site / PLAYBOOK / "index.html").read_text("utf-8")
    assert "assets/javascripts" not in page
    assert "assets/stylesheets" not in page
    fetched = set(re.findall(r'(?:src|href)="[./]*(assets/[^"#]+)"', page))
    fetched |= {"assets/icons.svg", "assets/fonts/atkinson-hyperlegible-mono-latin-wght-normal.woff2"}
    sizes = {path: len(gzip.compress((harbor_site / path).read_bytes(), 6)) for path in fetched}
    assert sum(sizes.values()) < MOST, sizes
    prose = (harbor_site / "handbook" / "checks" / "index.html").read_text("utf-8")
    assert "assets/stylesheets/main" in prose


@pytest.mark.parametrize("address", [PLAYBOOK, "handbook/checks/"])
def test_a_reader_chooses_dark_or_light_and_it_stays(chromium: Browser, harbor_site: Path, address: str) -> None:
    with serve(harbor_site, headers=headers_of(harbor_site)) as site:
        page, complaints = open_page(chromium, f"{site}{address}")
        scheme = "document.body.dataset.mdColorScheme"
        assert page.evaluate(scheme) == "default"
        button, drawing = (page.locator(f".cb-header__tools label:not([hidden]){part}") for part in ("", " svg"))
        assert center(button) == center(drawing)
        page.get_by_title("Switch to dark").click()
        assert page.evaluate(scheme) == "slate"
        page.reload()
        assert page.evaluate(scheme) == "slate"
        assert not page.get_by_title("Switch to dark").is_visible()
        page.get_by_title("Switch to light").click()
        assert page.evaluate(scheme) == "default"
        # By keyboard too.
        page.locator("input[name=__palette]:checked").focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(scheme) == "slate"
        assert complaints == []
        put_back(page)


def center(at: Locator) -> tuple[float, float]:
    box = at.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
