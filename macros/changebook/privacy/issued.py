"""Keys and tokens that are known by the form their issuer gave them, whatever is written around them.

Those that the library knows in every form that people paste are its own; see `library`.
"""

from __future__ import annotations

import re

from changebook.privacy.rule import Rule
from changebook.privacy.samples import is_placeholder
from changebook.privacy.secrets import BASE64

_PRIVATE_KEY = (
    rf"-{{4,5}} ?BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)? ?-{{4,5}}((?:\\[nr]|[\s>|#*]|(?:Proc-Type|DEK-Info|Version"
    rf"|Comment|Hash):[^\r\n]*)*[{BASE64}]{{12,}})"
)
_PUTTY = rf"\bPrivate-Lines:\s?\d+(?:\\[nr]|\s){{1,6}}([{BASE64}]{{12,}})"
# A private key as JSON, and one in base64 as Kubernetes keeps it; a certificate goes on otherwise.
_JSON_KEY = r"\\?\"(?:d|k)\\?\"\s?:\s?\\?\"([\w-]{40,})"
_ENCODED_KEY = r"\bLS0tLS1CRUdJTi(?!BDRV|BQVU|BUU|BOR)[A-Za-z0-9+/=]{20,}"
# Stripe and npm are in the library too, at one length only.
_ISSUED = (
    r"(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_\w{10,}|npm_\w{16,}|AIza[\w-]{25,}|GOCSPX-[\w-]{16,}|ya29\.[\w-]{20,}"
    r"|github_pat_\w{16,}|xapp-[\w-]{10,}|whsec_\w{16,}|sk-(?:proj-|ant-|svcacct-)?[\w-]{20,}"
    r"|hf_[A-Za-z0-9]{16,}|do[opr]_v1_\w{16,}"
    r"|dckr_[op]at_[\w-]{16,}|dapi[0-9a-f]{20,}|hv[sbr]\.[\w-]{16,}|ATATT\w{16,}|ATBB\w{16,}|ATCTT\w{16,}"
    r"|NRAK-\w{16,}|NRI[ASK]-\w{16,}"
    r"|AGE-SECRET-KEY-1\w{10,}|AKCp[\w-]{30,}|glsa_\w{20,}|glc_\w{20,}|sntry[su]_[\w=+/]{20,}|phc_\w{20,}"
    r"|lin_api_\w{16,}|figd_[\w-]{20,}|ntn_\w{20,}|secret_[A-Za-z0-9]{30,}|pscale_\w{20,}"
    r"|rubygems_\w{20,}|tskey-[\w-]{16,}|r8_\w{20,}|gsk_\w{20,}|sgp_\w{20,}|PK-[\w-]{30,}|pul-[0-9a-f]{30,}"
    r"|shp(?:at|ss|ca|pa)_\w{16,}|PMAK-[\w-]{16,}|dp\.(?:pt|st|ct)\.[\w.]{16,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r"|[\w.~-]{3}[78]Q~[\w~.-]{20,}|EAAC\w{20,}|key-[0-9a-f]{24,}|dt0c01\.\w{20,}\.\w{20,}"
    r"|pypi-AgE[\w-]{20,}|:[0-9a-f]{32}:[0-9a-f]{32}:::|v2\.public\.[\w-]{20,}|AQ\.[\w-]{30,}|00[A-Za-z0-9][\w-]{39}(?![\w-])"
    r"|\$(?:2[abxy]|1|5|6|y|apr1|argon2\w*)\$[\w./$=,+-]{16,}|\{S?SHA\d*\}[A-Za-z0-9+/=]{16,})"
)
_HOOK = (
    r"https://(?:[0-9a-f]{32}@[\w.-]+/\d+|hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[\w/]{12,}"
    r"|(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d+/[\w-]{12,}|[\w.-]*webhook\.office\.com/webhookb2/[\w@/-]{16,}"
    r"|chat\.googleapis\.com/v1/spaces/[^\s\"']*token=[\w%-]{12,}|hooks\.zapier\.com/hooks/catch/\d+/\w{6,}"
    r"|events\.pagerduty\.com/integration/\w{16,}|api\.telegram\.org/bot\d+:[\w-]{20,}|maker\.ifttt\.com/\S*/key/[\w-]{12,}"
    r"|outlook\.office\.com/webhook/[\w@/-]{16,}|alert\.victorops\.com/integrations/\S*/[\w-]{20,})"
)


def _issued(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    value = found[0]
    goes_on = text[found.end() : found.end() + 3] == "..." or text[found.end() : found.end() + 1] == "\u2026"
    return (
        None
        if goes_on or (is_placeholder(value.lstrip("${}")) and "$" not in value) or "EXAMPLE" in value
        else found.span()
    )


_KEY = "a private key"
ISSUED_RULES = (
    Rule("private-key", _KEY, _PRIVATE_KEY, ("private key",), exact=True, secret=True),
    Rule("private-key", _KEY, _PUTTY, ("private-lines",), secret=True),
    Rule("private-key", _KEY, _JSON_KEY, ('"d', '"k'), exact=True, secret=True),
    Rule("private-key", _KEY, _ENCODED_KEY, ("ls0tls1crudjti",), exact=True, secret=True),
    Rule("token", "a token", _ISSUED, judge=_issued, near="tokens", exact=True, secret=True),
    Rule(
        "token",
        "a token",
        _HOOK,
        ("hooks", "webhook", "integration", "googleapis", "api.telegram", "ifttt", "sentry"),
        _issued,
        secret=True,
    ),
)
