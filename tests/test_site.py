"""The sample book's site, built strictly."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlparse

import pytest

from building import build, build_again
from changebook.book import Book
from changebook.names import change_address
from changebook.pages import pages_of as pages_made
from conftest import HARBOR, SMALL, project
from linking import Html, Pages, broken_links, pages_of, repeated_ids


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page of the sample's site, by its path."""
    return pages_of(site)


def test_every_internal_link_and_anchor_leads_somewhere(site: Path, pages: Pages) -> None:
    assert broken_links(site, pages) == []


def test_no_id_stands_twice_on_a_page(pages: Pages) -> None:
    assert repeated_ids(pages) == {}


def test_no_template_is_left_over(pages: Pages) -> None:
    for name, html in pages.items():
        shown = re.sub(r"<code.*?</code>", "", html, flags=re.S)
        assert "{{" not in shown, name
        assert "{%" not in shown, name
        assert "changebook:" not in shown, name


def test_everything_is_served_from_here(pages: Pages) -> None:
    for name, html in pages.items():
        for tag, attributes in html.tags:
            fetched = attributes.get("src", "") if tag != "a" else ""
            if tag == "link" and attributes.get("rel") in ("stylesheet", "icon", "preload", "preconnect"):
                fetched = attributes["href"]
            assert not urlparse(fetched).netloc, (name, fetched)


def test_our_markup_has_no_inline_style_or_script(pages: Pages) -> None:
    for name, html in pages.items():
        for tag, attributes in html.article:
            assert "style" not in attributes, (name, tag)
            assert tag != "script", name


def test_the_shared_name_is_in_the_title_of_every_page_under_it(sample: Book, pages: Pages) -> None:
    for change in sample.changes.values():
        under = [html for name, html in pages.items() if name.startswith(change_address(change.id))]
        assert len(under) >= 2
        for html in under:
            assert change.name in html.partition("<title>")[2].partition("</title>")[0]


def test_every_asset_is_one_link_from_its_hub_and_back(sample: Book, pages: Pages) -> None:
    for change in sample.changes.values():
        hub = f"{change_address(change.id)}index.html"
        under = {name for name in pages if name.startswith(change_address(change.id)) and name != hub}
        assets = {name for name in under if "This page has moved" not in pages[name]}
        assert assets <= _linked(hub, pages[hub])
        assert all(hub in _linked(asset, pages[asset]) for asset in assets)


def _linked(name: str, html: Html) -> set[str]:
    """Return the pages that the article of a page links to."""
    hrefs = [attributes["href"] for tag, attributes in html.article if tag == "a" and "href" in attributes]
    paths = [urlparse(urljoin(f"https://book.example/{name}", href)).path.lstrip("/") for href in hrefs]
    return {f"{path}index.html" for path in paths}


def test_the_list_of_a_change_marks_the_page_that_is_read(sample: Book, pages: Pages) -> None:
    made = [page.address for page in pages_made(sample) if page.change]
    for address in made:
        links = [given for tag, given in pages[f"{address}index.html"].tags if given.get("class") == "cb-local__link"]
        marked = [given["href"] for given in links if given.get("aria-current") == "page"]
        assert [urljoin(f"/{address}", href) for href in marked] == [f"/{address}"], address
    assert made


def test_the_menu_names_every_page(pages: Pages) -> None:
    for name, html in pages.items():
        menu = html.partition('class="md-sidebar')[2].partition("<article")[0]
        assert not re.search(r">\s*None\s*<", menu), name


def test_a_cancelled_change_does_not_count_down_to_its_window(pages: Pages) -> None:
    html = pages["changes/formulary-sync/index.html"]
    assert "Was planned, then canceled" in html
    assert "Canceled: nothing changed." in html
    assert "data-cb-age" not in html
    assert "Was planned for" in pages["changes/index.html"]


def test_the_patient_search_playbook_says_what_it_must(pages: Pages) -> None:
    html = pages["playbooks/failed-patient-lookup/index.html"]
    assert "FHIR patient search failure" in html
    words = re.sub(r"<[^>]+>", " ", html).lower()
    for said in ("signed out", "changes that could cause this", "status page", "three unrelated user sessions"):
        assert said in words


def test_no_sentence_ends_twice(pages: Pages) -> None:
    for name, html in pages.items():
        article = re.sub(r"<pre.*?</pre>|<code.*?</code>", "", html.partition("<article")[2], flags=re.S)
        words = " ".join(re.sub(r"<[^>]+>", "", article).split())
        assert not re.search(r"[a-z]\.\.(?!\.)|\.:|\. \.", words), name


def test_the_shell_is_the_same_page_as_the_themes_own(harbor_site: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", HARBOR)
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config + "\nextra: {shells: false}\n", encoding="utf-8")
    assert build(folder).returncode == 0
    for file in sorted(harbor_site.rglob("*.html")):
        other = folder / "site" / file.relative_to(harbor_site)
        assert other.read_text("utf-8").strip() == file.read_text("utf-8").strip(), file


def test_two_builds_are_the_same_bytes(harbor_site: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", HARBOR)
    # Each with the order of sets of its own.
    assert build_again(folder).returncode == 0
    changed = [
        file.relative_to(harbor_site).as_posix()
        for file in sorted(harbor_site.rglob("*"))
        if file.is_file() and (folder / "site" / file.relative_to(harbor_site)).read_bytes() != file.read_bytes()
    ]
    assert [name for name in changed if not name.startswith("sitemap")] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{{ hub("complete-chang") }}', "docs/extra.md:6:1: hub: no change 'complete-chang'; there are none yet"),
        (
            '{{ scenario("late-resul") }}',
            "docs/extra.md:6:1: scenario: no scenario 'late-resul'; did you mean 'late-result'?",
        ),
        ('{{ scenaro("late-result") }}', "docs/extra.md:6:1: no macro or variable 'scenaro'; did you mean 'scenario'?"),
        ('{{ playbook("late-result") }}', "docs/extra.md:6:1: playbook: missing a required argument: 'scenario'"),
        ("{{ hub( }}", "docs/extra.md:6:1:"),
        ("{% if %}", "docs/extra.md:6:1:"),
    ],
)
def test_a_mistake_in_a_page_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    page = f"---\ntitle: Extra\n---\n\nWords.\n{text}\n"
    (folder / "docs" / "extra.md").write_text(page, encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_record_leaves_the_published_site_alone(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    assert build(folder).returncode == 0
    before = {file: file.stat().st_mtime_ns for file in (folder / "site").rglob("*")}
    (folder / "changes" / "broken.yaml").write_text("name: Broken\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    assert "changes/broken.yaml:1:1: kind is missing" in done.stderr
    assert "Traceback" not in done.stderr
    assert {file: file.stat().st_mtime_ns for file in (folder / "site").rglob("*")} == before


def test_a_page_is_never_replaced_in_silence(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    own = folder / "docs" / "playbooks" / "late-result"
    own.mkdir(parents=True)
    (own / "index.md").write_text("# Mine\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    assert "docs/playbooks/late-result/index.md:1:1: the book already makes /playbooks/late-result/" in done.stderr


def leave_out_of_nav(folder: Path, pattern: str) -> None:
    """Name one more page that is in no navigation, beside those that `mkdocs.yml` names."""
    file = folder / "mkdocs.yml"
    text, count = re.subn(r"(?m)^not_in_nav: (\S+).*$", rf"not_in_nav: |\n  \1\n  {pattern}", file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, encoding="utf-8")


BRACES = {
    "---\nrender_macros: false\n---\n\n# CI\n\n    ref: ${{ a.b }} {% odd\n": "ref: ${{ a.b }} {% odd",
    "# Rows\n\n{% for n in (1, 2) %}\nRow {{ loop.index }} of {{ n }}.\n{% endfor %}\n": "Row 1 of 1. Row 2 of 2.",
    "# Own\n\n{% macro hi(who, mark='!') %}Hi {{ who }}{{ mark }}{% endmacro %}\n{{ hi('you') }}\n": "Hi you!",
    "---\nteam: Night team\n---\n\n# Fact\n\nThe {{ team }}.\n": "The Night team.",
    "# Set\n\n{% set a, b = 1, 2 %}{{ a + b }} {% with c = 4 %}{{ c }}{% endwith %}\n": "3 4",
    "# Perhaps\n\n{{ x | default('None') }} {% if y is defined %}{{ y }}{% else %}here{% endif %}\n": "None here",
    "# Raw\n\n{% raw %}`${{ github.ref }}`{% endraw %} {{ 'x' | upper }} {# {{ unknown }} #}\n": "${{ github.ref }} X",
}


def test_what_a_page_says_in_braces_of_its_own_works(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    for number, text in enumerate(BRACES):
        (folder / "docs" / f"braces-{number}.md").write_text(text, encoding="utf-8")
    leave_out_of_nav(folder, "braces-*")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    for number, said in enumerate(BRACES.values()):
        html = (folder / "site" / f"braces-{number}" / "index.html").read_text("utf-8")
        article = html.partition("<article")[2].partition("</article>")[0]
        assert said in " ".join(re.sub(r"<[^>]+>", "", article).split()), article


def test_braces_that_are_meant_as_they_are_have_a_remedy(tmp_path: Path) -> None:
    texts = {
        "{{ github.ref }}": "1:1: no macro or variable 'github'; ",
        "{% for n in (1, 2) %}{% endfor %}\n{{ loop.index }}": "2:1: no macro or variable 'loop'; ",
        "{{ 'x' | uper }}": "1:1: No filter named 'uper'; ",
        "{{ {# }}": "1:1: ",
    }
    folder = project(tmp_path / "project", SMALL, handbook=False)
    for number, text in enumerate(texts):
        (folder / "docs" / f"braces-{number}.md").write_text(f"{text}\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    for number, said in enumerate(texts.values()):
        (line,) = (line for line in done.stderr.splitlines() if f"docs/braces-{number}.md:" in line)
        assert f"docs/braces-{number}.md:{said}" in line
        assert line.endswith("put literal braces between {% raw %} and {% endraw %}")
    assert "Traceback" not in done.stderr


def test_what_only_a_macro_may_place_is_named_with_its_line(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    (folder / "docs" / "typed.md").write_text("# Typed\n\n<!-- changebook 1 -->\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    assert "docs/typed.md:3:1: '<!-- changebook 1 -->' is what a macro leaves behind; call" in done.stderr


def test_a_block_may_be_placed_twice(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    text = "# Twice\n\n{% set mark = badge('live') %}One {{ mark }} and two {{ mark }}.\n"
    (folder / "docs" / "twice.md").write_text(text, encoding="utf-8")
    leave_out_of_nav(folder, "twice.md")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    page = (folder / "site" / "twice" / "index.html").read_text("utf-8")
    assert page.partition("<article")[2].partition("</article>")[0].count("cb-status--live") == 2


def test_an_anchor_that_a_page_has_twice_is_named(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    text = (
        "# Late\n\n## Is it this?\n\n{{ scenario('late-result') }}\n\nText: write id=\"say\" once.\n\n## Do\n\nWords.\n"
    )
    (folder / "docs" / "late.md").write_text(text, encoding="utf-8")
    leave_out_of_nav(folder, "late.md")
    done = build(folder)
    assert done.returncode != 0
    assert re.findall(r"docs/late.md:1:1: the anchor '(\S+)' is on this page twice; ", done.stderr) == ["do"]
