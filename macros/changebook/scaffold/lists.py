"""Lists that any desk can start from, with a mark of what they held: an upgrade tells an edited one by it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from changebook.language import ENGLISH
from changebook.shipped import shipped_path

# The files of a new site repository; those in a language lie beside them and go first, file by file.
STARTER = Path(__file__).parent / "starter"
# The lists, by what a new book leaves out of the sample's: it has no playbook for the cases yet.
_LISTS = {"cases": r"\n  scenario: .*", "kinds": "", "wording": " at Northmere|MyNorthmere, "}
_MARK = re.compile(r"# As changebook ships it \(([0-9a-f]{12})\)[^\r\n]*\r?\n")
_SAID = "while nothing below is edited, changebook migrate replaces it with the newest."


def starter_folder(language: str) -> Path:
    """Return the folder of what a new book in a language has otherwise than an English one; it may not be there."""
    return STARTER if language == ENGLISH else STARTER.with_name(f"{STARTER.name}.{language}")


def starter_lists(language: str = ENGLISH) -> dict[str, str]:
    """Return the text of each list by its name, such as `kinds`, in a language if somebody wrote it in that."""
    found = {}
    for name, left_out in _LISTS.items():
        own = starter_folder(language) / "changes" / "desk" / f"{name}.yaml"
        text = (own if own.is_file() else shipped_path(f"changes/desk/{name}.yaml")).read_text("utf-8")
        text = re.sub(left_out, "", text)
        found[name] = f"# As changebook ships it ({_digest(text)}): {_SAID}\n{text}"
    return found


def newest_list(text: str, shipped: str) -> str | None:
    """Return what the list in `text` is to be where `shipped` is the newest: that, if nobody edited it, else `text`;
    None where it was edited and there is a newer one.
    """
    mark = _MARK.match(text)
    if not mark or text.replace("\r\n", "\n") == shipped:
        return text
    if _digest(text[mark.end() :]) == mark[1]:
        return shipped.replace("\n", "\r\n") if "\r\n" in text else shipped
    return text if mark[1] in shipped.partition("\n")[0] else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:12]
