"""The texts in a script: its strings, in quotes or in backticks, that begin with a capital letter or hold a space, and
what is in quotes behind the comment `/* said */`, or `/* said: of a row */` where that tells it from another text.

What a string in backticks puts in is a number in braces, as in a template. Strings in its expressions are texts too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from changebook.language.catalog import ENGLISH
from changebook.language.spoken import gettext, short_names, spoken

# A comment, a string in quotes, or the beginning of one in backticks. Single quotes hold markup.
_TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`""")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# What is no text: selectors, classes, attributes, addresses, code, a list of words.
_NO_TEXT = re.compile(
    r"cb-|data-|[\[\]#=<>_]|^[.,]?[a-z]+[.:]|\.json|use strict|^\((?:prefers|hover)|^[a-z]+, [a-z]+$"
    r"|^(?:Arrow\w+|Ctrl|Enter|Esc|Escape|NFKD|THEAD)$"
)
_MARK = re.compile(r"/\* said(?:: ([^*]+))? \*/ $")
_REMARK = re.compile(r"^ *//.*\n", re.M)
_NUMBER = re.compile(r"\{(\d+)\}")

_Translate = Callable[[str], str]


def spoken_script(source: str) -> str:
    """Return a script in the language that is spoken now, without its comments: they are a fifth of what is fetched."""
    said = _REMARK.sub("", source)
    if spoken() == ENGLISH:
        return said
    names = short_names()
    return script_in(said, lambda text: names.get(text) or gettext(text))


def one_script(scripts: Mapping[str, str], *first: str) -> str:
    """Return scripts as one, in the order of their names, after what comes `first`.

    A block each: the names in one are not seen by another, nor by other scripts of the page.
    """
    blocks = [f"{{\n{scripts[name]}}}" for name in sorted(scripts)]
    return "\n".join(['"use strict";', *first, *blocks, ""])


def script_in(source: str, say: _Translate) -> str:
    """Return a script with each of its texts as `say` has it."""
    new, at = [], 0
    while found := _TOKEN.search(source, at):
        new.append(source[at : found.start()])
        token, at = found[0], found.end()
        if token == "`":
            written, at = _template(source, at, say)
            new.append(written)
        elif token[0] == '"' and (mark := _MARK.search(source, max(0, found.start() - 60), found.start())):
            text = json.loads(token)
            new.append(json.dumps(say(f"{text}|{mark[1]}" if mark[1] else text), ensure_ascii=False))
        else:
            new.append(_quoted(token, say) if token[0] == '"' else token)
    return "".join([*new, source[at:]])


def _quoted(token: str, say: _Translate) -> str:
    text = json.loads(token)
    said = _said(text, say)
    return token if said == text else json.dumps(said, ensure_ascii=False)


def _template(source: str, at: int, say: _Translate) -> tuple[str, int]:
    """Return a string in backticks that begins before `at`, as it is said, and where it ends."""
    text, inside = "", []
    while source[at] != "`":
        if source.startswith("${", at):
            end = _end_of_braces(source, at + 2)
            inside.append(script_in(source[at + 2 : end], say))
            text, at = f"{text}{{{len(inside)}}}", end + 1
        else:
            text, at = text + source[at], at + 1
    said = _said(text, say)
    return f"`{_NUMBER.sub(lambda number: f'${{{inside[int(number[1]) - 1]}}}', said)}`", at + 1


def _end_of_braces(source: str, at: int) -> int:
    depth = 0
    while depth or source[at] != "}":
        depth += {"{": 1, "}": -1}.get(source[at], 0)
        at = _template(source, at + 1, str)[1] if source[at] == "`" else at + 1
    return at


def _said(text: str, say: _Translate) -> str:
    core = text.strip()
    words = _NUMBER.sub("", core)
    if not _LETTERS.search(words) or _NO_TEXT.search(text) or not (core[0].isupper() or " " in text):
        return text
    said = say(core)
    return text if said == core else text.replace(core, said)
