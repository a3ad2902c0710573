"""Secrets: passwords and tokens by how people write them down."""

from __future__ import annotations

import re
from itertools import pairwise

from changebook.privacy.rule import Rule
from changebook.privacy.samples import is_placeholder

BASE64 = r"A-Za-z0-9+/=_\-"
_URL = r"\b[a-z][a-z0-9+.-]{1,20}:/{2,3}[^\s/:@\"'<>]*:([^\s/\"'<>]{2,})@[A-Za-z0-9\[]"
_PARAMETER = (
    r"[?&;](?:[a-z]+[_-])?(?:token|auth|api[_-]?key|apikey|key|secret|password|passwd|pwd|pass|sig|signature"
    r"|sas|credential)"
    r"=([^\s&\"'<>)\]`]{6,})"
)
_HEADER = (
    r"\b(?:Bearer|Basic|Token|ApiKey|SSWS|GenieKey|Splunk|Api-Key|PRIVATE-TOKEN|Ocp-Apim-Subscription-Key"
    r"|X-[A-Za-z-]{0,30}(?:Token|Key|Secret|Auth)|Authorization(?:[\"']?\s?[:=]\s?[\"']?[A-Za-z][\w-]{0,20}(?= ))?"
    rf"|_?auth(?:Token)?(?=[\"']?\s?[:=]))\b[\s:\"'=]{{1,5}}([{BASE64}.~]{{14,}})"
)
_LABEL = (
    r"(?:kennwort|contrase\u00f1a|mot de passe|pass(?:word|wd|wort|[ -]?phrase|code)s?"
    r"|(?:store|key)pass|p/w|pwd|pw|pass(?=\s?[=:]|\s+is\b)|(?:api|auth|access|account|shared"
    r"|signing|encryption|master|service|subscription|function|storage|deploy|private|host|webhook|license"
    r"|integration|wi-?fi|wpa2?|network|routing|instrumentation|session|admin|app|secret|publishable|db)"
    r"[ _-]?(?:access)?[ _-]?keys?|secret(?:[ _-]access)?[ _-]?key|(?:client|shared|app|webhook|consumer"
    r"|signing|hmac)?[ _-]?secret|(?:api|access|auth|refresh|bearer|session|service|bot"
    r"|personal access)?[ _-]?token|cred(?:ential)?s|psk|sshpass(?==)|pin(?:\scode)?(?=\s?[=:]|\s+is\b)"
    r"|connection[ _-]?string|(?:snmp-server\s)?community(?:\sstring|(?<=server\scommunity)))"
)
# A setting's name may begin with what it is the password of: PGPASSWORD, SmtpPassword, dbPwd.
_LABEL = rf"(?:[A-Za-z]{{1,24}}?(?=pass(?:word|wd|phrase)|pwd|secret|token|apikey|accesskey|accountkey))?{_LABEL}"
_STILL = (
    r"(?:(?:now|still|currently|again|temporarily|just|always|the default|default|only|set to|reset to|changed to"
    r"|changed back to|back to)\s+){0,2}"
)
# Whose it is: "for svc_lab is", "of the lab feed:".
_WHOSE = (
    r"\s+(?:for|of|on|to|in|between|at|vom|von|f\u00fcr|zum|zur|de|del|pour|para)\s+[^.\n:=]{2,60}?\s*"
    r"(?:\b(?:is|was|ist|lautet|es|est)\b|:|=)\s{0,3}"
)
_DIRECT = (
    r"\\?[\"'*`]{0,3}\s{0,3}(?:\([A-Za-z -]{2,20}\)\s?)?(?:(?:is|was|are|were|as|to|ist|lautet|es|est"
    r"|:=|[:=]>?|->|=>|,|\||>|/>|</key>"
    r"|<string>|value\s?[:=])"
    r"\s{0,3}\\?[\"']?){0,3}"
)
_LINK = rf"(?:{_WHOSE}|{_DIRECT}){_STILL}(?:\d\s)?(?:[\w.@\\-]+(?:/|\s/\s))?[\"'`*(<\[]{{0,3}}"
_LABELED = rf"(?<![A-Za-z]){_LABEL}(?!\w|[-.]\w){_LINK}((?![&?/])[^\s\"'`,;)<]{{5,}})"
_LOG_IN_AS = (
    r"\b(?:log(?:ged)?[ -]?(?:in|on)|sign(?:ed)?[ -]?in|login|logon|user(?:name| id)?|account|connect(?:ed)?"
    r"|creds?|credentials|basic auth)\b[^.\n/]{0,45}?[\w.@\\-]+\s?(?:/|:|,? (?:and|with)(?: the)? pass(?:word|phrase"
    r"|code)?:?| pass| with)\s?[\"'`]?"
)
_LOG_IN = rf"{_LOG_IN_AS}([^\s\"'`,;)/]{{6,}})"
_HEADERS = ("bearer", "basic ", "auth", "ssws", "splunk", "geniekey", "private-token", "-key", "apikey", "x-")
_LABELS = (
    *("passw", "passp", "pass p", "passc", "kennw", "contrase", "mot de", "pass:", "pass=", "pass =", "pass is", "pw"),
    *("p/w", "storepass", "keypass", "secret", "token", "cred", "psk", "sshpass", "community", "connection"),
    *("key ", "key:", "key=", 'key"', "keys "),
)
_ACCOUNTS = ("svc", "admin", "root", " -u ", "/user:", "mysql", "jdbc:")
_LOGS_IN = (
    *("login", "log in", "log on", "logon", "logged", "sign in", "signed in", "cred", "user id", "user ", "username"),
    "basic auth",
)
# In a browser nothing judges a word: there, one with letters and digits that is no code.
MIXED = r"(?=[^\s\"'`,;)]*\d)(?=[^\s\"'`,;)]*[A-Za-z])(?![&?/]|[A-Z]{1,5}-?\d{1,5}(?![^\s\"'`,;).?:]))[^\s\"'`,;)]{6,}"
# An account and its password: svc_lab:Winter-2026!, curl -u svc_lab:..., /user:svc_lab ..., svc/...@db1.
_ACCOUNT = (
    r"(?:(?<![\w/.@-])(?:svc[\w.-]*|admin(?:istrator)?|root|sa)\s?[:/]\s?|\s-u\s+[\w.@\\-]+:|/user:[\w.@\\-]+\s"
    r"|\bmysql\b[^\n]{0,40}\s-p|\bjdbc:[^\s@]{2,40}[:;/]\w+/)[\"'`]?"
)
_ACCOUNT_AND = rf"{_ACCOUNT}([^\s\"'`,;)/@]{{6,}})"
_MASKED_LOG_IN = rf"{_LOG_IN_AS}{MIXED}"
_MASKED_HEADER = _HEADER.replace("([", "(?=[^\\s]*\\d)([")
_MASKED = rf"(?<![A-Za-z]){_LABEL}(?!\w|[-.]\w){_LINK}{MIXED}"
_CODE = re.compile(
    r"(?-i:[A-Z]{1,8}[-_]?\d{1,8})(?:[.-]\d+)?|\d+(?:[.,:/-]?\d+)*[-a-z%]*|[A-Za-z]{1,5}-\d+|(?:sha|hs|rs|es|ps|aes|md"
    r"|rsa|tls|oauth|base|utf|saml|v|r|ed|x|http|smart|hl|stu|dstu)-?_?[\d.]+[a-z]*"
    r"|\d{4}-\d\d-\d\d.*|[a-z]+(?:[-_.][a-z]+)*|[\w.-]+@[\w-]+\.[\w.-]+|[A-Za-z]{2,}\d?/[A-Za-z]{2,}\d?|[A-Z_]+"
    r"|(?-i:(?:[a-z]+\d{0,2}-)+[a-z]+\d?)"
    r"|[\w-]+\.(?:ya?ml|json|txt|pem|env|md|html|csv|key|crt|docx?|xlsx?|py|sh|conf|config|properties)",
    re.I,
)
_PATH = re.compile(
    r"(?:[a-z]+_[a-z_]+|[Ss]erver|[Hh]ost|[Ee]ndpoint|driver)=|\\u[0-9a-f]{4}|[a-z]+:?//|//|[~.]?/|[A-Za-z]:\\|\\\\"
)
_WORD_PLACES = re.compile(
    r"(?:pass(?:word|wd)?|pw|pwd|secret|token|key|user(?:name)?|credentials?|my\w+|the\w*|admin)\W*", re.I
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


def _clean(value: str) -> str:
    return value.rstrip(".:!?*_`\"'")


def _is_secret(value: str) -> bool:
    """Return whether a word is one that nobody would write but as a password or a token."""
    bare = _clean(value)
    if len(value) < 5 or is_placeholder(value) or _PATH.match(value) or _WORD_PLACES.fullmatch(value):
        return False
    letters, digits = any(sign.isalpha() for sign in bare), any(sign.isdigit() for sign in bare)
    signs = sum(sign in "!@#$^&*+=~?" for sign in value.rstrip("?*."))
    # Chance mixes the cases of letters far more often than a name does, which has words.
    turns = sum(one.islower() != two.islower() for one, two in pairwise(bare) if one.isalpha() and two.isalpha())
    if len(bare) >= 16 and turns > 0.3 * len(bare) and not re.search(r"[a-z]{5}", bare):
        return True
    if _CODE.fullmatch(bare) and not signs:
        return False
    if letters and digits:
        return len(bare) >= 6
    return (letters and signs > 0 and len(value) >= 8 and not value.endswith(("!", "="))) or (letters and signs > 1)


def labeled(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Judge the last group of what a label or a command calls a secret."""
    value, (start, end) = found[found.lastindex or 0], found.span(found.lastindex or 0)
    if _UUID.fullmatch(_clean(value)):
        # A correlation ID is called a token too; what is called a secret or a key is one.
        return (start, end) if re.search(r"secret|key|pass|pwd", found[0][: start - found.start()], re.I) else None
    return (start, end) if _is_secret(value) else None


def _letters(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    return None if is_placeholder(found[1]) or _WORD_PLACES.fullmatch(found[1]) else found.span(1)


def _beside_account(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    # A name of a server or a database is written so too: a password has a sign, or letters of both cases.
    value = _clean(found[1])
    mixed = value != value.lower() and value != value.upper()
    signs = any(sign in "!@#$%^&*+=~?" for sign in found[1])
    return labeled(text, found) if mixed or signs else None


def _in_address(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value, host = found[1], text[found.end() - 1 : found.end() + 40]
    nowhere = re.match(r"(?:[\w.-]*\.)?example\b", host) and not _is_secret(value)
    shown = nowhere or is_placeholder(value) or _WORD_PLACES.fullmatch(value)
    return None if shown else found.span(1)


def _parameter(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value = _clean(found[1])
    if is_placeholder(value) or value.isalpha() or value.isdigit() or _WORD_PLACES.fullmatch(value):
        return None
    return found.span(1) if any(sign.isdigit() for sign in value) and not _CODE.fullmatch(value) else None


def _header(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value = found[1]
    mixed = any(sign.isdigit() for sign in value) or (value.lower() != value and "=" in value)
    mixed = mixed or bool(re.search(r"[a-z][A-Z].*[a-z][A-Z]", value))
    return None if is_placeholder(value) or not mixed or _CODE.fullmatch(value) else found.span(1)


# Of digits or of letters alone only where nothing else can be meant.
_DIGITS = (
    r"\b(?:pass(?:word|code|phrase)|pin(?: code)?)(?:\s+is\s|\s?[:=])\s{0,3}[\"'`]?((?!0{6})\d{6,12})(?!\w|[./-]\w)"
)
_LETTERS = (
    r"(?:pass(?:word|wd)|pwd|storepass|keypass)=[\"']?"
    r"(?!(?:required|optional|string|secret|hidden|disabled|enabled|expired|prompt|varchar|unchanged|password)\b)"
    r"([a-z]{6,})(?![\w(.:<>\[{/-])"
)
SECRET = "a password or another secret"
SECRET_RULES = (
    Rule("url-password", "a password in an address", _URL, ("@",), _in_address, secret=True),
    Rule("token", "a token", _PARAMETER, ("=",), _parameter, secret=True),
    Rule("token", "a token", _HEADER, _HEADERS, _header, _MASKED_HEADER, secret=True),
    Rule("password", SECRET, _DIGITS, ("pass", "pin"), secret=True),
    Rule("password", SECRET, _LETTERS, ("pass", "pwd"), _letters, secret=True),
    Rule("password", SECRET, _LABELED, _LABELS, labeled, _MASKED, secret=True),
    Rule("password", SECRET, _LOG_IN, _LOGS_IN, _beside_account, _MASKED_LOG_IN, secret=True),
    Rule("password", SECRET, _ACCOUNT_AND, _ACCOUNTS, _beside_account, f"{_ACCOUNT}{MIXED}", secret=True),
)
