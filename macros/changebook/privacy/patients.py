"""Who may be a patient by what they are called: not who works here, nor a place that has the name of somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from changebook.privacy.first_names import FIRST_NAMES, ORDINARY
from changebook.privacy.people import CAP, NO_NAME, is_nobody

_TITLES = "Mr|Mrs|Ms|Miss|Mx|Master|Herr|Frau|Baby(?: [Bb]oy| [Gg]irl)?"
_WHO = rf"(?:\b(?:{_TITLES}|[Pp]atient|PATIENT|[Pp]t|PT)\b\.?:?\s(?:named?\s)?)"
NAMED = (
    rf"(?<![\w'-])(?:{_WHO}?{CAP}(?:,?\s(?:[A-Z]\.?\s)?{CAP}){{1,3}}|\b(?:{_TITLES})\.?\s{CAP}"
    rf"|(?:mrs?|(?<!\d )ms)\.?\s[a-z][a-z'-]{{2,}}"
    rf"|\b(?:for|of|[Pp]atient|pt|mr|mrs|ms)\.?\s[a-z][a-z'-]+\s[a-z][a-z'-]+(?:\s[a-z][a-z'-]+)?)"
)
# With a family's name alone; "miss" and "baby" are words too.
_TITLE_ALONE = re.compile(r"(?:mrs?|ms|mx|herrn?|frau|baby (?:boy|girl))\b", re.I)
_TITLED = re.compile(_WHO, re.I)
_JOBS = (
    r"(?:team|desk|department|dept|lead|manager|director|analyst|engineer|pharmacist|nurse|physician|surgeon|\w+ologist"
    r"|coordinator|specialist|officer|trainer|consultant|doctor|chief|owner|author|clerk|registrar|technician"
    r"|administrator|attending|provider|colleague|vendor|md|rn|do|np|phd|pharmd)\b"
)
# Who works here: a title before the name, what they are or do behind it.
_STAFF_BEFORE = re.compile(
    rf"\b(?:{_JOBS}|dr|prof|professor|sister|contact|page"
    rf"|ask|thanks(?: to)?|regards|by|cc|@)[\s:.,]{{0,3}}(?:(?:mr|mrs|ms)\.?\s)?$",
    re.I,
)
_STAFF_AFTER = re.compile(
    r"(?:\s?[,(\u2013-]\s?|\s(?:is|was|of|from|at|in)\s)(?:(?:the|our|a|an)\s)?"
    rf"(?:(?!(?:by|the|her|his|and)\b)[\w&/-]+\s){{0,3}}?{_JOBS}"
    r"|[\s,]{1,2}(?:of|from|with|at)\s(?:the\s)?(?!(?:ward|bed|room|bay|icu)\b)(?-i:[A-Z])"
    r"|[\s,]{1,2}(?:of|from)\s(?:the\s)?(?:radiology|pharmacy|lab\w*|billing|registration|it|admissions|nursing"
    r"|cardiology|oncology|security|surgery|pathology|imaging|scheduling)\b"
    r"|\s(?:leads|owns|manages|approve[ds]|fixe[ds]|confirm(?:s|ed)|deploy(?:s|ed)|wrote|writes|presents|presented|trains"
    r"|signed|reviewed|maintains|published|built|explains?|teaches|invented|discovered|described)\b",
    re.I,
)
_PLACE = re.compile(
    r"[\s-](?:hospitals?|clinics?|medical|cent(?:er|re)|university|institute|foundation|health\w*|memorial|school|wing"
    r"|building|hall|labs?|laborator\w+|inc|ltd|llc|gmbh|corp|pharma\w*|syndrome|disease|criteria|score|scale|sign|method"
    r"|catheter|tube|stain|position|day|act|award|fund|trust|street|road|avenue|house|river|period|lake|hill)\b"
    r"|'s\s(?:\w+\s){0,2}(?:archive|campus|server|systems?|feeds?|interface|worklist|scanner|network|site|protocol)\b",
    re.I,
)
_END = re.compile(r"[.!?][\"')]?\s+(?=[A-Z])|\n\s*\n|\n\s*[-*+]\s")
_SHORT = re.compile(r"\b(?:\w|Mrs?|Ms|Dr|St|No)$")
_GOES_ON = re.compile(r"(?:he|she|his|her|they|their|patient|pt)\b", re.I)
_REACH = 140


@dataclass(frozen=True)
class Patient:
    """Who may be a patient: where their name is, whether a title says so, and the rest of the sentence."""

    span: tuple[int, int]
    titled: bool
    before: str
    behind: str


def patient_in(text: str, start: int, end: int) -> Patient | None:
    """Return whom the span of a match of `NAMED` names, None where it names nobody, or nobody who need be a patient."""
    title = None
    for title in _TITLED.finditer(text, start, end):
        start = title.end()
    words = [(hit.start(), hit.end(), hit[0]) for hit in re.compile(r"[^\s,]+").finditer(text, start, end)]
    # A sentence's first word may be taken for one of the name, and an abbreviation behind it.
    while words and _plain(words[0]) not in FIRST_NAMES:
        if not (_plain(words[0]) in NO_NAME or (len(words) > 2 and _plain(words[1]) in FIRST_NAMES)):
            break
        words = words[1:]
    while words and (words[-1][2].lower() in NO_NAME or (words[-1][2].isupper() and not words[0][2].isupper())):
        words = words[:-1]
    if not words:
        return None
    start, end = words[0][0], words[-1][1]
    end -= 2 if text[start:end].endswith("'s") else 0
    low = [_plain(word) for word in words]
    if not NO_NAME.isdisjoint(low) or is_nobody(text, start, end) or _PLACE.search(text, start, end):
        return None
    capital = text[start].isupper()
    known = any(word in FIRST_NAMES and (word not in ORDINARY or (capital and start)) for word in low) and len(low) > 1
    alone = title and _TITLE_ALONE.match(title[0])
    by_title = bool(title and (capital or title[0].lower().startswith("m")) and (len(low) > 1 or alone))
    before, behind = _sentence(text, title.start() if title else start, end)
    if not (known or by_title) or _STAFF_BEFORE.search(before) or _STAFF_AFTER.match(behind) or _PLACE.match(behind):
        return None
    return Patient((start, end), bool(title), before, behind)


def _plain(word: tuple[int, int, str]) -> str:
    return word[2].lower().removesuffix("'s").strip(".:")


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what is said before and behind a name in its sentence, and in the next where that goes on about them."""
    before, behind = text[max(start - _REACH, 0) : start], text[end : end + _REACH]
    ends = [found.end() for found in _END.finditer(before) if not _SHORT.search(before[: found.start()])]
    last = _END.search(behind)
    if last and _GOES_ON.match(behind, last.end()):
        last = _END.search(behind, last.end())
    return before[ends[-1] if ends else 0 :], behind[: last.start() if last else None]
