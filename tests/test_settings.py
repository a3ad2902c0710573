"""Optional settings: what is left out is left out of the pages, and what cannot be is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from browsing import open_page, put_back, serve
from building import build
from changebook.cli import main
from conftest import GOOD, SMALL, project, tags
from linking import broken_links, pages_of


def with_settings(folder: Path, *, handbook: bool = False, **settings: str | None) -> Path:
    """Make a project of the small book and the complete change with other settings; None leaves one out."""
    made = project(folder / "project", SMALL, handbook=handbook)
    (made / "changes" / "complete-change.yaml").write_text((GOOD / "complete-change.yaml").read_text("utf-8"), "utf-8")
    file = made / "mkdocs.yml"
    text = file.read_text("utf-8")
    for name, value in settings.items():
        text = re.sub(rf"^{name}:.*\n(?:(?:[ -].*)?\n)*", "", text, flags=re.M)
        text += f"{name}: {value}\n" if value is not None else ""
    file.write_text(text, encoding="utf-8")
    return made


# Python's word for nothing where a value is missing; in a sentence or a cell it is an honest word.
NOTHING = r"""<(?:a|label|span|title)[^>]*>\s*None\s*<|["'/]None["'/]|\bNone/|: None\s*<|=None\b"""
BARE = dict.fromkeys(["site_url", "site_description", "extra_javascript", "validation", "watch", "exclude_docs", "nav"])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without any setting that it can do without."""
    theme = "{name: material, custom_dir: overrides, font: false, features: [navigation.tabs]}"
    folder = with_settings(tmp_path_factory.mktemp("bare"), handbook=True, **BARE, theme=theme)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_nothing_is_shown_of_a_setting_that_is_not_made(bare: Path) -> None:
    for name, html in pages_of(bare).items():
        assert not re.search(NOTHING, html), name
        assert "Printed copies" not in html, name
        assert 'rel="canonical"' not in html or "This page has moved" in html, name
    for file in [*bare.glob("*.xml"), *bare.rglob("*.json"), *bare.rglob("*.txt")]:
        assert not re.search(NOTHING, file.read_text("utf-8")), file
    assert "<url>" not in (bare / "sitemap.xml").read_text("utf-8")
    assert json.loads((bare / "search" / "start.json").read_text("utf-8"))["folder"]


def test_every_link_holds_without_settings(bare: Path) -> None:
    assert broken_links(bare, pages_of(bare)) == []


def test_the_address_of_the_site_is_on_paper_and_in_the_head(tmp_path: Path) -> None:
    folder = with_settings(tmp_path, site_url="https://book.example/kb", copyright="Teal Valley &copy; 2026")
    assert build(folder).returncode == 0
    html = (folder / "site" / "changes" / "complete-change" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://book.example/kb/changes/complete-change/">' in html
    assert "Printed copies go out of date. Latest: https://book.example/kb/changes/complete-change/</p>" in html
    assert "Teal Valley &copy; 2026" in html


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site below the folder /kb/ of a host; the folder that holds it is returned."""
    folder = with_settings(tmp_path_factory.mktemp("below"), site_url="https://book.example/kb/")
    assert build(folder).returncode == 0
    (folder / "host").mkdir()
    (folder / "site").rename(folder / "host" / "kb")
    return folder / "host"


@pytest.mark.parametrize("depth", ["nowhere", "changes/renamed/playbooks/gone/"])
def test_a_missing_page_has_the_search_field_at_any_depth(chromium: Browser, below: Path, depth: str) -> None:
    with serve(below, missing=below / "kb" / "404.html") as address:
        page, complaints = open_page(chromium, f"{address}kb/{depth}")
        assert page.locator("h1").inner_text() == "Page not found"
        page.locator(".cb-search__field:visible").fill("no score beside the name")
        page.locator(".cb-result").first.wait_for()
        assert [said for said in complaints if "404" not in said] == []
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}kb/changes/complete-change/playbooks/patient-not-found/")
        page.go_back()
        page.get_by_role("link", name="Changes").last.click()
        page.wait_for_url(f"{address}kb/changes/")
        put_back(page)


OWN = '@import "more.css";\n.x { background: url(../img/bg.png) }\n.y::before { content: "/* keep */" }\n'


def test_a_sheet_of_ones_own_stays_where_it_is(tmp_path: Path) -> None:
    listed = (
        '[https://intranet.example/house.css, assets/css/tokens.css, own/extra.css, assets/css/base.css, "own/b.css?2"]'
    )
    folder = with_settings(tmp_path, extra_css=listed)
    (folder / "docs" / "own").mkdir()
    (folder / "docs" / "own" / "extra.css").write_text(OWN, encoding="utf-8")
    (folder / "docs" / "own" / "b.css").write_text("b {}", encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    linked = re.findall(r'<link rel="stylesheet" href="([^"]+)"', (folder / "site" / "404.html").read_text("utf-8"))
    assert linked.pop(0) == "/assets/css/theme.css"
    assert linked == [
        "https://intranet.example/house.css",
        "/assets/css/changebook.css",
        "/own/extra.css",
        "/own/b.css?2",
    ]
    assert (folder / "site" / "own" / "extra.css").read_text("utf-8") == OWN
    joined = (folder / "site" / "assets" / "css" / "changebook.css").read_text("utf-8")
    assert ":root" in joined
    assert 'content: "/* keep' not in joined


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"use_directory_urls": "false"}, "mkdocs.yml:1:1: use_directory_urls: pages are published as folders"),
        (
            {"docs_dir": "changes"},
            "mkdocs.yml:1:1: docs_dir: hand-written pages are read, checked and searched in docs/",
        ),
        ({"plugins": "[]"}, "mkdocs.yml:1:1: plugins: macros is missing, and it puts the book on pages"),
        (
            {"extra_css": "[assets/css/tokens.css, assets/css/tocens.css]"},
            "mkdocs.yml:1:1: extra_css: no file 'assets/css/tocens.css' in docs/ or overrides/; did you mean",
        ),
        ({"theme": "mkdocs"}, "mkdocs.yml:1:1: theme: the pages are made for material, not 'mkdocs'"),
    ],
)
def test_a_setting_that_breaks_pages_is_refused(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    done = build(with_settings(tmp_path, **settings))
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_only_what_changed_is_never_built(tmp_path: Path) -> None:
    folder = with_settings(tmp_path)
    done = build(folder, "--dirty")
    assert done.returncode != 0
    assert "Error: --dirty would leave pages as they were that show a changed record; leave it out\n" in done.stderr
    assert not (folder / "site").exists()


@pytest.mark.parametrize("name", ["R&D <b>Book</b>", "R&amp;D &lt;b>Book</b>"])
def test_a_name_with_signs_is_shown_as_it_is(tmp_path: Path, name: str) -> None:
    folder = with_settings(tmp_path, site_name=f"'{name}'", site_description="'He said \"hi\" <x>'")
    assert build(folder).returncode == 0
    for page in ("index.html", "changes/complete-change/index.html", "404.html"):
        html = (folder / "site" / page).read_text("utf-8")
        assert "R&amp;D &lt;b&gt;Book&lt;/b&gt;</title>" in html
        assert "<b>Book" not in html
    said = [
        attributes for tag, attributes in tags((folder / "site" / "index.html").read_text("utf-8")) if tag == "meta"
    ]
    assert {"name": "description", "content": 'He said "hi" <x>'} in said


def test_the_terminal_refuses_another_folder_for_pages(tmp_path: Path) -> None:
    folder = with_settings(tmp_path, docs_dir="content")
    (folder / "docs").rename(folder / "content")
    done = CliRunner().invoke(main, ["check", str(folder / "changes")])
    assert done.exit_code == 1
    assert (
        f"{folder}/mkdocs.yml:1:1: docs_dir: hand-written pages are read, checked and searched in docs/" in done.output
    )
