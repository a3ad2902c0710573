"""What systems say of a patient: a PID segment of HL7 v2, a Patient of FHIR."""

from __future__ import annotations

import re

from changebook.privacy.first_names import FIRST_NAMES
from changebook.privacy.rule import Rule
from changebook.privacy.samples import digits_of, is_of_test_patient, is_placeholder, is_sample_number, is_test_name

# With whatever separator its sender chose, at the beginning of a line, of a text, or behind an escaped line end.
_PID = r"(?:(?<![A-Za-z0-9|^~&])|(?<=\\[rn])|(?<=0[dDaA]))(?:PID|MRG|NK1|GT1|IN1)([^\w\s.:='\"()`-]|\t)(?! )[^\r\n]*"
# As a query asks, and as XML has it: @PID.5.1^CHEN, <PID.5><XPN.1>CHEN.
_QUERY = (
    r"(?:@PID\.(?:3|5|7|11|13|18|19)(?:\.\d+)*\^|<(?:PID\.(?:2|3|4|5|7|13|18|19)(?:\.\d+)?|CX\.1|FN\.1|XPN\.[12])>)"
    r"([^\s~|^&\"'<]{2,})"
)
_FIELD = (
    r"\bPID[-.](?:2|3|4|5|11|13|18|19|20)(?:\.\d+)?\b(?:[\s:=*_`\"'(]|is\b|was\b|holds\b|has\b|reads\b"
    r"|shows\b){1,8}([A-Za-z]?\d{5,}\w*[\^~]?[^\s`\"']*|[A-Za-z'-]{2,}\^[A-Za-z^'-]+)"
)
_PATIENT = (
    r"(?:resourceType\\*[\"']?[\s:=]{1,4}\\*[\"']?Patient\b|<Patient\b"
    r"|\bcode\\*[\"']?[\s:=]{1,4}\\*[\"'](?:MR|SS|NH|MC)\\*[\"'])"
)
_VALUE = re.compile(r"(?:\b(?:value|id)\b\\*[\"']?\s*[:=]|\bidentifier\b[\s:=]{1,3})\s*\\*[\"']?([^\"'\\\s,}>]+)", re.I)
# An identifier with its type, as PID-3 repeats it.
_TYPED = r"(?<![\w.])\w{0,4}?(\d{5,}\w*)\^\^\^[\w.&-]*\^(?:MR|PI|SS|NH|PT|MC|PN)\b"
_SYSTEM = re.compile(r"example\.(?:org|com|net)|\.example\b|\.(?:test|invalid)\b", re.I)
_BORN = re.compile(r"\bbirthDate\b\\*[\"']?[^\d]{0,12}((?:19|20)\d\d-\d\d-\d\d)", re.I)
_FAMILY = re.compile(r"\bfamily\b\\*[\"']?\s*[:=]?[\s\[]*(?:value=)?\\*[\"']?([^\"'\\\s,}>]+)", re.I)
# As a study's header has it.
_FOR = r"\b(?:for|of|patient|pt)\s([A-Za-z'-]{2,}\^[A-Za-z'-]{3,})(?![\w^])"
_HEADER = (
    r"\b(?:0010,\s?0010\)?|Patient'?s?[ _]?Name)(?:[\s:=\[(\"'*|-]|PN\b){1,8}"
    r"([A-Za-z'-]{2,}\^[A-Za-z'-]{2,}[A-Za-z^'. -]*)"
)
# A reference whose patient is shown by name: "reference": "Patient/88120", "display": "Maria Gonzalez".
_SHOWN = (
    r"\bPatient/[\w.-]{1,64}\\*[\"']?\s*,\s*\\*[\"']?display\\*[\"']?\s*[:=]\s*\\*[\"']?"
    r"([A-Z][\w'-]+,? [A-Z][^\"\n]{1,40})"
)
_REFERENCE = (
    r"\bPatients?/([A-Za-z]?\d{6,})\b|\bPatient\?(?:[^\s]*&)?identifier=(?:[^\s|&]*(?:\||%7C))?([A-Za-z]?\d{5,})"
)
_DATE = re.compile(r"(?:18|19|20)\d{6}")
_WHAT_FHIR = "a FHIR Patient with identifiers"


def _is_real(value: str) -> bool:
    """Return whether a value is some patient's number, and not one that shows a form."""
    digits = digits_of(value)
    return (
        len(digits) >= 5 and not is_placeholder(value) and not is_sample_number(digits) and not digits.startswith("999")
    )


def _is_name(value: str) -> bool:
    """Return whether a field of a segment is a person's name."""
    parts = [part.strip() for part in value.split("^") if part.strip()]
    words = len(parts) > 1 and all(re.fullmatch(r"[^\W\d_][\w'. -]*", part) for part in parts[:2])
    return words and not is_placeholder(value) and not is_test_name(value)


def _segment(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    separator, written = found[1], found[0]
    if separator != "|":
        # Parts of a field are joined by what is left: ^ in most, & or * where that parts the fields.
        written = re.sub(r"[&*]", "^", written.replace("^", "|" if separator == "^" else "^").replace(separator, "|"))
    fields = written.split("|")
    if separator != "|" and len(fields) < 4:
        return None
    # An insurance begins with its plan and its company.
    fields = fields[5:] if fields[0].upper() == "IN1" else fields
    if any(is_test_name(field) for field in fields if "^" in field) or is_of_test_patient(text, found.start()):
        return None
    numbers = [part.split("^")[0] for field in fields[1:] for part in field.split("~")]
    for number, field in zip(numbers, fields[1:], strict=False):
        # A field of digits alone may be a date, of a visit or an insurance; one with parts is an identifier.
        if _is_real(number) and not _DATE.match(number) and ("^" in field or found[0][:3].upper() in ("PID", "MRG")):
            return found.start() + 4, found.end()
    if any(_is_name(field) for field in fields[1:]):
        return found.start() + 4, found.end()
    return None


def _typed(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
    # Of a whole segment is judged with its name.
    return (
        found.span(1)
        if "|" not in line and _is_real(found[1]) and not is_of_test_patient(text, found.start())
        else None
    )


def _field(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value = found[1]
    wrong = (
        is_test_name(value) or is_placeholder(value) or (value[0].isdigit() and is_sample_number(value.split("^")[0]))
    )
    return None if wrong or is_of_test_patient(text, found.start()) else found.span(1)


def _resource(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    low, high = max(found.start() - 700, 0), min(found.end() + 1300, len(text))
    about = text[low:high]
    family, born = _FAMILY.search(about), _BORN.search(about)
    if family and (is_test_name(family[1]) or is_placeholder(family[1])):
        return None
    for value in _VALUE.finditer(about):
        before = about[max(value.start() - 120, 0) : value.start()].rpartition("{")[2]
        if _is_real(value[1]) and (family or born or not _SYSTEM.search(before)):
            return low + value.start(1), low + value.end(1)
    if family and born and not _SYSTEM.search(about):
        return low + min(family.start(1), born.start(1)), low + max(family.end(1), born.end(1))
    return None


def _named(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if is_test_name(found[1]) or is_placeholder(found[1]) else found.span(1)


def _known(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if FIRST_NAMES.isdisjoint(found[1].lower().split("^")) else _named(text, found)


def _reference(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    at = found.lastindex or 0
    shown = _SYSTEM.search(found[0]) and at == 2
    return None if shown or not _is_real(found[at]) or is_of_test_patient(text, found.start()) else found.span(at)


EXCHANGE_RULES = (
    Rule(
        "hl7-patient",
        "an HL7 segment of a patient",
        _PID,
        ("pid", "mrg", "nk1", "gt1", "in1"),
        _segment,
    ),
    Rule("hl7-patient", "an HL7 field of a patient", _FIELD, ("pid",), _field),
    Rule(
        "hl7-patient", "an HL7 field of a patient", _QUERY, ("@pid", "<pid", "<cx", "<fn", "<xpn"), _field, exact=True
    ),
    Rule(
        "fhir-patient",
        _WHAT_FHIR,
        _PATIENT,
        ("resourcetype", "<patient", '"mr', '"ss', '"nh', '"mc'),
        _resource,
        r"[\s\S]{0,400}" + _PATIENT + r"[\s\S]*",
        exact=True,
    ),
    Rule("hl7-patient", "an HL7 field of a patient", _HEADER, ("0010", "name"), _named),
    Rule("hl7-patient", "an HL7 field of a patient", _FOR, ("^",), _known),
    Rule("hl7-patient", "an HL7 field of a patient", _TYPED, ("^^^",), _typed),
    Rule("fhir-patient", _WHAT_FHIR, _SHOWN, ("display",), _named),
    Rule("fhir-patient", _WHAT_FHIR, _REFERENCE, ("patient/", "patients/", "patient?"), _reference),
)
