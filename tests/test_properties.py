"""A short run of the properties: texts that nobody would write, always the same ones."""

from __future__ import annotations

import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from properties import hold


@pytest.mark.slow
def test_no_text_brings_an_exception_but_our_own() -> None:
    hold(240, same=True)
