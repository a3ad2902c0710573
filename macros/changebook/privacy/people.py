"""A person's name with a date of birth, in prose, in a table or in a search."""

from __future__ import annotations

import re

from changebook.privacy.dates import BARE, BIRTH, DATE, DEFAULTS
from changebook.privacy.first_names import FIRST_NAMES
from changebook.privacy.rule import Rule
from changebook.privacy.samples import is_of_test_patient, is_placeholder, is_test_name

_LINK = (
    r"""(?:[\s:=*_`"'(,|>/-]|[\\[\]<]|is\b|was\b|value\b|DA\b|wrong\b|listed\b|as\b"""
    r"""|shown\b|now\b|recorded\b|entered\b|on\b|am\b|the\b|of\b){0,10}"""
)
_TOLD = rf"{BIRTH}{_LINK}({DATE})"
_LETTER = "A-Za-z\u00c0-\u024f"
NAME_WORD = rf"[{_LETTER}][{_LETTER}'.-]*"
_MASKED = rf"(?:{NAME_WORD}[,^\s(]{{1,3}}){{0,4}}{_TOLD}(?:[\s,;(]{{1,3}}{NAME_WORD}){{0,3}}"
# The date of birth of Maria Gonzalez is ...
_OF = rf"{BIRTH}\s(?:of|for)\s((?:{NAME_WORD}\s+){{1,4}}?)(?:is|was|as|:|=)[\s:=\"'`]{{1,3}}({DATE})"
_MASKED_BARE = rf"(?:{NAME_WORD}[,\s(]{{1,3}}){{0,3}}{BARE}"

CAP = (
    "(?:(?:de|del|de la|da|dos|van|van der|von|bin|ibn|al|el|la|le|d'|O'|Mc|Mac"
    "|St\\.?)[ -]?)?[A-Z\u00c0-\u00de][\\w\u00c0-\u024f'-]*\\.?"
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Mstr|Master|Dr|Sr|Sra|Herr|Herrn|Frau|Baby|Infant|Sister)"
_CAPITALS = re.compile(
    rf"{CAP}(?:(?:,\s*|\s+){CAP}){{1,3}}|{_TITLE}\.?\s+{CAP}(?:\s+{CAP}){{0,2}}|[A-Za-z'-]+(?:\^[A-Za-z'-]*)+"
)
_PAIR = re.compile(rf"{NAME_WORD}(?:\s+[a-z]\.?)?\s+{NAME_WORD}")
# "lastName": "Gonzalez", given=Maria, surname Gonzalez.
_KEYED = re.compile(
    rf"\b(?:(?:first|last|given|family|middle|full|patient|sur)[-_ ]?name|family|given|[lf]name)\\*[\"']?"
    rf"(?:\s*[:=>]\s*|\s(?:value=)?)\\*[\"'\[]{{0,3}}({NAME_WORD})",
    re.I,
)
_ONE = re.compile(
    rf"\b(?:patient|pt|for|mom|mother|father|baby|name|surname|named|family|last)[\s:=\"'`]{{1,4}}({CAP})", re.I
)
# What may lie between a name and a date of birth: signs, numbers, and words that tell of the same person.
_BESIDE = re.compile(
    r"""(?:[\s,;:.()\[\]/|*_`"'>=&\\-]+|\S*\d\S*"""
    r"|\b(?:who|was|is|were|with|her|his|their|whose|she|he|they|patient|pt|the|a|an|and|has|aged?|age|old"
    r"|years?|yrs?|yo|y/o"
    r"|year-old|male|female|man|woman|boy|girl|f|m|sex|gender|mrn|ssn|nhs|number|no|room|bed|ward|unit|floor"
    r"|from|in|of|at"
    r"|on|full|date|name|named|called|surname|first|last|given|family|jr|sr|dr|id|same|for|to|lives|twins?|baby"
    r"|correct|wrong|as|listed|both)\b)*",
    re.I,
)
# Capitalized words that are no name of a person.
NO_NAME = frozenset(
    "patient lookup search portal registration fhir hl7 pid adt oru record records chart medical center"
    " hospital clinic health"
    " system systems engine interface feed lab laboratory pharmacy radiology date birth of the and number"
    " name first last field"
    " release version update mapping api gateway service desk team queue alert dob mrn ssn nhs id message"
    " messages segment"
    " resource identifier index match matching demographics general memorial regional county state north"
    " south east west"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september"
    " october november december default error code rule rules format value values test mpi empi ehr emr http"
    " json xml yaml csv"
    " if when where no not this that these those use type enter send check ask tell call see note notes"
    " example please what"
    " why how a an in on at for to from with is was are were by or as it its new old all any each every only"
    " before after since"
    " caller callers clerk clerks nurse nurses doctor merge duplicate screen window banner label wristband"
    " box column report"
    " registry registries exchange network data set list table page article handbook form us uk iso british"
    " identity access care safety relations experience flow financial services advocate transport monitoring education"
    " appointment scheduling summary header tracker board station kiosk viewer app mobile web view online management"
    " american level seven windows server software vendor product corporation cutover copyright".split()
)


def _people(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Return each name of a person between `start` and `end`, and whether its first name is a known one."""
    found = []
    for hit in _CAPITALS.finditer(text, start, end):
        words = [word.strip(".,'").lower() for word in re.split(r"[\s,^]+", hit[0]) if word.strip(".,'")]
        # A sentence's first word, or a label, may be taken for one of the name.
        while words and words[0] in NO_NAME:
            words = words[1:]
        while words and words[-1] in NO_NAME:
            words = words[:-1]
        titled = bool(re.match(_TITLE + r"\b", hit[0]))
        if len(words) < 2 or any(word in NO_NAME for word in words):
            continue
        known = titled or not FIRST_NAMES.isdisjoint(words)
        # Words in capitals or with digits are codes, unless one of them is a first name.
        if known or not any(len(word) < 3 or any(sign.isdigit() for sign in word) for word in words):
            found.append((hit.start(), hit.end(), known))
    for hit in _PAIR.finditer(text, start, end):
        at = hit.start()
        first, *_, last = hit[0].lower().split()
        if first in FIRST_NAMES and last not in NO_NAME and len(last) > 2:
            found.append((at, hit.end(), True))
    for hit in _KEYED.finditer(text, start, end):
        if (
            hit[1].lower() not in NO_NAME
            and not is_test_name(hit[1])
            and (hit[1][0].isupper() or not {*'="<>'}.isdisjoint(hit[0]))
        ):
            found.append((*hit.span(1), True))
    for hit in _ONE.finditer(text, start, end):
        if hit[1][0].isupper() and hit[1].lower().strip(".") not in NO_NAME and len(hit[1]) > 2:
            found.append((*hit.span(1), False))
    return found


def is_nobody(text: str, start: int, end: int) -> bool:
    """Return whether the name from `start` to `end` is a test patient's, or there in place of one."""
    return is_test_name(text[start:end]) or is_placeholder(text[start:end]) or is_of_test_patient(text, start)


def _born(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    if DEFAULTS.fullmatch(found[1]):
        return None
    low, high = max(found.start() - 100, 0), min(found.end() + 60, len(text))
    for start, end, known in sorted(_people(text, low, found.start()), reverse=True):
        beside = _BESIDE.match(text, end, found.start())
        near = bool(beside and beside.end() == found.start())
        if (near or (known and "\n\n" not in text[end : found.start()])) and not is_nobody(text, start, end):
            return start, found.end()
    for start, end, known in sorted(_people(text, found.end(), high)):
        beside = _BESIDE.match(text, found.end(), start)
        next_to = known or start - found.end() <= 3
        if next_to and beside and beside.end() == start and not is_nobody(text, start, end):
            return found.start(), end
    return None


def _of_somebody(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    start, end = found.span(1)
    real = any(not is_nobody(text, first, last) for first, last, _ in _people(text, start, end))
    return (start, found.end()) if real and not DEFAULTS.fullmatch(found[2]) else None


def _beside_date(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    if DEFAULTS.fullmatch(found[0]):
        return None
    for start, end, known in sorted(_people(text, max(found.start() - 60, 0), found.start()), reverse=True):
        between = text[end : found.start()]
        beside = _BESIDE.fullmatch(text, end, found.start())
        signs = bool(re.fullmatch(r"[\s,;|(/-]{1,5}", between)) and bool(re.search(r"19\d\d", found[0]))
        if (known or signs) and beside and len(between) <= 25 and not is_nobody(text, start, end):
            return start, found.end()
    for start, end, known in sorted(_people(text, found.end(), min(found.end() + 60, len(text)))):
        if known and re.fullmatch(r"[\s,;|:]{1,4}", text[found.end() : start]) and not is_nobody(text, start, end):
            return found.start(), end
    return None


_ASKED = (
    rf"(?:family|given|name)=([^\s&]{{2,40}})[^\s]{{0,80}}?birth[-_]?date=(?:eq)?({DATE})"
    rf"|birth[-_]?date=(?:eq)?({DATE})[^\s]{{0,80}}?(?:family|given|name)=([^\s&]{{2,40}})"
)


def _asked(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    name, date = found[1] or found[4], found[2] or found[3]
    nobody = is_test_name(name) or is_placeholder(name) or DEFAULTS.fullmatch(date)
    return None if nobody else found.span()


BIRTHS = ("dob", "d.o.b", "d/o/b", "birth", "born", "geb", " b.", "(b.", "b. ", "0010,", "dmg")
WHAT = "a name with a date of birth"
PEOPLE_RULES = (
    Rule("name-and-birth", WHAT, _TOLD, BIRTHS, _born, _MASKED),
    Rule("name-and-birth", WHAT, _OF, BIRTHS, _of_somebody),
    Rule("name-and-birth", WHAT, _ASKED, ("birth",), _asked),
    Rule("name-and-birth", WHAT, BARE, judge=_beside_date, masked=_MASKED_BARE, near="numbers"),
)

# A date of birth without a name: the words around it may say that it is nobody's.
_ALONE = rf"{BIRTH}[\s:=*_`\"'(,|-]{{1,4}}(?:(?:is|was|of|on|the)\s){{0,2}}({DATE})"
_SHOWS_A_FORM = re.compile(
    r"\b(?:formats?|e\.?g|examples?|such|like|samples?|defaults?|placeholder|dummy|test\w*|demo|fictional|synthetic|fake"
    r"|version|release|certificate|expires?|build|treats?|pars\w+|converts?|text|string|get|post)\b"
    r"|\?",
    re.I,
)
_NEW_YEAR = re.compile(r"\d{4}\D?0?1\D?0?1(?!\d)|0?1\D0?1\D\d{2,4}")


def _alone(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    around = text[max(found.start() - 60, 0) : found.start()], text[found.end() : found.end() + 40]
    nobodys = DEFAULTS.fullmatch(found[1]) or _NEW_YEAR.fullmatch(found[1]) or any(map(_SHOWS_A_FORM.search, around))
    return None if nobodys else found.span(1)


BIRTH_RULES = (Rule("birth-date", "a date of birth", _ALONE, BIRTHS, _alone),)
