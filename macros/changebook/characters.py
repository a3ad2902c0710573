"""Characters that nobody sees, or that turn text around: a reviewer would not see what is published.

What is refused: controls, what Unicode 16 calls default ignorable (DerivedCoreProperties.txt), line ends other
than LF and CRLF, private use, noncharacters, lone surrogates, blank letters, and the marks of lost text. What is
allowed of the ignorable: a joiner where a script or an emoji needs it, and the variation selector of an emoji.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Marks that stack on a letter, and how many of them one letter may carry: more than any language writes.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e34-\u0e3a\u0e47-\u0e4e\u0eb4-\u0ebc"
    "\u0ec8-\u0ece\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_STACKED = 8
_JOINED = (
    "\u0600-\u06ff\u0710-\u074f\u0750-\u077f\u0860-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f"
    "\u1780-\u17b3\u17b6-\u17ff\u1800-\u180a\u1820-\u18af\u1b00-\u1b7f\ua840-\ua87f\ua8e0-\ua8ff\U00011000-\U00011fff"
)
_EMOJI = "\u00a9\u00ae\u203c\u2049\u20e3\u2122-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_SELECTED = f"{_EMOJI}0-9#*"
_REFUSED = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2028\u2029\u2800\ufffc\ufffd"
    "\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(15) for last in (0xFFFE, 0xFFFF))
)
_HIDDEN = re.compile(
    f"[{_REFUSED}]"
    r"|\r(?!\n)"
    f"|\u200c(?:(?<![{_JOINED}]\u200c)|(?![{_JOINED}]))"
    f"|\u200d(?:(?<![{_EMOJI}{_JOINED}\ufe0f]\u200d)|(?![{_EMOJI}{_JOINED}]))"
    f"|[\ufe0e\ufe0f](?<![{_SELECTED}][\ufe0e\ufe0f])"
    f"|(?<=[{_MARKS}]{{{_STACKED}}})[{_MARKS}]"
)
# What programs and web pages put in place of what a keyboard has, and letters that are not an ASCII one with an accent.
_TYPED = {
    **{"\u00df": "ss", "\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L", "\u00e6": "ae", "\u00c6": "Ae"},
    **{"\u0153": "oe", "\u0152": "Oe", "\u0111": "d", "\u0110": "D", "\u00f0": "d", "\u00fe": "th", "\u0131": "i"},
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    "\u2026": "...",
    # Letters of Cyrillic that look like ones of ASCII.
    **dict(zip("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458", "aeopcyxij", strict=True)),
    **dict(zip("\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425", "ABEKMHOPCTX", strict=True)),
    # Letters of Greek that do.
    **dict(
        zip(
            "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd",
            "ABEZHIKMNOPTYXov",
            strict=True,
        )
    ),
    "\u00d7": "x",
}
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SHOWN = 60


def hidden_in(text: str) -> re.Match[str] | None:
    """Return the first character of `text` that cannot be seen or turns text around, or None.

    Of marks stacked on one letter it is the first one too many.
    """
    return None if text.isascii() and text.isprintable() else _HIDDEN.search(text)


def places_of_hidden(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each such character of `text` with its line and column, both from 1; the first of each line."""
    for number, line in enumerate(text.split("\n"), 1):
        # The half of a line end that is left here is none.
        if found := hidden_in(line.removesuffix("\r")):
            yield number, found.start() + 1, found[0]


def called(character: str) -> str:
    """Return a character as people look it up: `U+00A0 (NO-BREAK SPACE)`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def on_a_keyboard(character: str) -> str:
    """Return what to type in place of a character that is not ASCII, or "" when nothing is alike."""
    if character in _TYPED:
        return _TYPED[character]
    if unicodedata.category(character) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return plain or str(unicodedata.decimal(character, ""))


def pasted_words(character: str) -> str:
    """Return what is wrong with a character that a program put where YAML or a value needs a plain one."""
    typed = on_a_keyboard(character)
    remedy = f"type {'a space' if typed == ' ' else typed} instead" if typed else "leave it out"
    return f"{called(character)} does not belong here; {remedy}"


def clipped(text: str) -> str:
    """Return `text` cut after 60 characters, as a message has room for it."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def shown(text: str) -> str:
    """Return `text` in quotes as a message shows it: what is not printable escaped, cut after 60 characters."""
    return repr(clipped(text))
