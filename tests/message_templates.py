"""The messages that the package can print, read from its source: each text with a space in it, as a pattern."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conftest import ROOT

# What these are given is a pattern, a list of words, a field's description, or for developers.
NO_MESSAGES = ("compile", "split", "fullmatch", "search", "match", "sub", "field", "Shape", "AssertionError")
# What a text of a catalog is filled in with, such as `{name!r}` or `{day:%H:%M}`.
_BLANK = re.compile(r"\{[a-z_]\w*(?:![ras])?(?::[^{}]*)?\}")
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
            forms = [_parts(one) for one in node.args[1:]] if isinstance(node, ast.Call) else [_parts(node)]
            text, pattern = forms[0][0], "|".join(pattern for _text, pattern in forms)
            # A text of one word is an id or a key.
            if " " in text.strip():
                where = f"{file.relative_to(PACKAGE).as_posix()}:{node.lineno}"
                yield Template(where, text, re.compile(pattern, re.S))


def _texts(tree: ast.AST, *, in_function: bool = False) -> Iterator[Any]:
    """Yield the texts below `tree` that may be shown: no docstring, pattern or split list of words; outside of a
    function only what says what is wrong and what to do.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in NO_MESSAGES:
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "plural":
            yield node  # one of the two is said
            continue
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            if in_function or "; " in _parts(node)[0]:
                yield node
            continue
        inside = in_function or isinstance(node, ast.FunctionDef | ast.Lambda)
        yield from _texts(node, in_function=inside)


def _parts(node: Any) -> tuple[str, str]:
    """Return a text with `{}` for what is filled in, and the pattern of what it becomes."""
    text, pattern = "", ""
    for part in node.values if isinstance(node, ast.JoinedStr) else [node]:
        pieces = _BLANK.split(str(part.value)) if isinstance(part, ast.Constant) else ["", ""]
        text += "{}".join(pieces)
        pattern += ".+".join(map(re.escape, pieces))
    return text, pattern
