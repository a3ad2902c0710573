"""How a patient, or a relative, is reached: a phone number or a mail address of which the text says whose it is."""

from __future__ import annotations

import re
from typing import Literal

from changebook.privacy.first_names import FIRST_NAMES
from changebook.privacy.patients import NAMED, patient_in
from changebook.privacy.rule import Rule
from changebook.privacy.samples import digits_of, is_of_test_patient, is_placeholder, is_sample_number, is_test_name

_WHO = (
    r"\b(?:patient|pt|mother|father|mom|mum|dad|parent|guardian|wife|husband|spouse|daughter|son|sister|brother|carer"
    r"|caregiver|next of kin|nok|emergency contact)"
)
_MEANS = r"(?:home|cell|cellphone|mobile|phone|telephone|tel|landline|contact|callback|e-?mail)"
_SIGNS = r"[\s:=#(,\"'`*|-]"
_LINK = (
    rf"{_SIGNS}{{0,3}}(?:(?:number|no\.?|address|info|details?|is|was|at|on|as|listed|recorded){_SIGNS}{{1,3}}){{0,4}}"
)
_PHONE = (
    r"(?:\+?1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{0,2}\d{3}[ .-]?\d{4}|\d{3}-\d{4}"
    r"|(?:\+44 ?\(?0?\)?|0)(?:\d ?){9,10}"
)
_MAIL = r"[\w.+'-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}"

# REACH is a phone number or a mail address.
_FORMS = (
    # The patient's cell is ..., pt phone: ..., her mobile ...
    rf"(?:{_WHO}(?:'s)?|\b(?:her|his))\s(?:{_MEANS}[\s/]?){{1,3}}{_LINK}REACH",
    # Call the patient back at ..., text her on ...
    r"\b(?:call|phone|ring|reach|text|contact|e-?mail|write to|message)\s(?:back\s)?(?:the\s)?"
    rf"(?:{_WHO}|her|him)\s(?:back\s)?(?:at|on|under|via){_SIGNS}{{1,3}}REACH",
    # She can be reached at ..., the patient wrote from ...
    rf"(?:{_WHO}|\b(?:she|he))\s(?:can be reached|is reachable|called|phoned|wrote|texted|emailed)\s(?:back\s)?"
    rf"(?:at|on|from|under|via){_SIGNS}{{1,3}}REACH",
    # Next of kin: Samuel Gonzalez, 309-442-9018.
    r"\b(?:mother|father|mom|mum|dad|wife|husband|spouse|daughter|son|sister|brother|next of kin|nok|guardian|caregiver"
    r"|emergency contact)(?:\s(?:is|her|his|their|the))?[\s:(]{1,3}(?:(?!portal\b)[A-Za-z'-]+[\s,:(]{1,3}){1,3}REACH",
    # The invitation of patient maria.gonzalez@mail.net came back.
    rf"{_WHO}[\s:<(]{{1,3}}REACH",
    # 312-867-2291 (patient's cell), maria@mail.net is the patient's
    rf"REACH[\s,(-]{{1,3}}(?:(?:is|the|her|his|of)\s){{0,3}}{_WHO}(?:'s\b|\s{_MEANS})",
)
# Numbers that no one has: 555-0100 to 555-0199, and those that Ofcom keeps for films.
_NOBODYS = re.compile(r"(?:1?\d{3})?55501\d\d|(?:0|44)0?(?:7700900\d{3}|2079460\d{3}|1632960\d{3})")
_ROLE = re.compile(
    r"(?:no-?reply|info|help|support|portal|desk|service|contact|records?|billing|privacy|admin|hello|office)\b", re.I
)
_NOWHERE = re.compile(r"[@.](?:example(?:\.\w+)?|test|invalid|localhost)$", re.I)


def _is_somebodys(address: str) -> bool:
    """Return whether an address looks like a person's, even where there is no such host: maria.g@mail.example."""
    name, _, host = address.lower().partition("@")
    return (
        host.endswith(".example") and not FIRST_NAMES.isdisjoint(re.split(r"[^a-z]+", name)) and not is_test_name(name)
    )


def _reach(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    start, end = found.span(found.lastindex or 0)
    value = text[start:end]
    if "@" in value:
        nobodys = bool(_ROLE.match(value) or (_NOWHERE.search(value) and not _is_somebodys(value)))
    else:
        digits = digits_of(value)
        nobodys = bool(_NOBODYS.fullmatch(digits)) or is_sample_number(digits)
    return (
        None
        if nobodys or is_placeholder(value.partition("@")[0]) or is_of_test_patient(text, found.start())
        else (start, end)
    )


_REACHES: tuple[tuple[str, tuple[str, ...], Literal["hints", "numbers"]], ...] = (
    (_PHONE, (), "numbers"),
    (_MAIL, ("@",), "hints"),
)
# Where they live: said so, or behind their name.
_STREET = (
    r"\d{1,5}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:[A-Z][\w'-]+\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Court"
    r"|Ct|Boulevard|Blvd|Way|Place|Pl|Terrace|Circle|Close|Crescent|Parkway|Trail)\b"
)
_LIVES = (
    rf"(?:{_WHO}(?:'s)?|\b(?:her|his|she|he))\s(?:[\w,]+\s){{0,4}}?(?:address|lives|resides|moved|living)\b"
    rf"[^.\n]{{0,25}}?({_STREET})"
)
_AT_HOME = rf"({NAMED})[\s,;:(]{{1,3}}(?:(?:of|at|from|lives at|living at|address)[\s:]{{1,2}})?({_STREET})"


_CALLED = (
    rf"({NAMED})[\s,;:(]{{1,3}}(?:(?:at|on|phone|cell|tel|mobile|home)[\s:.]{{1,2}}){{0,3}}"
    rf"(?<![\w.])({_PHONE})(?![\w-])"
)


def _of_patient(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    one = patient_in(text, *found.span(1))
    return _reach(text, found) if one and one.titled else None


def _home(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return found.span(2) if patient_in(text, *found.span(1)) else None


_WHAT = "a patient's phone number or mail address"
_HOME = "a patient's address"
CONTACT_RULES: tuple[Rule, ...] = tuple(
    Rule("patient-contact", _WHAT, form.replace("REACH", rf"(?<![\w.@-])({reach})(?![\w@-])"), hints, _reach, near=near)
    for reach, hints, near in _REACHES
    for form in _FORMS
)
CONTACT_RULES += (
    Rule("patient-contact", _WHAT, _CALLED, judge=_of_patient, near="people", exact=True),
    Rule("patient-address", _HOME, _LIVES, ("address", "lives", "resides", "moved", "living"), exact=True),
    Rule("patient-address", _HOME, _AT_HOME, judge=_home, near="people", exact=True),
)
