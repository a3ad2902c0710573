"""The list of deliberate faults keeps up with the code that they are put into."""

from __future__ import annotations

from bench.faults import faults_in
from conftest import ROOT


def test_every_deliberate_fault_can_still_be_put_in() -> None:
    assert faults_in(ROOT / "tests" / "bench" / "faults.yaml")
