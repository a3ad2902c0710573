"""What the README shows is true."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

from changebook.cli import main
from conftest import ROOT, SAMPLE


def test_the_readmes_record_and_its_error_are_real(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    record = text.partition("```yaml\n")[2].partition("```")[0]
    assert len(record.strip().splitlines()) == 11
    book = tmp_path / "changes"
    shutil.copytree(SAMPLE / "desk", book / "desk")
    file = book / "allergy-list-colors.yaml"
    file.write_text(record, encoding="utf-8")
    right = CliRunner().invoke(main, ["check", str(book)])
    assert right.exit_code == 0, right.output
    file.write_text(record.replace("ehr-applications", "ehr-aplications", 1), encoding="utf-8")
    wrong = CliRunner().invoke(main, ["check", str(book)])
    said = text.partition("changebook check\n")[2].partition("```")[0].strip()
    assert wrong.stdout.strip().replace(f"{tmp_path.as_posix()}/", "") == said
