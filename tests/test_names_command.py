"""`changebook names` on what lies outside the book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from conftest import HARBOR

# A rule file as Prometheus reads it, with a former name, a misspelled one, and the right one.
ALERTS = """groups:
  - name: lookup
    rules:
      - alert: Score Search slow
        expr: histogram_quantile(0.95, score_search_seconds_bucket) > 3
        labels: {queue: REL-SCORE-SEARCH}
        annotations:
          summary: "SCORE SEARCH answers late"
          description: >
            Searches answer late since The first old
            name. See https://book.example/changes/score-search/
          runbook: The first old name page  # name-ok: its title at the vendor
"""


def names(*arguments: object, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["names", *map(str, arguments), "--book", str(HARBOR)], input=text)


def test_an_alert_file_is_read_to_the_column(tmp_path: Path) -> None:
    file = tmp_path / "alerts.yaml"
    file.write_text(ALERTS, encoding="utf-8")
    done = names(file)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{file.as_posix()}:8:21: 'SCORE SEARCH' is not the change's name; write 'Score Search'",
        f"{file.as_posix()}:10:40: 'The first old name' is now called 'Score Search'; write that",
    ]
    assert "2 problems" in done.stderr


def test_right_names_exit_with_zero(tmp_path: Path) -> None:
    file = tmp_path / "status.txt"
    file.write_text("Score Search is live.\n", encoding="utf-8")
    assert names(file).exit_code == 0


def test_standard_input_is_read() -> None:
    done = names("-", text="After the The end of faxes.\n")
    assert done.exit_code == 1
    assert done.stdout == "-:1:11: 'The end of faxes' is now called 'Fax End'; write that\n"


def test_programs_and_pull_requests_get_their_own_form(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The end of faxes\n", encoding="utf-8")
    assert json.loads(names(file, "--format", "json").stdout)[0]["column"] == 1
    assert names(file, "--format", "github").stdout.startswith("::error file=")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntwo \xff\n", ":2:5: not read: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"\x7fELF\0\0", ":1:1: not read: a binary file; name files that hold text"),
        ("The end of faxes".encode("utf-16"), ":1:1: not read: the file is UTF-16; save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_named_and_the_others_are_read(tmp_path: Path, data: bytes, said: str) -> None:
    odd, good = tmp_path / "odd", tmp_path / "good"
    odd.write_bytes(data)
    good.write_text("\ufeffThe end of faxes\n", encoding="utf-8")
    done = names(odd, good)
    assert done.exit_code == 1
    assert f"{odd.as_posix()}{said}" in done.stdout
    assert f"{good.as_posix()}:1:1: 'The end of faxes'" in done.stdout
    assert "Traceback" not in done.output


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    done = names(tmp_path / "none")
    assert done.exit_code == 2
    assert "does not exist" in done.output


def test_a_book_that_cannot_be_read_is_no_ground_for_names(small: Path) -> None:
    (small / "broken.yaml").write_text("name: Broken\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["names", "-", "--book", str(small)], input="x")
    assert done.exit_code == 1
    assert "broken.yaml:1:1: kind is missing" in done.stdout
    assert "its names are not known" in done.stderr
