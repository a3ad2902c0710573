"""A page that is too long has its folds in files of their own; opened or filtered, they are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browsing import headers_of, open_page, put_back, serve
from changebook.site import parts
from changebook.site.parts import in_parts, pieces

LINES = "<ul><li>Line<br>of {0}</li></ul>"
ROW = f'<li class="cb-row" data-cb-is="status=closed"><a href="../x/">Change {{0}}</a> {LINES}</li>\n'


def page(rows: int) -> str:
    """Return a page with as many rows, of which all but one are folded."""
    listed = [f'<ul class="cb-rows">{"".join(ROW.format(number) for number in range(rows))}</ul>']
    fold = '<details class="cb-fold cb-fold--group"><summary>2019\n  <span class="cb-fold__count">9</span></summary>\n'
    return (
        f"<title>Changes</title><article><p>Top</p>{fold}{listed[0]}\n</details><p>End</p></article><footer></footer>"
    )


def test_a_short_page_stays_whole() -> None:
    assert in_parts(page(20)) == (page(20), {})


def test_a_long_page_leads_to_parts_that_hold_all_of_its_rows_in_order() -> None:
    long = page(5000)
    whole, found = in_parts(long)
    assert len(whole) < 1000
    assert re.findall(r'href="([^"]+)"', whole) == list(found)
    assert next(iter(found)) == "2019-1.html"
    assert max(map(len, found.values())) < parts.PART + 1000
    named = [name for text in found.values() for name in re.findall(r">(Change \d+)<", text)]
    assert named == [f"Change {number}" for number in range(5000)]
    for text in found.values():
        assert text.count("<ul") == text.count("</ul>")
        assert text.count("<li") == text.count("</li>")
        assert '<p class="cb-line"><a href="./">Whole list</a></p>' in text
        assert "<p>Top</p>" not in text
        assert text.endswith("</article><footer></footer>")


def test_a_table_keeps_its_head_in_each_piece() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(100))
    found = pieces(f"<div><table><thead><tr><th>Name</th></tr></thead><tbody>{rows}</tbody></table></div>", 600)
    assert len(found) > 3
    assert all(piece.startswith("<div><table><thead><tr><th>Name</th></tr></thead><tbody><tr>") for piece in found)
    assert all(piece.endswith("</tr></tbody></table></div>") for piece in found)
    assert "".join(re.findall(r"<td>\d+</td>", "".join(found))) == re.sub("</?tr>", "", rows)


@pytest.fixture
def long_list(harbor_site: Path, tmp_path: Path) -> Path:
    """Harbor Point's list of changes with a year of 5,000 more, as a build writes it."""
    text = (harbor_site / "changes" / "index.html").read_text("utf-8")
    _, _, fold = page(5000).partition("<p>Top</p>")
    folder = tmp_path / "changes"
    folder.mkdir()
    text = text.replace("</article>", f"{fold.partition('<p>End')[0]}</article>", 1)
    text = text.replace('data-cb-total="11"', 'data-cb-total="5011"')
    (folder / "index.html").write_text(parts.write_parts(text, folder)[0], encoding="utf-8")
    for name in ("assets", "_headers"):
        (tmp_path / name).symlink_to(harbor_site / name)
    return tmp_path


def test_a_filter_in_the_address_finds_what_is_in_a_part(chromium: Browser, long_list: Path) -> None:
    with serve(long_list, headers=headers_of(long_list)) as site:
        # An address may end in what is no text.
        tab, complaints = open_page(chromium, f"{site}changes/?text=change+4321#100%")
        tab.get_by_text("Change 4321", exact=True).wait_for()
        assert tab.locator("[data-cb-is]:not([hidden])").count() == 1
        expect(tab.locator("[data-cb-shown]")).to_have_text("Showing 1 of 5,011 changes")
        assert complaints == []
        put_back(tab)


def test_a_fold_loads_its_parts_when_it_is_opened(chromium: Browser, long_list: Path) -> None:
    with serve(long_list, headers=headers_of(long_list)) as site:
        tab, _ = open_page(chromium, f"{site}changes/")
        assert tab.locator("[data-cb-shown]").inner_text() == "5,011 changes"
        assert tab.get_by_text("Change 4321", exact=True).count() == 0
        tab.locator("summary", has_text="2019").click()
        tab.get_by_text("Change 4321", exact=True).wait_for()
        assert tab.locator("[data-cb-links]").count() == 0
        tab.locator(".cb-find__field").first.fill("change 4321")
        expect(tab.locator("[data-cb-shown]")).to_have_text("Showing 1 of 5,011 changes")
        assert tab.locator("[data-cb-is]:not([hidden])").count() == 1
        put_back(tab)


def test_without_a_script_a_fold_leads_to_pages(chromium: Browser, long_list: Path) -> None:
    with serve(long_list) as site:
        tab, _ = open_page(chromium, f"{site}changes/", script=False)
        tab.locator("summary", has_text="2019").click()
        tab.get_by_role("link", name="Part 1", exact=True).click()
        assert tab.url == f"{site}changes/2019-1.html"
        expect(tab.get_by_text("Change 0", exact=True)).to_be_visible()
        tab.get_by_role("link", name="Whole list").click()
        assert tab.url == f"{site}changes/"
        put_back(tab)
