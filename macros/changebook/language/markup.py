"""The texts in a template: read from its markup, so that a template holds English and nothing else.

A text is what is between two tags or statements, or the value of an attribute that people read. What a template puts in
is a number in braces: `Starts {1}`; so the words of a language may come in its own order. A string in an expression is
a text where it begins with a capital letter or holds a space, or where `_` is asked for it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import jinja2

# The attributes whose values people read or hear.
_READ = frozenset({"alt", "aria-label", "data-cb-asof", "data-cb-made", "data-h", "data-label", "placeholder", "title"})
# What is inside of these is for machines, or is said word for word.
_VERBATIM = frozenset({"code", "kbd", "script", "style"})
_ATTRIBUTE = re.compile(r'([\w-]+)="$')
_TAG = re.compile(r"<(/?)([\w-]+)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NUMBER = re.compile(r"\{(\d+)\}")
_QUOTED = re.compile(r"“.*”")
_SPACE = re.compile(r"\s+")
# What is no text: classes, attributes, addresses, patterns, commands.
_NO_TEXT = re.compile(r"cb-|data-|[=<>{}#_]|%[^s]|(?<![A-Za-z])/|/(?![a-z])|^ ?[a-z0-9]+-[a-z-]+$|^changebook ")
_ATTRIBUTES = re.compile(r"^[\w-]+=|^data-")
_COMPARED = ("==", "!=", "in", "is", "|")
_LEXER = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)

_Say = Callable[[str], str]


@dataclass
class _Run:
    """A text as it is being read: words, and expressions between them."""

    items: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, text: str, *, is_expression: bool = False) -> None:
        if self.items and not is_expression and not self.items[-1][1]:
            self.items[-1] = (self.items[-1][0] + text, False)
        else:
            self.items.append((text, is_expression))

    def message(self) -> tuple[str, list[str], str, str]:
        """Return the text with numbers for its expressions, those, and the space before it and after it."""
        expressions = [item for item, is_expression in self.items if is_expression]
        numbers = iter(range(1, len(expressions) + 1))
        whole = "".join(f"{{{next(numbers)}}}" if is_expression else item for item, is_expression in self.items)
        core = whole.strip()
        start = whole.index(core) if core else 0
        return _SPACE.sub(" ", core), expressions, whole[:start], whole[start + len(core) :]


def translated(source: str, say: _Say) -> str:
    """Return a template's source with each of its texts as `say` has it."""
    return "".join(_written(source, say))


def _written(source: str, say: _Say) -> Iterator[str]:
    run, place, read, tag, verbatim = _Run(), "text", False, "", ""
    for kind, value in _pieces(source, say):
        if kind != "data":
            speaking = (place == "text" and not verbatim) or (place == "value" and read)
            if kind == "expression" and speaking:
                run.add(value, is_expression=True)
                continue
            yield from (_said(run, say), value)
            run = _Run()
            tag += "x" if place != "text" else ""
            continue
        for letter in value:
            if place == "text" and letter == "<":
                yield _said(run, say)
                run, place, tag = _Run(), "tag", letter
                yield letter
            elif place == "tag":
                tag += letter
                yield letter
                if letter == ">":
                    place = "text"
                    if (named := _TAG.match(tag)) and named[2] in _VERBATIM:
                        verbatim = "" if named[1] else named[2]
                elif letter == '"':
                    place, name = "value", _ATTRIBUTE.search(tag)
                    read = bool(name) and name[1] in _READ  # type: ignore[index]
            elif place == "value" and letter == '"':
                yield _said(run, say)
                run, place = _Run(), "tag"
                tag += letter
                yield letter
            elif (place == "value" and not read) or verbatim:
                yield letter
            else:
                run.add(letter)
    yield _said(run, say)


def _said(run: _Run, say: _Say) -> str:
    message, expressions, before, after = run.message()
    if not (_LETTERS.search(_NUMBER.sub("", message)) or _QUOTED.search(message)) or _ATTRIBUTES.match(message):
        return "".join(item for item, _ in run.items)
    new = say(message)
    if new == message:
        return "".join(item for item, _ in run.items)
    return before + _NUMBER.sub(lambda number: expressions[int(number[1]) - 1], new) + after


def _pieces(source: str, say: _Say) -> Iterator[tuple[str, str]]:
    """Yield each stretch of a template: data, an expression or a statement, with the texts in their strings said."""
    inside: list[tuple[str, str]] = []
    for _, kind, value in _LEXER.lex(source):
        if kind == "data":
            yield kind, value
            continue
        inside.append((kind, value))
        if kind in ("variable_end", "block_end", "comment_end", "raw_end"):
            name = "expression" if kind == "variable_end" else "statement"
            yield name, _inner(inside, say)
            inside = []


def _inner(tokens: list[tuple[str, str]], say: _Say) -> str:
    words = [at for at, (kind, _) in enumerate(tokens) if kind != "whitespace"]
    new = [value for _, value in tokens]
    for place, at in enumerate(words):
        kind, value = tokens[at]
        if kind != "string":
            continue
        before = [tokens[words[one]][1] for one in (place - 1, place - 2) if one >= 0]
        behind = tokens[words[place + 1]][1] if place + 1 < len(words) else ""
        if (
            before[0] in _COMPARED
            or before[::-1] == ["_", "("]
            or behind == ":"
            or "plural" in (tokens[words[max(0, place - back)]][1] for back in (2, 4))
        ):
            continue
        text = str(ast.literal_eval(value))
        core = text.strip()
        if not _LETTERS.search(core) or _NO_TEXT.search(text) or not (core[0].isupper() or " " in text):
            continue
        if (said := say(core)) != core:
            new[at] = repr(text.replace(core, said))
    whole = "".join(new)
    if tokens[0][0] != "variable_begin":
        return whole
    # What an expression does to the space around it was done when its template was read.
    return f"{{{{ {whole.strip()[2:-2].strip('-').strip()} }}}}"
