"""What a test needs, read from its own code: a marker for each, so that no list of tests is kept by hand.

A test that only takes long, a third of a second of CPU or more, such as one that tries every record of the sample where
another tries one, says so itself: `@pytest.mark.slow`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

import pytest
import yaml

# A test has a marker when it, a fixture of its, or a function or class of the tests that these use, uses a name:
MARKS = {
    "browser": {"start_chromium"},
    "node": {"in_node", "start_editor"},
    # A generated book has the desk of the sample.
    "sample": {"SAMPLE", "write_book"},
    # After the process: a big book, a night of edits, books with random damage, random calendars, a book for each key
    # of a record or for each message, a preview, and a book in German.
    "slow": {
        *("subprocess", "write_book", "THOUSAND", "EDITS", "Books", "random_book", "Trials", "book_of", "Saved"),
        "auental",
    },
}
TESTS = Path(__file__).parent


def has_sample(changes: Path) -> bool:
    """Return whether a book is the sample, Northmere's."""
    file = changes / "desk" / "book.yaml"
    return (
        file.is_file()
        and yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader).get("organization") == "Northmere Health"
    )


def marks_of(item: pytest.Function) -> list[str]:
    """Return the markers of a test."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    # What Hypothesis calls with its examples is inside of what pytest calls.
    test = getattr(getattr(item.function, "hypothesis", None), "inner_test", item.function)
    functions = [test, *(one.func for found in fixtures for one in found[-1:])]
    used = {name for function in functions if isinstance(function, FunctionType) for name in used_names(function)}
    return [mark for mark, names in MARKS.items() if names & used]


def needs_its_module(item: pytest.Function) -> bool:
    """Return whether a test has to run beside the others of its module: all do, but for those in the browser that
    share nothing except what the whole run shares.
    """
    scopes = {found[-1].scope for found in item._fixtureinfo.name2fixturedefs.values() if found}
    return not item.get_closest_marker("browser") or "module" in scopes


@cache  # a test with hundreds of cases is read once
def used_names(function: FunctionType) -> set[str]:
    """Return every name that a function uses, with those of the functions and classes of the tests that it uses."""
    used, seen, todo = set[str](), {function}, [function]
    while todo:
        names, called = _names_of(todo.pop())
        used |= names
        todo += called - seen
        seen |= called
    return used


@cache
def _names_of(function: FunctionType) -> tuple[set[str], set[FunctionType]]:
    """Return the names of its module that a function itself uses, and the functions of the tests behind them."""
    names = set(_names(function.__code__)) & set(function.__globals__)
    return names, {called for name in names for called in _functions(function.__globals__[name]) if _is_ours(called)}


def _functions(value: object) -> Iterator[FunctionType]:
    """Yield the function that a name stands for, or the methods of the class."""
    value = getattr(value, "__wrapped__", value)
    if isinstance(value, FunctionType):
        yield value
    elif isinstance(value, type):
        yield from (inner for inner in vars(value).values() if isinstance(inner, FunctionType))


def _names(code: CodeType) -> Iterator[str]:
    """Yield the names that a function and the functions within it use."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _is_ours(function: FunctionType) -> bool:
    return function.__code__.co_filename.startswith(f"{TESTS}{os.sep}")
