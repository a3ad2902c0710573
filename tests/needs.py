"""What a test needs, read from its own code: a marker for each, so that no list of tests is kept by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest
import yaml

# A test has a marker when it, a fixture of its, or a function of the tests that these call, uses one of the names.
MARKS = {
    "browser": {"start_chromium"},
    "node": {"in_node", "start_editor"},
    # A generated book has the desk of the sample.
    "sample": {"SAMPLE", "write_book"},
    "slow": {"subprocess"},
}
TESTS = Path(__file__).parent


def has_sample(changes: Path) -> bool:
    """Return whether a book is the sample, Northmere's."""
    file = changes / "desk" / "book.yaml"
    return file.is_file() and yaml.safe_load(file.read_text("utf-8")).get("organisation") == "Northmere Health"


def marks_of(item: pytest.Function) -> list[str]:
    """Return the markers of a test."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    functions = [item.function, *(one.func for found in fixtures for one in found[-1:])]
    used = used_names(function for function in functions if isinstance(function, FunctionType))
    return [mark for mark, names in MARKS.items() if names & used]


def used_names(functions: Iterator[FunctionType]) -> set[str]:
    """Return every name that functions use, with those of the functions of the tests that they call."""
    todo, used = list(functions), set[str]()
    seen = set(todo)
    while todo:
        function = todo.pop()
        names = set(_names(function.__code__)) & set(function.__globals__)
        used |= names
        for name in names:
            called = getattr(function.__globals__.get(name), "__wrapped__", function.__globals__.get(name))
            if isinstance(called, FunctionType) and called not in seen and _is_ours(called):
                seen.add(called)
                todo.append(called)
    return used


def _names(code: CodeType) -> Iterator[str]:
    """Yield the names that a function and the functions within it use."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _is_ours(function: FunctionType) -> bool:
    return TESTS in Path(function.__code__.co_filename).parents
