"""Dates of birth: how they are written, how they are called, and which are nobody's."""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|m\u00e4r|mai|okt|dez)[a-z]{0,6}\.?"
_YEAR = r"(?:(?:18|19|20)\d\d|'?\d\d)"
DATE = (
    r"(?:(?:18|19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?[ /.-]?(?:of )?{_MONTH}[ ,/.-]{{0,2}}{_YEAR}"
    rf"|{_MONTH}[ /.-]\d{{1,2}}(?:st|nd|rd|th)?[ ,/.-]{{1,2}}{_YEAR}"
    rf"|(?:18|19|20)\d\d[ /.-]{_MONTH}[ /.-]\d{{1,2}}"
    r"|(?:18|19|20)\d{6}(?:\d{4}|\d{6})?|[01]\d[0-3]\d(?:19|20)\d\d)(?:(?=T\d)|(?![\w]))"
)
BIRTH = (
    r"(?:\b(?:\w{0,20}?(?:d\.?o\.?b\b\.?|birth[-_ ]?(?:date|day|time|dt)\b|date[-_ ]?of[-_ ]?birth\b)"
    r"|d/o/b\b|born\b|b\.|geb\.|geboren\b|geburtsdatum\b)"
    r"|0010,\s?0030\)?|\bDMG\WD8\b)"
)
_BIRTH_YEAR = r"(?:19\d\d|200\d|201[0-4])"
BARE = (
    rf"\b(?:{_BIRTH_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_BIRTH_YEAR}"
    rf"|\d{{1,2}}/\d{{1,2}}/[3-9]\d|{_BIRTH_YEAR}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?[ -]?(?:of )?{_MONTH}[ ,-]{{0,2}}{_BIRTH_YEAR}"
    rf"|{_MONTH}[ -]\d{{1,2}}(?:st|nd|rd|th)?[ ,-]{{1,2}}{_BIRTH_YEAR})(?![\w])"
)
DEFAULTS = re.compile(
    r"(?:18\d\d|1900|1901|1970|2000)\D?0?1\D?0?1|0?1\D0?1\D(?:18\d\d|1900|1901|1970|2000)|0101(?:1900|1901|1970|2000)"
)
