"""Characters that nobody sees, those that programs put where a plain one belongs, and telephone numbers."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from changebook.characters import hidden_in, on_a_keyboard, places_of_hidden, shown
from changebook.render.prose import dial
from conftest import GOOD, lines, load

# Format characters that are drawn: Arabic number signs and the like, and the joiners of hieroglyphs.
DRAWN = {
    *range(0x600, 0x606),
    *(0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD),
    *range(0x13430, 0x13440),
}


@pytest.mark.slow
def test_no_control_or_format_character_is_let_through() -> None:
    unseen = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    through = {
        number
        for number in range(sys.maxunicode + 1)
        if unicodedata.category(chr(number)) in unseen and not hidden_in(chr(number))
    }
    assert through == {ord("\t"), ord("\n")} | (DRAWN & through)


@pytest.mark.slow
def test_all_text_that_people_see_is_let_through() -> None:
    seen = ("Lu", "Ll", "Lt", "Lm", "Nd", "Nl", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sc", "Sk", "Sm", "Zs")
    refused = {
        number
        for number in range(sys.maxunicode + 1)
        if unicodedata.category(chr(number)) in seen and hidden_in(chr(number))
    }
    assert refused == set()


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "👨\u200d👩\u200d👧",
        "👩🏽\u200d⚕\ufe0f",
        "🏳\ufe0f\u200d🌈",
        "✔\ufe0f done",
        "1\ufe0f\u20e3",
        "Việt Nam",
        "שָׁלוֹם",
        "two\nlines\r\nthree",
        "wide\u00a0space",
    ],
)
def test_what_a_script_or_an_emoji_needs_is_allowed(text: str) -> None:
    assert hidden_in(text) is None


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("pa\u200cssword", "\u200c"),
        ("pa\u200dssword", "\u200d"),
        ("👨\u200d", "\u200d"),
        ("a\ufe0f", "\ufe0f"),
        ("\U0001f3f4\U000e0067\U000e007f", "\U000e0067"),
        ("one\rtwo", "\r"),
        ("e" + "\u0301" * 9, "\u0301"),
        ("ก" + "\u0e49" * 9, "\u0e49"),
    ],
)
def test_a_joiner_or_mark_that_nothing_needs_is_found(text: str, character: str) -> None:
    found = hidden_in(text)
    assert found
    assert found[0] == character


def test_each_line_is_named_once() -> None:
    assert list(places_of_hidden("a\u202eb\u202e\nc\r\n\u200bd")) == [(1, 2, "\u202e"), (3, 1, "\u200b")]


@pytest.mark.parametrize(
    ("character", "typed"),
    [("–", "-"), ("“", '"'), ("\u00a0", " "), ("٣", "3"), ("＝", "="), ("Ü", "U"), ("ß", "ss"), ("ł", "l"), ("Щ", "")],
)
def test_what_to_type_instead_is_known(character: str, typed: str) -> None:
    assert on_a_keyboard(character) == typed


def test_a_value_is_shown_in_sixty_characters() -> None:
    assert shown("x" * 60) == repr("x" * 60)
    assert shown("x" * 61) == repr("x" * 57 + "...")
    assert shown("a\u202e\n") == r"'a\u202e\n'"


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("4410", "tel:4410"),
        ("+1 (312) 555-0100", "tel:+13125550100"),
        ("312-555-0100 ext 7", "tel:3125550100;ext=7"),
        ("312.555.0100, ext. 12", "tel:3125550100;ext=12"),
        ("555-0100 x7", "tel:5550100;ext=7"),
        ("*31#4410", "tel:*31%234410"),
    ],
)
def test_a_phone_number_dials_what_it_says(small: Path, phone: str, address: str) -> None:
    assert with_phone(small, phone) == []
    assert dial(phone) == address


@pytest.mark.parametrize(
    "phone",
    ["call me", "4410; rm -rf", "ext 7", "4410 (night: 6620)", "javascript:1", "4410\\u0002x", "٤٤١٠", "4" * 41],
)
def test_any_other_text_is_no_phone_number(small: Path, phone: str) -> None:
    assert [line for line in with_phone(small, phone) if "/desk/teams.yaml:3:" in line] != []


def with_phone(folder: Path, phone: str) -> list[str]:
    """Return the problems of a book whose first team has the number `phone`, written in double quotes."""
    shutil.copy(GOOD / "six-lines.yaml", folder)
    file = folder / "desk" / "teams.yaml"
    text = file.read_text("utf-8").split("\n")
    assert text[2].strip().startswith("phone:")
    file.write_text("\n".join([*text[:2], f'  phone: "{phone}"', *text[3:]]), encoding="utf-8")
    return lines(load(folder))
