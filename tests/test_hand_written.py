"""Hand-written pages: their addresses and anchors are those of the built site, in search and in the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import build
from changebook.cli import main
from changebook.search.hand import hand_sections
from conftest import SMALL, lines, load, project
from linking import ids_of, leads, pages_of

PAGES = {
    "policies/README.md": "# Policies\n\nZanzibar rules.\n",
    "escalation.md": "# Escalation\n\nFirst words.\n\n## Escalation\n\nSecond words.\n\n## Numbers\n\nOne.\n\n"
    "## Numbers\n\nTwo.\n\n### Under numbers\n\nThree.\n\n# A second title\n\nFour.\n",
    "marked.md": "# Marked *page*\n\n## See [the list](escalation.md) of `codes`\n\nWords.\n\n"
    "## Own words { #own-anchor }\n\nWords.\n\n## Заголовок\n\nWords.\n\n## 100 % & more?\n\nWords.\n",
    "fenced.md": "# Fenced\n\n```console\n# not a heading\n## nor this\n```\n\n    ## nor this one\n\n"
    "<!--\n## nor a comment\n-->\n\n## A heading\n\nWords.\n",
    "titled.md": '---\ntitle: "Front: a matter"\n---\n\n# Its own heading\n\nWords.\n',
    "untitled-page.md": "No heading at all.\n",
    "hidden-page.md": "---\nsearch: {exclude: true}\n---\n\n# Secretive\n\n## Chapter\n\nWords.\n",
    "left-out.md": "# Left out\n\nWords.\n",
    "drafts/draft.md": "# A draft\n\nWords.\n",
    "lone.md": "# Lone\n\nIn no nav, and asked for.\n",
    "with space.md": "# With space\n\n## Inside\n\nWords.\n",
    "macros.md": "# Macros\n\n{% set team = 'Night team' %}\n## About {{ team }}\n\nWords.\n\n## Plain\n\n"
    "{% for n in (1, 2) %}\nRow {{ n }} of {{ loop.index }}.\n{% endfor %}\n\n"
    "{% raw %}Braces {{ stay }}.{% endraw %}\n",
}
SETTINGS = """
exclude_docs: |
  assets/screenshots/
  left-out.md
draft_docs: drafts/
not_in_nav: lone.md
"""
ONLY_BUILT = {"macros/#about-night-team": "macros/"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project with odd hand-written pages."""
    folder = project(tmp_path_factory.mktemp("written") / "project", SMALL)
    for name, text in PAGES.items():
        file = folder / "docs" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    file = folder / "mkdocs.yml"
    settings = file.read_text("utf-8").replace("exclude_docs: assets/screenshots/\n", SETTINGS)
    settings = settings.replace(
        "  - toc\n",
        "  - toc: {permalink: true, slugify: !!python/object/apply:"
        "pymdownx.slugs.slugify {kwds: {case: lower}}}\n  - attr_list\n",
    )
    settings = settings.replace("omitted_files: warn", "omitted_files: ignore")
    file.write_text(settings, encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


def indexed(folder: Path) -> dict[str, str]:
    """Return address and title of every part of a hand-written page in the site's index."""
    cards = [card for file in folder.rglob("more-cards-*.json") for card in json.loads(file.read_text("utf-8"))]
    return {card["address"]: card["title"] for card in cards if card["kind"] == "page"}


def test_search_leads_to_pages_and_anchors_that_are_there(written: Path) -> None:
    site = written / "site"
    ids = ids_of(pages_of(site))
    assert [address for address in indexed(written) if not leads(site, ids, "", address)] == []


def test_search_knows_the_pages_as_mkdocs_publishes_them(written: Path) -> None:
    own = {address: title for address, title in indexed(written).items() if not address.startswith("handbook/")}
    assert {
        "policies/": "Policies",
        "escalation/": "Escalation",
        "escalation/#escalation_1": "Escalation",
        "escalation/#numbers": "Numbers, Escalation",
        "escalation/#numbers_1": "Numbers, Escalation",
        "escalation/#under-numbers": "Under numbers, Escalation",
        "escalation/#a-second-title": "A second title, Escalation",
        "marked/#see-the-list-of-codes": "See the list of codes, Marked page",
        "marked/#own-anchor": "Own words, Marked page",
        "marked/#заголовок": "Заголовок, Marked page",
        "fenced/#a-heading": "A heading, Fenced",
        "titled/": "Its own heading, Front: a matter",
        "untitled-page/": "Untitled page",
        "lone/": "Lone",
        "with%20space/#inside": "Inside, With space",
        "macros/#about-night-team": "About Night team, Macros",
    }.items() <= own.items()
    for name in ("hidden-page", "left-out", "drafts", "nor-this", "not-a-heading", "nor-a-comment"):
        assert not [address for address in own if name in address]


def test_the_terminal_knows_the_same_addresses(written: Path) -> None:
    found = {section.address for section in hand_sections(written / "docs")}
    # The page with every number is found as such, not as a page that people write.
    assert found == {"on-call/"} | {ONLY_BUILT.get(address, address) for address in indexed(written)}


def test_the_command_gives_the_address_of_the_site(written: Path) -> None:
    asked = ["search", "--book", str(written / "changes"), "--format", "json", "zanzibar", "rules"]
    printed = json.loads(CliRunner().invoke(main, asked).output)["results"]
    assert printed[0]["address"] == "/policies/"


def test_what_a_page_says_between_raw_stays_as_it_is(written: Path) -> None:
    html = (written / "site" / "macros" / "index.html").read_text("utf-8")
    assert "Braces {{ stay }}." in html
    assert re.findall(r"Row (\d) of (\d)", html) == [("1", "1"), ("2", "2")]


@pytest.mark.parametrize("name", ["odd.md", "odd.markdown", "odd/page.html"])
def test_a_page_that_hides_text_is_refused_at_its_place(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    file = folder / "docs" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("# Odd\n\nPay \u202eeulb\u202c now.\nAnd a soft\u00adhyphen.\n", encoding="utf-8")
    said = [
        f"docs/{name}:3:5: U+202E (RIGHT-TO-LEFT OVERRIDE) is invisible or reverses text; delete it",
        f"docs/{name}:4:11: U+00AD (SOFT HYPHEN) is invisible or reverses text; delete it",
    ]
    checked = CliRunner().invoke(main, ["check", str(folder / "changes")])
    assert checked.exit_code == 1
    assert [line.removeprefix(f"{folder.as_posix()}/") for line in checked.output.splitlines() if name in line] == said
    done = build(folder)
    assert done.returncode != 0
    assert all(line in done.stderr for line in said)
    assert "Traceback" not in done.stderr


@pytest.fixture
def linked(small: Path) -> Path:
    """A project with `docs`, `overrides`, a folder of its own and a file beside it; the project is returned."""
    top = small.parent / "project"
    for name in ("docs/pages", "overrides/assets", "shared", ".git"):
        (top / name).mkdir(parents=True)
    small.rename(top / "changes")
    for file in (top / "shared" / "page.md", top / ".git" / "config", small.parent / "secret.txt"):
        file.write_text("# Words\n", encoding="utf-8")
    return top


@pytest.mark.parametrize(
    ("link", "target", "said"),
    [
        ("docs/pages/secret.txt", "../../../secret.txt", "a symbolic link out of the project"),
        ("docs/pages/.secret", "../../../secret.txt", "a symbolic link out of the project"),
        ("docs/etc", "/etc", "a symbolic link out of the project"),
        ("overrides/assets/passwd.css", "/etc/passwd", "a symbolic link out of the project"),
        ("docs/pages/config.txt", "../../.git/config", "a symbolic link to a hidden file or folder"),
        ("docs/pages/loop", ".", "a symbolic link to a folder it is in"),
        ("docs/all", "..", "a symbolic link to a folder it is in"),
    ],
)
def test_a_link_that_would_publish_what_is_not_the_projects_is_refused(
    linked: Path, link: str, target: str, said: str
) -> None:
    (linked / link).symlink_to(target)
    done = CliRunner().invoke(main, ["check", str(linked / "changes")])
    assert f"{linked / link}:1:1: {said}" in done.output
    assert done.exit_code == 1


def test_a_link_behind_a_link_is_followed(linked: Path) -> None:
    (linked / "docs" / "shared").symlink_to("../shared")
    (linked / "shared" / "secret.txt").symlink_to(linked.parent / "secret.txt")
    done = CliRunner().invoke(main, ["check", str(linked / "changes")])
    assert f"{linked}/docs/shared/secret.txt:1:1: a symbolic link out of the project" in done.output
    assert done.exit_code == 1


def test_a_link_inside_the_project_is_right(linked: Path) -> None:
    (linked / "docs" / "pages" / "page.md").symlink_to("../../shared/page.md")
    (linked / "docs" / "shared").symlink_to("../shared")
    done = CliRunner().invoke(main, ["check", str(linked / "changes")])
    assert done.output.strip() == "no problems, no gaps."


def test_the_build_refuses_a_link_out_of_the_project(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    (folder / "overrides" / "hosts.txt").symlink_to("/etc/hosts")
    done = build(folder)
    assert done.returncode != 0
    assert "overrides/hosts.txt:1:1: a symbolic link out of the project" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ward.md", "ward/index.md"),
        ("ward.md", "ward/index.html"),
        ("ward.md", "ward.markdown"),
        ("ward/README.md", "ward/index.md"),
        ("ward a.md", "ward a/index.html"),
        ("Ward.md", "ward.md"),
        ("ward.md", "WARD/index.md"),
    ],
)
def test_two_pages_at_one_address_are_named(small: Path, one: str, other: str) -> None:
    docs = small.parent / "docs"
    for name in (one, other):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text("# Ward\n", encoding="utf-8")
    (said,) = [line for line in lines(load(small)) if "address" in line]
    named = {name for name in (one, other) if f"docs/{name}:1:1: " in said or f"docs/{name};" in said}
    assert named == {one, other}


def test_a_page_that_is_left_out_takes_no_address(small: Path) -> None:
    (small.parent / "mkdocs.yml").write_text("exclude_docs: |\n  ward/index.*\n  playbooks/\n", encoding="utf-8")
    for name in ("ward.md", "ward/index.md", "ward/index.html", "playbooks/late-result.md"):
        file = small.parent / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# Ward\n", encoding="utf-8")
    assert [line for line in lines(load(small)) if "/docs/" in line or line.startswith("docs/")] == []


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("date: 2026-02-30\n", "day is out of range for month"),
        ("title: !!int ''\n", "string index out of range"),
        ("title: a: b\n", "line 2: mapping values are not allowed in this context"),
        (f"title: {'[' * 9000}{']' * 9000}\n", "nested more than 12 deep"),
        ("a: &a [x]\ntitle: *a\n", "the alias *a is not allowed, write the value out"),
    ],
)
def test_front_matter_that_cannot_be_read_is_named(small: Path, front: str, said: str) -> None:
    page = small.parent / "docs" / "page.md"
    page.parent.mkdir()
    page.write_text(f"---\n{front}---\n\n# Page\n", encoding="utf-8")
    expected = f"docs/page.md:1:1: the lines between the two --- cannot be read: {said}; correct or delete them"
    assert lines(load(small)) == [expected]
    assert [section.page for section in hand_sections(page.parent)] == ["Page"]
