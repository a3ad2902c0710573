"""The headers that pages work under, as files for those who serve them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from changebook.site.adding import Adding

# Pages run their own scripts and fetch their own files, nothing else, but for three blocks inside pages.
_POLICY = (
    "default-src 'none'; script-src 'self' {script}; style-src 'self' {style}; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OTHERS = {
    # An address holds what a reader searched for.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def allowed(text: str) -> str:
    """Return the source that allows one block of styles or script: `text` is all between its tags."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def add_headers(adding: Adding, *, style: str, scripts: Iterable[str]) -> None:
    """Add the headers as hosts of static files read them, and as a snippet for nginx.

    The policy allows the site's own files, and `style` and `scripts` inside pages.
    """
    policy = _POLICY.format(style=allowed(style), script=" ".join(map(allowed, scripts)))
    headers = {"Content-Security-Policy": policy, **_OTHERS}
    hosts = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    adding.add("_headers", f"/*\n{hosts}")
    adding.add("headers.nginx", "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items()))
