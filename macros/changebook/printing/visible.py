"""Text from outside, made safe to print: nothing in it can act on a terminal, hide, or begin a line of its own."""

from __future__ import annotations

import re
import unicodedata

# Joiners show what they do: Persian is written with one, and many emoji with the other.
_JOINERS = "\u200c\u200d"
_ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_PLAIN = re.compile(r"[ -~]*")


def visible(text: str) -> str:
    """Return `text` as one line in which every character that acts or hides is written out, such as `\\x1b`.

    These are controls and line ends, marks that turn text round, lone surrogates and unassigned characters.
    A byte of a file name that is not UTF-8 becomes `\\xff`. What is visible already stays as it is.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_visible, text))


def _visible(letter: str) -> str:
    if unicodedata.category(letter) not in _ACTING or letter in _JOINERS:
        return letter
    code = ord(letter)
    # Python keeps a byte that is no text in a file name as one of these.
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    if letter in _NAMED:
        return _NAMED[letter]
    width, mark = (2, "x") if code < 0x100 else (4, "u") if code < 0x10000 else (8, "U")
    return f"\\{mark}{code:0{width}x}"
