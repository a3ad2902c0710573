"""The Content-Security-Policy that the pages work under, as a file for those who serve them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from changebook.site.adding import Adding

_FILE = "content-security-policy.txt"
# Pages run their own scripts and fetch their own files, nothing else, but for three blocks inside pages.
_SITE = (
    "default-src 'none'; script-src 'self' {script}; style-src 'self' {style}; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def allowed(text: str) -> str:
    """Return the source that allows one block of styles or script: `text` is all between its tags."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def add_policy(adding: Adding, *, style: str, scripts: Iterable[str]) -> None:
    """Add the policy; it allows the site's own files, and `style` and `scripts` inside pages."""
    adding.add(_FILE, f"{_SITE.format(style=allowed(style), script=' '.join(map(allowed, scripts)))}\n")
