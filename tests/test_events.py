"""What is refused in YAML, and where each value stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from changebook.source import RECORD_BYTES, Source, load_source, read_source
from changebook.source.scalars import Scalar, retyped


def read(text: str) -> Source:
    return read_source(text, Source(Path("x.yaml")))


@pytest.mark.parametrize(
    ("text", "reads_as"),
    [
        ("no", "true or false"),
        ("Yes", "true or false"),
        ("y", "true or false"),
        ("on", "true or false"),
        ("1.10", "a number"),
        ("010", "a number"),
        ("0x1F", "a number"),
        ("0o17", "a number"),
        ("1e3", "a number"),
        ("1_000", "a number"),
        ("12:30", "a number"),
        (".5", "a number"),
        ("null", "nothing"),
        ("~", "nothing"),
        ("", "nothing"),
        ("2026-12-02", "a date"),
        ("2026-12-02 21:00:00", "a date"),
    ],
)
def test_what_yaml_would_retype_is_known(text: str, reads_as: str) -> None:
    assert retyped(text) == reads_as


@pytest.mark.parametrize(
    "text", ["nobody", "R4", "8s", "v1.10", "1.10.2", "200, no entry", "-", "a: b", "1 of 2", "NOPE"]
)
def test_what_stays_text_is_left_alone(text: str) -> None:
    assert retyped(text) == ""


def test_quotes_keep_text_as_it_is() -> None:
    values = read("a: \"no\"\nb: '1.10'\nc: no\n").values
    assert values == {"a": "no", "b": "1.10", "c": "no"}
    assert not isinstance(values["a"], Scalar)
    assert isinstance(values["c"], Scalar)


def test_every_value_has_its_place() -> None:
    source = read("name: A\nlist:\n  - one\n  - key: two\n    other: three\n")
    assert source.place(("name",)) == (1, 7)
    assert source.place(("name",), of_key=True) == (1, 1)
    assert source.place(("list", 0)) == (3, 5)
    assert source.place(("list", 1, "other")) == (5, 12)
    assert source.place(("list",)) == (2, 1)
    assert source.place(("list", 1, "missing")) == (4, 5)
    assert source.place(("missing",)) == (1, 1)


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = 'a: &a ["lol","lol"]\nb: &b [*a,*a]\nc: [*b,*b]\n'
    assert [str(problem) for problem in read(bomb).problems] == [
        "x.yaml:1:4: the anchor &a is not allowed; delete it, or use quotes"
    ]


def test_nesting_is_refused_before_it_is_built() -> None:
    source = read("a: " + "[" * 20000 + "]" * 20000)
    assert source.values is None
    assert "nested more than 12 deep" in source.problems[0].message


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text("a: " + "x" * RECORD_BYTES, encoding="utf-8")
    source = load_source(file)
    assert source.values is None
    assert "larger than 64 KiB" in source.problems[0].message


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbfname: A\r\nwhy: B\r\n")
    source = load_source(file)
    assert source.values == {"name": "A", "why": "B"}
    assert source.place(("why",)) == (2, 6)
