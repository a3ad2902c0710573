"""The shorthand that search knows: each spelling once, its meaning in plain words, in an order that is easy to edit."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT

LEXICON = ROOT / "macros" / "changebook" / "search" / "languages" / "en.shorthand.yaml"
FIELDS = {
    "Billing",
    "British",
    "Clinical",
    "DICOM",
    "Document exchange",
    "FHIR",
    "HL7 v2",
    "HTTP",
    "Laboratory",
    "Network",
    "OAuth",
    "Pharmacy",
    "Radiology",
    "Registration",
    "Second language",
    "Service desk",
    "Software",
    "Turns of phrase",
    "Typing",
    "Ward",
    "X12",
}
# Words that callers use as words: as shorthand they are told apart only by capitals.
ORDINARY = set(
    (
        "a about add after all also alt am an and any are as ask at back bad be bed been best bit both bud but by "
        "call came can cant case chart claim class code come could coverage date day did didnt do does doesnt done "
        "dont down each ed end error even every fail file find first for form found from full get give go good got "
        "had has have he help her here high him his hold hot how i if in inc into is isnt it its just keep kept "
        "key know lab last late least left let like line list live log long look los lot low made make man many "
        "mar match max may me men mine mon more most move much must my name need new next no not note now of off "
        "ok old on once one only open or order other our out over own page part past path per pet place plan "
        "please point print put ran read record ref result right role room run said same save saw say scan scope "
        "screen see send sent set she should show si side sign since slow so some soon stop sun tab take tech tell "
        "than that the them then there these they this those time tin to told too top try two type under up us use "
        "user very via view wait want was way we week well went were what when where which while who why will win "
        "wish with wont word work would wow wrong yes yet you your zip"
    ).split()
)
PLAIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){0,2}")
ENTRIES: list[dict[str, Any]] = yaml.load(LEXICON.read_text("utf-8"), Loader=yaml.CSafeLoader)
SPELLINGS = [short for entry in ENTRIES for short in entry["short"]]


def folded(short: str) -> str:
    """Return the letters and digits of a spelling, as search compares it."""
    return re.sub(r"[^a-z0-9]+", "", short.lower())


def test_the_lexicon_has_at_least_600_entries() -> None:
    assert len(ENTRIES) >= 600


def test_an_entry_has_its_spellings_its_meanings_and_its_field() -> None:
    assert [entry for entry in ENTRIES if list(entry) != ["short", "means", "field"]] == []
    assert [entry for entry in ENTRIES if not (entry["short"] and 1 <= len(entry["means"]) <= 4)] == []


def test_every_field_is_a_known_one_and_has_entries() -> None:
    assert {entry["field"] for entry in ENTRIES} == FIELDS


def test_a_spelling_is_text_and_begins_and_ends_without_spaces() -> None:
    assert [short for short in SPELLINGS if not isinstance(short, str) or short != short.strip()] == []


def test_a_spelling_is_in_the_lexicon_once_whatever_its_case_and_punctuation() -> None:
    assert [short for short, count in Counter(map(folded, SPELLINGS)).items() if count > 1] == []


def test_a_single_letter_counts_only_with_its_sign() -> None:
    assert [short for short in SPELLINGS if len(short) < 2 or not folded(short)] == []


def test_shorthand_that_is_also_an_ordinary_word_is_in_capitals() -> None:
    assert [short for short in SPELLINGS if folded(short) in ORDINARY and not re.fullmatch(r"[A-Z]+", short)] == []


def test_a_meaning_is_one_to_three_plain_words_and_is_told_once() -> None:
    assert [means for entry in ENTRIES for means in entry["means"] if not PLAIN.fullmatch(means)] == []
    assert [entry for entry in ENTRIES if len(set(entry["means"])) != len(entry["means"])] == []


def test_entries_are_sorted_by_field_then_by_their_first_spelling() -> None:
    order = [(entry["field"], folded(entry["short"][0])) for entry in ENTRIES]
    assert order == sorted(order)


def test_each_entry_is_one_line_of_at_most_160_characters() -> None:
    lines = LEXICON.read_text("ascii").splitlines()
    assert [line for line in lines if len(line) > 160] == []
    assert len([line for line in lines if line.startswith("- {short: [")]) == len(ENTRIES)
    assert [line for line in lines if not line.startswith(("- {short: [", "# "))] == []


@pytest.mark.slow
def test_the_lexicon_ships_with_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        assert files.read("changebook/search/languages/en.shorthand.yaml") == LEXICON.read_bytes()
