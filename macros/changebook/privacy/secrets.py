"""Secrets: passwords and tokens by how people write them down, keys of services by the forms of their issuers."""

from __future__ import annotations

import re

from changebook.privacy.rule import Rule
from changebook.privacy.samples import is_placeholder

_BASE64 = r"A-Za-z0-9+/=_\-"
_PRIVATE_KEY = (
    rf"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----((?:\\[nr]|\s|(?:Proc-Type|DEK-Info|Version|Comment"
    rf"|Hash):[^\r\n]*)*[{_BASE64}]{{12,}})"
)
_URL = r"\b[a-z][a-z0-9+.-]{1,20}:/{2,3}[^\s/:@\"'<>]*:([^\s/\"'<>]{2,})@[A-Za-z0-9\[]"
_PARAMETER = (
    r"[?&;](?:[a-z]+[_-])?(?:token|auth|api[_-]?key|apikey|key|secret|password|passwd|pwd|pass|sig|signature"
    r"|sas|credential)"
    r"=([^\s&\"'<>)\]`]{6,})"
)
_HEADER = rf"\b(?:Bearer|Basic|Token|X-API-Key|ApiKey|Authorization)\b[\s:\"'=]{{1,4}}([{_BASE64}.~]{{14,}})"
_LABEL = (
    r"(?:pass(?:word|wd|wort|phrase|code)s?|pwd|pw|pass(?=\s?[=:]|\s+is\b)|(?:api|auth|access|account|shared"
    r"|signing|encryption|master|service|subscription|function|storage|deploy|private|host|webhook|license)"
    r"[ _-]?(?:access)?[ _-]?keys?|secret(?:[ _-]access)?[ _-]?key|(?:client|shared|app|webhook|consumer"
    r"|signing|hmac)?[ _-]?secret|(?:api|access|auth|refresh|bearer|session|service|bot"
    r"|personal access)?[ _-]?token|cred(?:ential)?s|psk)"
)
_STILL = (
    r"(?:(?:now|still|currently|again|temporarily|just|always|the default|default|only|set to|reset to|changed to"
    r"|changed back to|back to)\s+){0,2}"
)
# Whose it is: "for svc_lab is", "of the lab feed:".
_WHOSE = r"\s+(?:for|of|on|to|in|between|at)\s+[^.\n:=]{2,60}?\s*(?:\bis\b|\bwas\b|:|=)\s{0,3}"
_DIRECT = r"[\"'*`]{0,3}\s{0,3}(?:(?:is|was|are|were|:=|[:=]>?|->|=>|,)\s{0,3})?"
_LINK = rf"(?:{_WHOSE}|{_DIRECT}){_STILL}(?:[\w.@\\-]+\s?/\s?)?[\"'`*(<\[]{{0,3}}"
_LABELED = rf"(?<![A-Za-z]){_LABEL}(?!\w|[-.]\w){_LINK}((?![&?/])[^\s\"'`,;)]{{5,}})"
_LOG_IN_AS = (
    r"\b(?:log(?:ged)?[ -]?(?:in|on)|sign(?:ed)?[ -]?in|login|logon|user(?:name| id)?|account|connect(?:ed)?"
    r"|creds?|credentials)\b[^.\n/]{0,45}?[\w.@\\-]+\s?(?:/|:|,? (?:and|with)(?: the)? pass(?:word|phrase"
    r"|code)?:?| pass| with)\s?[\"'`]?"
)
_LOG_IN = rf"{_LOG_IN_AS}([^\s\"'`,;)/]{{6,}})"
_ISSUED = (
    r"(?<![A-Za-z0-9])(?:AIza[\w-]{25,}|GOCSPX-[\w-]{16,}|ya29\.[\w-]{20,}|github_pat_\w{16,}"
    r"|gh[pousr]_\w{16,}|gl(?:pat|dt|ft|rt|soat|ptt|agent)-[\w-]{12,}"
    r"|xox[abceposr](?:\.xox[a-z])?-[\w-]{10,}|xapp-[\w-]{10,}|[sr]k_(?:live|test)_\w{10,}|whsec_\w{16,}"
    r"|sk-(?:proj-|ant-|svcacct-)?[\w-]{20,}"
    r"|SG\.[\w-]{12,}\.[\w-]{12,}|npm_\w{16,}|pypi-Ag\w{10,}|hf_[A-Za-z]{16,}|do[opr]_v1_\w{16,}"
    r"|dapi[0-9a-f]{20,}|hv[sbr]\.[\w-]{16,}|ATATT\w{16,}"
    r"|NRAK-\w{16,}|sq0[a-z]{3}-[\w-]{16,}|(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}|AGE-SECRET-KEY-1\w{10,}"
    r"|\d{8,10}:AA[\w-]{25,}|lin_api_\w{16,}"
    r"|shp(?:at|ss|ca)_\w{16,}|PMAK-[\w-]{16,}|dp\.pt\.\w{16,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r"|\w{3}8Q~[\w~.-]{20,}|EAAC\w{20,}|key-[0-9a-f]{24,}"
    r"|\$(?:2[abxy]|5|6|y|apr1|argon2\w*)\$[\w./$=,+-]{16,}|\{S?SHA\d*\}[A-Za-z0-9+/=]{16,})"
)
_HOOK = (
    r"https://(?:hooks\.slack\.com/(?:services|workflows)/[\w/]{12,}"
    r"|discord(?:app)?\.com/api/webhooks/\d+/[\w-]{12,}|[\w.-]*webhook\.office\.com/webhookb2/[\w@/-]{16,})"
)

_HEADERS = ("bearer", "basic ", "api-key", "apikey", "authorization")
_LABELS = (
    "passw",
    "passp",
    "passc",
    "pass:",
    "pass=",
    "pass =",
    "pass is",
    "pw",
    "secret",
    "token",
    "cred",
    "psk",
    "key ",
    "key:",
    "key=",
    'key"',
    "keys ",
)
_ACCOUNTS = ("svc", "admin", "root", " -u ", "/user:", "mysql", "jdbc:")
_LOGS_IN = (
    "login",
    "log in",
    "log on",
    "logon",
    "logged",
    "sign in",
    "signed in",
    "cred",
    "user id",
    "user svc",
    "username",
)
# In a browser nothing judges a word: there, one with letters and digits that is no code.
_MIXED = r"(?=[^\s\"'`,;)]*\d)(?=[^\s\"'`,;)]*[A-Za-z])(?![&?/]|[A-Z]{1,5}-?\d{1,5}(?![^\s\"'`,;).?:]))[^\s\"'`,;)]{6,}"
# An account and its password: svc_lab:Winter-2026!, curl -u svc_lab:..., /user:svc_lab ..., svc/...@db1.
_ACCOUNT = (
    r"(?:(?<![\w/.@-])(?:svc[\w.-]*|admin(?:istrator)?|root|sa)\s?[:/]\s?|\s-u\s+[\w.@\\-]+:|/user:[\w.@\\-]+\s"
    r"|\bmysql\b[^\n]{0,40}\s-p|\bjdbc:[^\s@]{2,40}[:;/]\w+/)[\"'`]?"
)
_ACCOUNT_AND = rf"{_ACCOUNT}([^\s\"'`,;)/@]{{6,}})"
_MASKED_LOG_IN = rf"{_LOG_IN_AS}{_MIXED}"
_MASKED_HEADER = _HEADER.replace("([", "(?=[^\\s]*\\d)([")
_MASKED = rf"(?<![A-Za-z]){_LABEL}(?!\w|[-.]\w){_LINK}{_MIXED}"
_CODE = re.compile(
    r"(?-i:[A-Z]{1,8}[-_]?\d{1,8})(?:[.-]\d+)?|\d+(?:[.,:/-]?\d+)*[-a-z%]*|[A-Za-z]{1,5}-\d+|(?:sha|hs|rs|es|ps|aes|md"
    r"|rsa|tls|oauth|base|utf|saml|v|r|ed|x|http|smart|hl|stu|dstu)-?_?[\d.]+[a-z]*"
    r"|\d{4}-\d\d-\d\d.*|[a-z]+(?:[-_.][a-z]+)*|[\w.-]+@[\w-]+\.[\w.-]+|[A-Za-z]{2,}\d?/[A-Za-z]{2,}\d?|[A-Z_]+"
    r"|[\w-]+\.(?:ya?ml|json|txt|pem|env|md|html|csv|key|crt|docx?|xlsx?|py|sh|conf|config|properties)",
    re.I,
)
_PATH = re.compile(r"[a-z]+:?//|//|[~.]?/|[A-Za-z]:\\|\\\\")
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
    if _CODE.fullmatch(bare) and not signs:
        return False
    if letters and digits:
        return len(bare) >= 6
    return (letters and signs > 0 and len(value) >= 8 and not value.endswith(("!", "="))) or (letters and signs > 1)


def _labeled(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value, (start, end) = found[found.lastindex or 0], found.span(found.lastindex or 0)
    if _UUID.fullmatch(_clean(value)):
        # A correlation ID is called a token too; what is called a secret or a key is one.
        return (start, end) if re.search(r"secret|key|pass|pwd", found[0][: start - found.start()], re.I) else None
    return (start, end) if _is_secret(value) else None


def _beside_account(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    # A name of a server or a database is written so too: a password has a sign, or letters of both cases.
    value = _clean(found[1])
    mixed = value != value.lower() and value != value.upper()
    signs = any(sign in "!@#$%^&*+=~?" for sign in found[1])
    return _labeled(text, found) if mixed or signs else None


def _in_address(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value, host = found[1], text[found.end() - 1 : found.end() + 20]
    shown = is_placeholder(value) or _WORD_PLACES.fullmatch(value) or re.match(r"(?:[\w.-]*\.)?example\b", host)
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


def _issued(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value = found[0]
    goes_on = text[found.end() : found.end() + 3] == "..." or text[found.end() : found.end() + 1] == "\u2026"
    return (
        None
        if goes_on or (is_placeholder(value.lstrip("${}")) and "$" not in value) or "EXAMPLE" in value
        else found.span()
    )


_SECRET = "a password or another secret"
SECRET_RULES = (
    Rule("private-key", "a private key", _PRIVATE_KEY, ("private key",), exact=True, secret=True),
    Rule("url-password", "a password in an address", _URL, ("@",), _in_address, secret=True),
    Rule("token", "a token", _PARAMETER, ("=",), _parameter, secret=True),
    Rule("token", "a token", _HEADER, _HEADERS, _header, _MASKED_HEADER, secret=True),
    Rule("token", "a token", _ISSUED, judge=_issued, near="tokens", exact=True, secret=True),
    Rule("token", "a token", _HOOK, ("hooks.", "webhook"), _issued, secret=True),
    Rule("password", _SECRET, _LABELED, _LABELS, _labeled, _MASKED, secret=True),
    Rule("password", _SECRET, _LOG_IN, _LOGS_IN, _beside_account, _MASKED_LOG_IN, secret=True),
    Rule("password", _SECRET, _ACCOUNT_AND, _ACCOUNTS, _beside_account, f"{_ACCOUNT}{_MIXED}", secret=True),
)
