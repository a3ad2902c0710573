"""`changebook search --misses`: what the searches that people kept find now, and where their words belong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from changebook.cli import main
from changebook.cli.misses import as_item
from conftest import GOOD

HEAD = '"words","times","last"\r\n'
ANSWERED = '"there is no score","2","2026-12-03T10:00:00.000Z"\r\n'
NEAR = '"result giraffe","1","2026-12-03T10:00:00.000Z"\r\n'
LOST = '"giraffe zebra","5","2026-12-03T10:00:00.000Z"\r\n'


@pytest.fixture
def folder(small: Path) -> Path:
    """The small desk with the complete change."""
    shutil.copy(GOOD / "complete-change.yaml", small)
    return small


def asked(folder: Path, text: str | bytes, *more: str) -> Result:
    """Return what the command says of a file that holds `text`."""
    file = folder.parent / "unanswered-searches.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(main, ["search", "--book", str(folder), "--misses", str(file), *more])


def found(folder: Path, text: str) -> list[dict[str, object]]:
    done = asked(folder, text, "--format", "json")
    assert done.exit_code == 0, done.output
    return list(json.loads(done.output))


def test_searches_are_told_apart_by_what_they_find_now(folder: Path) -> None:
    states = {item["words"]: item["state"] for item in found(folder, HEAD + ANSWERED + NEAR + LOST)}
    assert states == {"there is no score": "answered", "result giraffe": "nearest", "giraffe zebra": "nothing"}


def test_the_most_frequent_come_first(folder: Path) -> None:
    assert [item["times"] for item in found(folder, HEAD + ANSWERED + NEAR + LOST)] == [5, 2, 1]


def test_words_near_a_playbook_belong_to_what_its_callers_say(folder: Path) -> None:
    (item,) = found(folder, HEAD + NEAR)
    scenario = folder / "desk" / "scenarios" / "late-result.yaml"
    assert item["add"] == {"file": scenario.as_posix(), "key": "callers_say", "line": "- result giraffe"}


def test_the_text_groups_them_and_prints_the_line_to_add(folder: Path) -> None:
    said = asked(folder, HEAD + ANSWERED + NEAR + LOST).output
    lines = said.splitlines()
    assert [line for line in lines if line.endswith(" (1)")] == [
        "Answered now; is it the right page? (1)",
        "No good match, nearest (1)",
        "Nothing found (1)",
    ]
    assert "  there is no score (2 times)" in lines
    assert "late-result.yaml, callers_say:  - result giraffe" in said
    assert "elsewhere.yaml:  - giraffe zebra" in said


@pytest.mark.parametrize(
    "words", ["on", "a: b", "# no", "it's off", 'the "list"', "- dash", "=1+1", "@here", "5 of us", "12", "yes, we can"]
)
def test_the_line_to_add_is_read_back_as_the_words(words: str) -> None:
    assert yaml.load(as_item(words), Loader=yaml.CSafeLoader) == [words]


def test_what_a_spreadsheet_would_calculate_is_read_as_it_was_typed(folder: Path) -> None:
    (item,) = found(folder, HEAD + '"\'=giraffe","1","x"\r\n')
    assert item["words"] == "=giraffe"


def test_a_download_without_a_search_says_so(folder: Path) -> None:
    assert [line[-3:] for line in asked(folder, HEAD).output.splitlines()] == ["(0)"] * 3


def test_the_same_words_of_two_downloads_count_together(folder: Path) -> None:
    other = '"There is  no score","3","2026-12-04T10:00:00.000Z"\r\n'
    (item,) = found(folder, HEAD + ANSWERED + "\r\n" + HEAD + other)
    assert (item["words"], item["times"]) == ("there is no score", 5)


def test_a_file_that_a_spreadsheet_saved_again_is_read(folder: Path) -> None:
    done = asked(folder, b"\xef\xbb\xbfwords,times,last\nthere is no score,2,2026-12-03\n", "--format", "json")
    assert [item["times"] for item in json.loads(done.output)] == [2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "does not begin with the line words,times,last"),
        (b"words;times;last\r\n", "does not begin with the line words,times,last"),
        (b'"words","times","last"\r\n"a","often","x"\r\n', "row 2 has no words, number and time"),
        (b'"words","times","last"\r\n"a"\r\n', "row 2 has no words, number and time"),
        (b'"words","times","last"\r\n"a"b,"1","x"\r\n', "is not a CSV file in UTF-8"),
        (b"\xff\xfe\x00w", "is not a CSV file in UTF-8"),
    ],
)
def test_another_file_is_refused_with_what_to_do(folder: Path, text: bytes, said: str) -> None:
    done = asked(folder, text)
    assert done.exit_code == 2
    assert said in done.output
    assert "download the list again at Symptoms A-Z, Searches without an answer" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "give WORDS, or --misses FILE"), (["words", "--misses", __file__], "give WORDS or --misses, not both")],
)
def test_words_or_a_file_are_needed_and_not_both(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["search", *arguments])
    assert done.exit_code == 2
    assert said in done.output
