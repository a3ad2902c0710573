"""The messages that the package can print, read from its source: each text with a space in it, as a pattern."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from conftest import ROOT

# What these are given is a pattern, a list of words, a field's description, or for developers.
NO_MESSAGES = ("compile", "split", "fullmatch", "search", "match", "sub", "field", "Shape", "AssertionError")
PACKAGE = ROOT / "macros" / "changebook"


@dataclass(frozen=True)
class Template:
    """A text in the source: its module and line, the text with `{}` for what is filled in, and its pattern."""

    where: str
    text: str
    pattern: re.Pattern[str]


def templates(module: str) -> Iterator[Template]:
    """Yield the messages of a module or package, such as `checks` or `loading`."""
    files = sorted((PACKAGE / module).rglob("*.py")) or [PACKAGE / f"{module}.py"]
    for file in files:
        for node in _texts(ast.parse(file.read_text("utf-8"))):
            text, pattern = _parts(node)
            # A text of one word is an id or a key.
            if " " in text.strip():
                where = f"{file.relative_to(PACKAGE).as_posix()}:{node.lineno}"
                yield Template(where, text, re.compile(pattern, re.S))


def _texts(tree: ast.AST, *, in_function: bool = False) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield the texts below `tree` that may be shown: no docstring, pattern or split list of words; outside of a
    function only what says what is wrong and what to do.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in NO_MESSAGES:
            continue
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            if in_function or "; " in _parts(node)[0]:
                yield node
            continue
        inside = in_function or isinstance(node, ast.FunctionDef | ast.Lambda)
        yield from _texts(node, in_function=inside)


def _parts(node: ast.Constant | ast.JoinedStr) -> tuple[str, str]:
    """Return a text with `{}` for what is filled in, and the pattern of what it becomes."""
    text, pattern = "", ""
    for part in node.values if isinstance(node, ast.JoinedStr) else [node]:
        if isinstance(part, ast.Constant):
            text += str(part.value)
            pattern += re.escape(str(part.value))
        else:
            text += "{}"
            pattern += ".+"
    return text, pattern
