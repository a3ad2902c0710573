"""Read, render and edit texts that nobody would write: nothing fails but by an error of our own.

    python tests/bench/properties.py [20000]

Hypothesis makes as many texts, and makes one on which something fails as small as it can.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changebook.characters import hidden_in
from changebook.editing.record import Append, Put, revised_text
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.model.blanks import window_blanks
from changebook.model.dates import dates_in
from changebook.model.markdown import markdown_fault
from changebook.model.meaning import meaning_fault
from changebook.model.reading import read_record
from changebook.render import prose
from changebook.source import Source, load_source, read_source
from changebook.source.front_matter import front_matter, wrong_front_matter
from fuzz import HOSTILE, unescaped

FILE = Path("a-change.yaml")
RECORD = "name: A change\nstatus: ready  # soon\ntests:\n  - {case: a, runs: []}\ngo_no_go:\n  by: x\n"
_MARKS = [
    *"[]{}()<>:-#,?*&!|'\"%@`_=+~^$.;/\\ \n\t01a",
    "- ",
    ": ",
    " #",
    "\n\n",
    "\n  ",
    "    ",
    "```",
    "~~~",
    "**",
    "1. ",
    "!!! note",
]
_WORDS = st.sampled_from(
    [*_MARKS, *_MARKS, *map(unescaped, HOSTILE), "2 Dec", "Wednesday", "[go-live]", "https://a.example"]
)
# Texts of any letters, and of what means something to YAML, to Markdown or to us.
TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map("".join))
_KEYS = st.sampled_from([*Change.model_fields, "from", "case", "do", "then", "x"])
TREES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=5)),
    max_leaves=20,
)
_TAG = re.compile(
    r"<(?:script|style|iframe|svg|object|form|link|meta|base)|<[a-z][^>]*\son[a-z]+=|href=.(?:javascript|data):", re.I
)


@given(st.one_of(TEXTS, TEXTS.map(lambda text: f"why: {text}\n"), TEXTS.map(lambda text: f"details: |\n  {text}\n")))
def a_text_is_read_or_refused_in_its_place(text: str) -> None:
    source = read_source(text, Source(FILE))
    assert all(problem.line > 0 and problem.column > 0 for problem in source.problems)
    assert "\n" not in "".join(map(str, source.problems))
    if source.values is not None:
        read_record(Change, source.values, {})


@given(st.binary(max_size=300))
def bytes_are_read_or_refused_in_their_place(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(data)
        file.flush()
        source = load_source(Path(file.name))
    assert all(problem.line > 0 and problem.column > 0 for problem in source.problems)


@given(st.dictionaries(_KEYS, TREES, max_size=6))
def values_of_any_shape_are_a_record_or_told(values: dict[str, Any]) -> None:
    record, faults = read_record(Change, values, {})
    assert bool(record) != bool(faults)
    assert all(fault.message and "\n" not in fault.message for fault in faults)


@given(TEXTS)
def a_text_is_safe_on_a_page(text: str) -> None:
    if hidden_in(text):
        return
    shown = [prose.line(text), *prose.paragraphs(text)]
    if not markdown_fault(text):
        meaning_fault(text)
        shown.append(prose.rich(text))
    assert not [html for html in shown if _TAG.search(str(html))]
    list(dates_in(text, date(2026, 12, 2)))
    list(window_blanks(text))


@given(TEXTS)
def a_value_is_written_as_it_is_or_refused(text: str) -> None:
    for action in (
        Put(("go_no_go", "reason"), text),
        Put(("status",), text),
        Put(("why",), text),
        Append(("tests", 0, "runs"), {"evidence": text}),
        Append(("waivers",), {"gap": text}),
    ):
        try:
            after = revised_text(RECORD, [action], Change, path=FILE)
        except ChangebookError:
            continue
        assert not read_source(after, Source(FILE)).problems


@given(TEXTS, TEXTS)
def what_is_above_a_page_is_read_or_named(front: str, text: str) -> None:
    page = f"---\n{front}\n---\n{text}"
    list(wrong_front_matter(page))
    front_matter(page)


PROPERTIES: tuple[Callable[[], None], ...] = (
    a_text_is_read_or_refused_in_its_place,
    bytes_are_read_or_refused_in_their_place,
    values_of_any_shape_are_a_record_or_told,
    a_text_is_safe_on_a_page,
    a_value_is_written_as_it_is_or_refused,
    what_is_above_a_page_is_read_or_named,
)


def hold(examples: int, *, same: bool = False) -> None:
    """Try each property on its share of `examples`, with `same` always the same ones; raise where one does not hold."""
    for holds in PROPERTIES:
        settings(
            max_examples=examples // len(PROPERTIES),
            derandomize=same,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )(holds)()


def main() -> None:
    """Try as many texts as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=int, nargs="?", default=20_000)
    wanted = parser.parse_args().examples
    hold(wanted)
    print(f"{wanted} examples of {len(PROPERTIES)} properties hold")


if __name__ == "__main__":
    main()
