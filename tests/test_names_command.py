"""`changebook names` on what lies outside the book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from conftest import SAMPLE

# A rule file as Prometheus reads it, with a former name, a misspelled one, and the right one.
ALERTS = """groups:
  - name: lookup
    rules:
      - alert: FHIR Patient Lookup R4 slow
        expr: histogram_quantile(0.95, fhir_patient_lookup_r4_seconds_bucket) > 3
        labels: {queue: REL-FHIR-PATIENT-LOOKUP-R4}
        annotations:
          summary: "Fhir Patient Lookup R4 answers late"
          description: >
            Searches answer late since the MPI lookup
            upgrade. See https://book.example/changes/fhir-patient-lookup-r4/
          runbook: the MPI lookup upgrade page  # name-ok: its title at the vendor
"""


def names(*arguments: object, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["names", *map(str, arguments), "--book", str(SAMPLE)], input=text)


def test_an_alert_file_is_read_to_the_column(tmp_path: Path) -> None:
    file = tmp_path / "alerts.yaml"
    file.write_text(ALERTS, encoding="utf-8")
    done = names(file)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{file.as_posix()}:8:21: 'Fhir Patient Lookup R4' is not how the change is called; "
        "write 'FHIR Patient Lookup R4'",
        f"{file.as_posix()}:10:44: 'MPI lookup upgrade' is now called 'FHIR Patient Lookup R4'; write that",
    ]
    assert "2 problems" in done.stderr


def test_right_names_exit_with_zero(tmp_path: Path) -> None:
    file = tmp_path / "status.txt"
    file.write_text("FHIR Patient Lookup R4 is live.\n", encoding="utf-8")
    assert names(file).exit_code == 0


def test_standard_input_is_read() -> None:
    done = names("-", text="After the HIE tab project.\n")
    assert done.exit_code == 1
    assert done.stdout == "-:1:11: 'HIE tab project' is now called 'Outside Records Query'; write that\n"


def test_programs_and_pull_requests_get_their_own_form(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("HIE tab project\n", encoding="utf-8")
    assert json.loads(names(file, "--format", "json").stdout)[0]["column"] == 1
    assert names(file, "--format", "github").stdout.startswith("::error file=")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntwo \xff\n", ":2:5: not read: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"\x7fELF\0\0", ":1:1: not read: a binary file; name files that hold text"),
        ("HIE tab project".encode("utf-16"), ":1:1: not read: the file is UTF-16; save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_named_and_the_others_are_read(tmp_path: Path, data: bytes, said: str) -> None:
    odd, good = tmp_path / "odd", tmp_path / "good"
    odd.write_bytes(data)
    good.write_text("\ufeffHIE tab project\n", encoding="utf-8")
    done = names(odd, good)
    assert done.exit_code == 1
    assert f"{odd.as_posix()}{said}" in done.stdout
    assert f"{good.as_posix()}:1:1: 'HIE tab project'" in done.stdout
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
