"""Secrets in the words of who passes them on: what opens a door, whose password it is, what a session goes by."""

from __future__ import annotations

import re

from changebook.privacy.rule import Rule
from changebook.privacy.samples import is_placeholder, is_sample_number
from changebook.privacy.secrets import MIXED, SECRET, labeled

# The password first: Teal7Harbor is the password of the lab, it uses Teal7Harbor as its password.
_CALLED = (
    r"\s(?:is|as|was)\s(?:(?:now|still)\s)?(?:the|its|their|her|his|a|my|our)\s(?:[\w-]+\s){0,2}?"
    r"(?:password|pass ?phrase|passcode|pwd?|pin|secret|api key|token)\b"
)
_FIRST = rf"(?<![\w/.@-])([^\s\"'`,;:(]{{6,64}})[\"'`]?{_CALLED}"
# Digits that open something; four of them are enough where nothing else can be meant.
_OPENS = (
    r"\b(?:pins?(?: code| number)?|(?:door|gate|alarm|keypad|unlock|entry|lock|safe|cabinet|garage)(?:'s)?[ -]"
    r"(?:code|pin|combination))(?:\s(?:for|of|to|on|at)\s[^.\n:=\d]{2,40}?)?\s?(?:\bis\b|\bwas\b|[:=]|\s)"
    r"\s?[\"'`]?(\d{4,8}[\#*]?)(?![\w.%]|\s(?:digits|times|characters|numbers))"
)
_RECOVERY = (
    r"\b(?:backup|recovery|scratch|emergency)\s(?:code|key)s?(?:\s(?:is|are))?[\s:=\"'`]{1,3}"
    r"((?=[a-z-]*\d)[a-z0-9]{4,}(?:-[a-z0-9]{3,})+)"
)
_BITLOCKER = r"(?<![\d-])(?:\d{6}-){7}\d{6}(?![\d-])"
_SESSION = (
    r"\b(?:JSESSIONID|PHPSESSID|ASP\.NET_SessionId|connect\.sid|session(?:_?id)?|sid|auth_?cookie)=[\"']?"
    r"((?=[\w%.-]*\d)(?=[\w%.-]*[A-Za-z])[\w%.-]{16,})"
)
_PHRASE = r"\bpass ?phrase\s?(?:\bis\b|[:=])?\s?([\"'])((?:[a-z]+ ){2,8}[a-z]+)\1"


def _called(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    # Kerberos5 is the token protocol of an old program.
    return None if re.fullmatch(r"[A-Za-z]+\d", found[1]) else labeled(text, found)


def _opens(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if is_sample_number(found[1]) else found.span(1)


def _session(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if is_placeholder(found[1]) else found.span(1)


WORDED_RULES = (
    Rule(
        "password",
        SECRET,
        _FIRST,
        ("password", "phrase", "passcode", " pw", " pin", "secret", "key", "token"),
        _called,
        rf"{MIXED}[\"'`]?{_CALLED}",
        secret=True,
    ),
    Rule("password", SECRET, _OPENS, ("pin", "code", "combination"), _opens, secret=True),
    Rule("password", SECRET, _RECOVERY, ("backup", "recovery", "scratch", "emergency"), secret=True),
    Rule("password", SECRET, _BITLOCKER, near="numbers", secret=True),
    Rule("password", SECRET, _PHRASE, ("phrase",), secret=True),
    Rule("token", "a token", _SESSION, ("sess", "sid", "cookie"), _session, secret=True),
)
