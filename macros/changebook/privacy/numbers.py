"""Numbers of patients: a hospital's own, US social security, and the NHS's with its check digit."""

from __future__ import annotations

import re

from changebook.privacy.rule import Rule
from changebook.privacy.samples import digits_of, is_of_test_patient, is_sample_number

# What may lie between a label and its number: signs, and words that say nothing else.
_SIGNS = r"""(?:[\s:=#.,*_`"'()\[\]|>/-]|%3[AD]|%20)"""
_WORDS = (
    "is|was|are|were|now|the|her|his|their|new|old|wrong|right|correct|other|of|for|no|nr|num|number|id"
    "|reads?|shows?|has|as"
    "|and|to|from|in|on|into|under|with|a|patient|chart|caller|value|wristband|label|says|said|gave|given|entered|typed"
    r"|affected|involved|below|following|first|second|only|used|sent|found|these|those|e\.?g\.?|i\.?e\.?|per"
    "|listed|here|actually|shown|printed|merged|duplicate|this|that|it|both|or|ending|active|scanned|field|got|retired"
)
GAP = rf"(?:{_SIGNS}{{1,5}}(?:{_WORDS})(?![\w])){{0,6}}{_SIGNS}{{0,6}}"
# What a number is that is followed by one of these: a count, a range.
_COUNT = re.compile(
    r"\s*(?:%|(?:rows?|records?|patients|messages?|charts|numbers?|times|a day|per|ms|s|seconds?|minutes?"
    r"|bytes|kb|mb|gb|pages"
    r"|results?|entries|digits?|-?bit|calls|queries|requests|identifiers|mrns|duplicates|merges|results|visits)\b)",
    re.I,
)
# Letters before a number that make it a ticket, an article, a standard or a code.
_NUMBERED = re.compile(
    r"(?:INC|CHG|PRB|REQ|TKT|RITM|TASK|SR|WO|KB|RFC|CRQ|BUG|CVE|ISO|OID|HL|CS|CR|PR|PO|SNOW|REL)-?$", re.I
)
# Whose account, member or case a number is, where it is no patient's.
_FIRM = re.compile(
    r"\b(?:vendor|supplier|customer|support|bank|aws|azure|tenant|cloud|contract|service)(?:'s)?\s$", re.I
)
# Whose numbers are nobody's.
_SAMPLE_SYSTEM = re.compile(r"\bexample\.(?:org|com|net)\b[^?]*$", re.I)
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d\d?-\d\d?-(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_PHONE = re.compile(
    r"(?:phone|tel(?:ephone)?|call|dial|fax|pager|ext|extension|mobile|cell|line|desk|at|\+\d{1,3}|\()\W{0,4}$", re.I
)

STRONG = (
    # In names of fields too: survivingMrn, patient_mrn, medicalRecordNumber.
    r"\b(?:\w{0,24}?M\.?R\.?N(?:[_ -]?(?:value|code|list))?|URN|EMPI|FIN|CSN|HAR"
    r"|(?:medical|med\.?|health|patient|hospital)[\s_-]*rec(?:ord|\.)?s?(?:[\s_-]*(?:numbers?|num\.?|no\.?|nr|id|\#))?"
    r"|M\.?R\.?\s?(?:numbers?|num\.?|no\.?|\#)"
    r"|0010,\s?0020\)?\s(?:LO\b)?"
    r"|(?:\w{0,16}_)?(?:chart|patient|pat\.?|hosp\.?|hospital|unit|record|case\s?notes?|PAS|E?MPI|enterprise|medical|pt|visit"
    r"|account|acct\.?|guarantor|encounter|member|subscriber)[\s_-]*(?:record[\s_-]*|account[\s_-]*|acct\.?\s*)?"
    r"(?:numbers?|num\.?|no\.?|nr\.?|ids?|identifiers?|\#))"
)
ONE = r"(?:[A-Z]{1,3}-?|[B-HJ-Z] )?(?:\d{5,12}[A-Z]?|\d{2,4}(?:[ -]\d{2,5}){1,3})(?![\w])"
# Whatever is said of a label's number, and then the number.
_SAID = r"[^\d\n.;:]{0,40}?(?:\b(?:is|was|are|were)\b|[:=#])\s{0,2}"
_MRN = (
    rf"(?:{STRONG})s?(?:\s?\([A-Za-z ]{{2,20}}\)|\sat\s\w+:)?(?:{GAP}|{_SAID})({ONE})"
    rf"((?:\s?(?:,|;|/|&|and|or|to|into|with|->)\s?(?:MRN )?{ONE}){{0,20}})"
)
_PATIENT = r"\b(?:patient|pt|chart|charts|pts|patients)(?:'s)?[\s:#(\"'`]{1,3}((?:[A-Z]{1,2})?\d{6,10})(?![\w.-]?\w)"
# The number first: 4471902 (MRN), 4471902 is her MRN.
_BEFORE = (
    r"(?<![\w.-])(\d{6,10})[\s,(]{1,3}(?:as |is |was |\()?(?:the |her |his |their |a |wrong |right |correct )*"
    r"(?:MRNs?|(?:medical record|chart|hospital|patient) (?:number|no\.?|id)s?)\b(?!\s*[A-Za-z])"
)
# A number, and in brackets or behind "is her" what it is: 412 55 8093 (SSN).
_CALLED = r"[\s,(\[-]{1,3}(?:(?:is|was|as|the|her|his|their|a|patient's|full|valid)\s){0,3}"
_SSN = r"(?<![\w.-])(?:\d{3}-\d{2}-\d{4})(?![\w-])"
_SSN_TOLD = (
    rf"\b(?:REF\WSY|\w{{0,16}}SSNs?|SS\s?\#|SS\s(?:no|num|number)|soc\.?\s?sec\w*|social(?:\s+security)?(?:\s+(?:numbers?|num|no"
    rf"|\#))?){GAP}(\d{{3}}[ .-]?\d{{2}}[ .-]?\d{{4}})(?!\d)"
)
_SSN_CALLED = rf"(?<![\w.-])(\d{{3}}[ .-]?\d{{2}}[ .-]?\d{{4}}){_CALLED}(?:SSN|social)\b"
_LAST_FOUR = (
    r"\b(?:last (?:4|four)(?: digits)? of (?:the|her|his|their)?\s?(?:SSN|social(?: security)?(?: number)?)"
    r"|(?:SSN|social(?: security)?(?: number| \#)?) (?:ending|ends)(?: in| with)?)(?:\s(?:is|are|was|as))?"
    r"[\s:=\"'`]{1,3}(\d{4})(?![\w-])"
)
_NHS = r"(?<![\w+.-])\d{3} \d{3} \d{4}(?![\w-])"
_NHS_TOLD = rf"\b(?:NHS|patient|pt)(?:{_SIGNS}{{0,3}}(?:numbers?|num|no|id|\#))?{GAP}((?:\d[ -]?){{9}}\d)(?!\d)"
# Where the NHS, or the arc of its numbers, is named beside ten digits, the check digit tells.
_TEN = r"(?<![\w.-])(\d{3}[ +-]?\d{3}[ +-]?\d{4})(?![\w-])"
_NHS_BESIDE = rf"(?:\bNHS|113883\.2\.1\.4\.1\b)[^\n]{{0,60}}?{_TEN}|{_TEN}[^\n]{{0,60}}?\bNHS"
# Printed as samples for decades: in wallets, in an advertisement, in every handbook.
_SAMPLE_SSN = {"078051120", "219099999", "123456789", "111223333"}


# The letters of Medicare leave out those that look like digits; a number has its kinds of signs in a fixed order.
_L, _LD = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
_MBI = rf"(?<![\w-])[1-9]{_L}{_LD}\d([ -]?){_L}{_LD}\d\1{_L}{_L}\d\d(?![\w-])"
# On the card that Medicare shows.
_SAMPLE_MBI = {"1EG4TE5MK72", "1EG4TE5MK73"}


def mbi(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Judge what looks like a Medicare number."""
    number = re.sub(r"[ -]", "", found[0]).upper()
    return None if number in _SAMPLE_MBI or is_of_test_patient(text, found.start()) else found.span()


def has_nhs_check_digit(digits: str) -> bool:
    """Return whether ten digits are an NHS number: the last one is right, and the NHS may issue it (not 999...)."""
    if len(digits) != 10 or digits.startswith("999"):
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def mrn(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Judge what looks like a hospital's own number."""
    # Numbers that go on a list of them go with the first.
    start, end = found.start(1), found.end(found.lastindex or 1)
    number, letters = found[1], re.split(r"[\d -]", found[1])[0]
    digits = digits_of(number)
    if not 5 <= len(digits) <= 12 or (not number[len(letters) :].lstrip("- ").isdigit() and len(digits) < 6):
        return None
    if _DATE.fullmatch(number) or _NUMBERED.match(letters) or _COUNT.match(text, end) or is_sample_number(digits):
        return None
    if _FIRM.search(text, max(found.start() - 20, 0), found.start()):
        return None
    if is_of_test_patient(text, start) or _SAMPLE_SYSTEM.search(text, max(start - 60, 0), start):
        return None
    return start, end


def ssn(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Judge what looks like a social security number."""
    start, end = found.span(found.lastindex or 0)
    digits = digits_of(text[start:end])
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    never = area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000"
    if never or digits in _SAMPLE_SSN or len(set(digits)) == 1 or is_of_test_patient(text, start):
        return None
    return start, end


def nhs(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Judge what looks like an NHS number."""
    start, end = found.span(found.lastindex or 0)
    digits = digits_of(text[start:end])
    told = bool(found.lastindex)
    if not told and _PHONE.search(text, max(start - 16, 0), start):
        return None
    if not has_nhs_check_digit(digits) or len(set(digits)) == 1 or is_of_test_patient(text, start):
        return None
    return start, end


A_NUMBER = "a medical record number"
NUMBER_RULES = (
    Rule("ssn", "a social security number", _SSN, judge=ssn, near="numbers"),
    Rule("ssn", "a social security number", _SSN_TOLD, judge=ssn, near="numbers"),
    Rule("ssn", "a social security number", _SSN_CALLED, judge=ssn, near="numbers"),
    Rule("ssn", "a social security number", _LAST_FOUR, ("ssn", "social")),
    Rule("nhs-number", "an NHS number", _NHS_BESIDE, judge=nhs, near="numbers"),
    Rule("nhs-number", "an NHS number", _NHS_TOLD, judge=nhs, near="numbers"),
    Rule("nhs-number", "an NHS number", _NHS, judge=nhs, near="numbers"),
    Rule(
        "medicare-number", "a Medicare number", _MBI, ("mbi", "medicare", "beneficiary", "hic", "member", "insur"), mbi
    ),
    Rule("mrn", "a medical record number", _MRN, judge=mrn, near="numbers"),
    Rule("mrn", "a medical record number", _BEFORE, judge=mrn, near="numbers"),
    Rule("mrn", "a medical record number", _PATIENT, judge=mrn, near="numbers"),
)
