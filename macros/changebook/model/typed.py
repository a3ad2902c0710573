"""What an author typed in Markdown, without the marks that a page turns into its look.

Only marks that cannot be meant as text are taken for marks: a star that belongs to `HLA-B*57:01` stays. What a page
then does not show of it is lost; see `model.meaning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

FENCE = re.compile(r"(`{3,}|~{3,})[ ]*[\w#.+-]*[ ]*$")
_HEADING = re.compile(r"^#{3,6}[ ]+(?=\S)")
_BULLET = re.compile(r"([ ]*)[-*+][ ]+(?=\S)")
_NUMBERED = re.compile(r"([ ]*)([0-9]+)\.[ ]+(?=\S)")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]*\1){2,}[ ]*$")
_NOTE = re.compile(r'[ ]*!!! (note|tip|warning)(?: "([^"]*)")?[ ]*$')
RULER = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
# What comes before a mark that opens, and behind one that closes; two stars may also touch a stroke or a letter of
# scripts without spaces.
_BEFORE = r"(?:(?<=[\s(\[{\"'\u201c\u2018\u2014\u2013\0])|(?<![\s\S]))"
_BEHIND = r"(?=[\s)\]}\"'\u201d\u2019\u2014\u2013\0]|[.,;:!?](?!\w)|$)"
_WIDE = r"\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
_OPENS = r"[\w\"'(\[\u201c\u2018\0]"
_BOLD = re.compile(
    rf"(?:{_BEFORE}|(?<=[-/{_WIDE}]))(\*\*\*?)(?={_OPENS})((?:[^*]|(?<=\s)\*(?=\s)|\B\*(?=\w)|\*(?=[\s).,;:!?]))*?(?<=[^\s*]))"
    rf"\1(?:{_BEHIND}|(?=[-/({_WIDE}]))"
)
# What is stressed with one star has a small letter: `*00*` and `*ZZ*` are parts of a segment.
_STRESSED = re.compile(rf"{_BEFORE}(\*)(?={_OPENS})((?=[^*]*[^\W\dA-Z_])[^*]*?(?<=[^\s*]))\1{_BEHIND}")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*[^\[\]\s][^\[\]]*)\]\([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*\)")
# The scheme of an image's address until the page is known from which its way to docs/assets/ begins.
ASSET = "cb-asset:"
# An image in docs/assets/, with what it shows for those who do not see it.
IMAGE = re.compile(
    r"!\[([^\[\]\n]*[^\[\]\s][^\[\]\n]*)\]"
    r"\(((?:[A-Za-z0-9_][A-Za-z0-9_.\-]*/)*[A-Za-z0-9_][A-Za-z0-9_.\-]*\.(?:png|jpe?g|gif|webp))\)"
)
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w.-]+)>")
_BLOCK = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^`\n]*\n.*?^[ \t>]*\1[ \t\r]*$", re.M | re.S)
_ADDRESS = re.compile(r"https?://[^\s)>]+")
_BLANKED = re.compile(r"``.*?``|`[^`\n]*`")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
# A backslash that can only be meant to keep a mark: not one of a path, such as `logs\*.hl7`.
_ESCAPE = re.compile(
    rf"{_BEFORE}\\([`*_{{}}\[\]()>#+\-!])|(?<=[0-9.\])>\0*_,;=/+])\\([*_])|(?<=[A-Za-z])\\(?:(\*)(?![./]|\\(?!\*))|(_)(?=[0-9]))"
    r"|(?:(?<=^[0-9])|(?<=^[0-9]{2})|(?<=^[0-9]{3})|(?<=^[0-9]{4}))\\(\.)",
    re.M,
)


def without_code(text: str) -> str:
    """Return `text` with code between back-ticks blanked, which is of any length and may hold every mark."""
    return _BLANKED.sub(lambda code: "x" * len(code[0]), text)


def prose_only(text: str) -> str:
    """Return `text`, also as a file holds it, with code and web addresses blanked; every letter keeps its place."""
    for pattern in (_BLOCK, _ADDRESS) if "```" in text or "~~~" in text or "://" in text else ():
        text = pattern.sub(lambda found: "x" * len(found[0]), text)
    return without_code(text)


def fences(lines: list[str]) -> list[str]:
    """Return for each line what it is of a block of code between fences: "mark", "code", or "" outside of all."""
    open_mark, found = "", list[str]()
    for number, line in enumerate(lines, 1):
        mark = FENCE.match(line)
        if open_mark:
            found.append("mark" if line.rstrip() == open_mark else "code")
            open_mark = "" if found[-1] == "mark" else open_mark
        elif mark and mark[1] in {each.rstrip() for each in lines[number:]}:
            found.append("mark")
            open_mark = mark[1]
        else:
            found.append("")
    return found


def typed_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line of `text`, from 1, and what its page must show of it."""
    lines = text.expandtabs(4).split("\n")
    yield from _without_marks(_Lines(lines).read())


class _Lines:
    """Takes the marks at the beginning of lines; what is code is given with a \\1 before it, as it is."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.fences = fences(lines)
        self.listed = self.code = self.table = False
        self.item = 0  # the indent of the last item
        # The number that the last item at an indent shows, and the one that was written.
        self.last: dict[int, tuple[int, int]] = {}

    def read(self) -> Iterator[tuple[int, str]]:
        """Yield the number and the text of every line that a page shows; an empty text ends a paragraph."""
        for number, line in enumerate(self.lines, 1):
            shown = self._fenced(number, line) or self._coded(number, line) or self._row(number, line)
            yield number, self._line(line) if shown is None else shown

    def _fenced(self, number: int, line: str) -> str | None:
        return {"mark": "\1", "code": f"\1{line}"}.get(self.fences[number - 1])

    def _coded(self, number: int, line: str) -> str | None:
        """Return a line of code by its indent, or nothing; blank lines tell where a list ends."""
        if not line.strip():
            self.table = False
            return None
        before = self.lines[number - 2].strip() if number > 1 else ""
        indent = len(line) - len(line.lstrip())
        if indent < 2 and not before:
            self.listed = False
        least = self.item + 8 if self.listed else 4
        self.code = indent >= least and not _BULLET.match(line) and (self.code or not before)
        if self.code or (_RULE.match(line) and not before):
            return f"\1{line if self.code else ''}"
        return None

    def _row(self, number: int, line: str) -> str | None:
        after = self.lines[number] if number < len(self.lines) else ""
        begins = not self.table and "|" in after and RULER.match(after)
        if "|" not in line or not (self.table or begins):
            return None
        ruler = self.table and RULER.match(line)
        self.table = True
        return "\1" if ruler else _cells(line)

    def _line(self, line: str) -> str:
        if note := _NOTE.match(line):
            self.listed = True
            return note[1].title() if note[2] is None else str(note[2])
        if bullet := _BULLET.match(line):
            self.listed, self.item = True, len(bullet[1])
            return _HEADING.sub("", line[bullet.end() :])
        if item := _NUMBERED.match(line):
            indent, value = len(item[1]), int(item[2])
            shown, written = self.last.get(indent, (0, 0))
            # Whoever writes 1. before every item has them counted.
            counted = shown + 1 if self.listed and value == written == 1 else value
            self.last = {at: pair for at, pair in self.last.items() if at < indent} | {indent: (counted, value)}
            self.listed, self.item = True, indent
            return f"{counted}. {_HEADING.sub('', line[item.end() :])}"
        return _HEADING.sub("", line.lstrip() if self.listed else line)


def _cells(line: str) -> str:
    """Return a row of a table without what parts its cells; within code a stroke is a stroke."""
    kept = _CODE.sub(lambda code: code[0].replace("|", "\2"), line).replace("\\|", "\2")
    return kept.replace("|", " ").replace("\2", "|")


def _without_marks(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines without the marks inside them, which may reach over several lines of a paragraph."""
    block: list[tuple[int, str]] = []
    for number, line in [*lines, (0, "")]:
        if line and not line.startswith("\1"):
            block.append((number, line))
            continue
        if block:
            shown = _inline("\n".join(text for _, text in block)).split("\n")
            yield from zip([at for at, _ in block], shown, strict=True)
            block = []
        if line:
            yield number, line[1:]


def _inline(text: str) -> str:
    """Return the text of a paragraph without its marks; its lines stay lines."""
    held: list[str] = []

    def hold(shown: str) -> str:
        held.append(shown)
        return f"\0{len(held) - 1}\0"

    text = _CODE.sub(lambda code: hold(code[2]), text)
    text = _ESCAPE.sub(lambda escape: hold(escape[escape.lastindex or 0]), text)
    text = _BARE_LINK.sub(lambda link: hold(link[1].removeprefix("mailto:")), text)
    text = IMAGE.sub("", text)
    text = _LINK.sub(lambda link: link[1], text)
    for marks in (_BOLD, _STRESSED):
        while (bare := marks.sub(lambda found: found[2], text)) != text:
            text = bare
    text = "\n".join(" ".join(unescape(line).split("\n")) for line in text.split("\n"))
    return re.sub("\0([0-9]+)\0", lambda found: held[int(found[1])], text)
