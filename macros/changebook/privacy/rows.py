"""Private data in rows: in a table, in comma-separated values, in a claim of X12."""

from __future__ import annotations

import re

from changebook.privacy.columns import head, in_column, rows, under
from changebook.privacy.dates import DATE, DEFAULTS
from changebook.privacy.numbers import A_NUMBER, ONE, STRONG, mrn, nhs, ssn
from changebook.privacy.people import BIRTHS, NAME_WORD, WHAT
from changebook.privacy.rule import Judge, Rule
from changebook.privacy.samples import is_placeholder, is_test_name
from changebook.privacy.secrets import MIXED, SECRET, labeled

# The subscriber or patient of a claim: NM1*IL*1*CHEN*ROBERT****MI*W265514446.
_SUBSCRIBER = r"\bNM1\W(?:IL|QC|74)\W1\W[^\n~]{0,80}?\W(?:MI|MR|II|SY|34)\W([A-Z]{0,3}\d{5,12})\b"
# A claim: NM1*QC*1*CHEN*ROBERT ... DMG*D8*19610512.
_CLAIM = rf"\bNM1(\W)(?:IL|QC|74)\W1\W([^*~|^]{{2,40}})\W[^\n]{{2,200}}?(?:\n[^\n]{{0,200}}?){{0,5}}\bDMG\WD8\W({DATE})"


def _claim(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if is_test_name(found[2]) or is_placeholder(found[2]) else (found.start(2), found.end())


_NAME_HEAD = re.compile(r"\b(?:\w*name|patient|family|given|first|last)\b", re.I)
_BIRTH_HEAD = (
    r"(?:\w{0,16}?[ _])?(?:dob|d\.o\.b\.?|birth[ _-]?dat[ae]|birthdate|date[ _-]?of[ _-]?birth|dateofbirth|born)"
)


def _row(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Return the rows of a table in which a name's column has a name, and another a date."""
    heads, *others = list(rows(text, found)) or [[]]
    names = [at for at, (start, end) in enumerate(heads) if _NAME_HEAD.search(text, start, end)]
    spans = []
    for cells in others:
        named = [text[slice(*cells[at])].strip(" \"'") for at in names if at < len(cells)]
        real = [
            name for name in named if re.match(NAME_WORD, name) and not is_test_name(name) and not is_placeholder(name)
        ]
        dates = [text[slice(*cell)].strip(" \"'") for cell in cells]
        if real and any(re.fullmatch(DATE, date, re.I) and not DEFAULTS.fullmatch(date) for date in dates):
            spans.append((cells[0][0], cells[-1][1]))
    return (spans[0][0], spans[-1][1]) if spans else None


_COLUMNS: tuple[tuple[str, str, str, str, tuple[str, ...], Judge], ...] = (
    ("mrn", A_NUMBER, STRONG, ONE, ("mrn", "record", "chart", "patient"), mrn),
    ("ssn", "a social security number", r"SSN|social(?: security(?: number)?)?", r"\d{9}", ("ssn", "social"), ssn),
    ("nhs-number", "an NHS number", r"NHS(?:[ _](?:number|no\.?|id))?", r"(?:\d[ -]?){9}\d", ("nhs",), nhs),
)
_SECRETS = r"pass(?:word|wd|phrase|code)?|pwd|(?:client )?secret|(?:access )?token|api[ _]?key"
_CELL = r"[^\s|,;()]{5,}"
_HINTS = ("pass", "pwd", "secret", "token", "key")
ROW_RULES = (
    Rule("mrn", A_NUMBER, _SUBSCRIBER, ("nm1",), mrn),
    Rule("name-and-birth", WHAT, _CLAIM, ("nm1",), _claim),
    Rule("name-and-birth", WHAT, head(_BIRTH_HEAD), BIRTHS, _row, under(_BIRTH_HEAD, DATE)),
    *(
        Rule(name, what, head(label), hints, in_column(cell, judge), under(label, cell))
        for name, what, label, cell, hints, judge in _COLUMNS
    ),
    Rule(
        "password",
        SECRET,
        head(_SECRETS),
        _HINTS,
        in_column(_CELL, labeled),
        under(_SECRETS, MIXED),
        secret=True,
    ),
)
