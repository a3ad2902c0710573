"""Images in a record's text: files of docs/assets/, checked, and shown from wherever a page lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from changebook.checking.images import MOST_BYTES
from changebook.pages.blocks import release_note
from changebook.render.prose import rich
from conftest import GOOD, lines, load
from test_readiness_pages import html

SCREEN = "![The score beside each name](screens/score.png)"


def with_details(small: Path, text: str) -> Path:
    """Write the complete change with `text` as the last of its details."""
    record = (GOOD / "complete-change.yaml").read_text("utf-8")
    row = "  | 90 | sure |\n"
    assert row in record
    (small / "complete-change.yaml").write_text(record.replace(row, f"{row}\n  {text}\n"), encoding="utf-8")
    return small


def with_file(small: Path, size: int = 8) -> None:
    file = small.parent / "docs" / "assets" / "screens" / "score.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\x89PNG\r\n\x1a\n".ljust(size, b"\0"))


def test_an_image_of_the_books_own_is_right(small: Path) -> None:
    with_file(small)
    assert lines(load(with_details(small, SCREEN))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "![Scores](screens/scores.png)",
            "no file 'screens/scores.png' in docs/assets/; did you mean 'screens/score.png'?",
        ),
        ("![](screens/score.png)", "is not an image that a page can show; write ![what it shows](file.png)"),
        ("![Up](../../secret.png)", "is not an image that a page can show; write ![what it shows](file.png)"),
        ("![Drawn](screens/score.svg)", "is not an image that a page can show; write ![what it shows](file.png)"),
    ],
)
def test_another_is_named_with_what_to_write(small: Path, text: str, said: str) -> None:
    with_file(small)
    (found,) = lines(load(with_details(small, text)))
    assert said in found
    assert "complete-change.yaml:" in found


def test_a_name_that_no_file_system_takes_is_told_in_its_place(small: Path) -> None:
    with_file(small)
    (found,) = lines(load(with_details(small, f"![Long]({'a' * 300}.png)")))
    assert f"details: no file '{'a' * 57}...' in docs/assets/; write the name of one" in found


def test_a_name_in_other_case_is_another_file(small: Path) -> None:
    with_file(small)
    (found,) = lines(load(with_details(small, "![Scores](Screens/Score.png)")))
    assert "no file 'Screens/Score.png' in docs/assets/; did you mean 'screens/score.png'?" in found


def test_one_from_elsewhere_stays_text() -> None:
    assert "<img" not in rich("![x](https://elsewhere.example/score.png)")


def test_a_big_one_is_refused(small: Path) -> None:
    with_file(small, MOST_BYTES + 12_000)
    (found,) = lines(load(with_details(small, SCREEN)))
    assert found.endswith("details: 'screens/score.png' has 512 KB, 500 at most; make the image smaller")


def test_its_way_begins_at_the_page(small: Path) -> None:
    with_file(small)
    book = load(with_details(small, SCREEN)).book
    assert book
    shown = html(book, release_note(book, "complete-change"))
    assert 'src="./assets/screens/score.png"' in shown
    assert 'alt="The score beside each name"' in shown


def test_its_words_are_text() -> None:
    shown = str(rich('![Score "9" <b>](screens/score.png)'))
    assert 'src="cb-asset:screens/score.png"' in shown
    assert "<b>" not in shown
