"""Tables that other programs export, as text: what their bytes say, where the headings are, what separates cells."""

from __future__ import annotations

import re

# What separates cells: a spreadsheet writes the mark of its country.
_MARKS = ",;\t"
# What stands above the headings: lines without a word, and the one that tells Excel what separates cells.
_ABOVE = re.compile(r"(?:[ \t,;]*\r?\n)*(?:sep=(.)[ ,;]*\r?\n)?(?:[ \t,;]*\r?\n)*", re.I)


def exported_text(data: bytes) -> str:
    """Return what an export says: UTF-8, UTF-16 with its mark, else what Windows writes in the West."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def headings_at(text: str) -> tuple[int, str]:
    """Return where in a table its line of headings begins, and what separates its cells."""
    above = _ABOVE.match(text)
    start, said = (above.end(), above[1]) if above else (0, None)
    return start, said or max(_MARKS, key=text[start:].partition("\n")[0].count)
