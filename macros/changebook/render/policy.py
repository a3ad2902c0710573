"""The headers that pages work under, as files for those who serve them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

# Pages run their own scripts and fetch their own files, nothing else, but for blocks inside pages that are named.
_POLICY = (
    "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OTHERS = {
    # A file that did not change for months is asked for again too: a browser would else keep showing it for days.
    "Cache-Control": "no-cache",
    # An address holds what a reader searched for.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # Also for files that are no page.
    "X-Robots-Tag": "noindex",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def allowed(text: str) -> str:
    """Return the source that allows one block of styles or script: `text` is all between its tags."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def header_files(styles: Iterable[str] = (), scripts: Iterable[str] = ()) -> dict[str, str]:
    """Return the headers by the file that tells them: `_headers` to hosts of static files, `headers.nginx` to nginx;
    and `robots.txt`, for crawlers.

    The policy allows a site's own files, and `styles` and `scripts` inside its pages.
    """
    sources = {"style": styles, "script": scripts}
    blocks = {kind: "".join(f" {allowed(text)}" for text in texts) for kind, texts in sources.items()}
    headers = {"Content-Security-Policy": _POLICY.format_map(blocks), **_OTHERS}
    return {
        "_headers": "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items()),
        "headers.nginx": "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items()),
        "robots.txt": "User-agent: *\nDisallow: /\n",
    }
