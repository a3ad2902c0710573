"""Where a page leads whoever finds something wrong on it: a mail or an issue that names the page already."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from changebook.git.forge import issue_address
from changebook.language import gettext as _
from changebook.model import Settings
from changebook.model.feedback import ISSUES

_ASKS = "What is wrong, and what is right? Leave out patients' names and record numbers."


@dataclass(frozen=True)
class Shown:
    """What a reader has before them: the page's title and whole address, and its change's shared name, if any.

    `place` is where it is written, `changes/NAME.yaml:7`; "" where its readers are not told.
    """

    title: str
    address: str
    change: str = ""
    place: str = ""


def feedback_address(settings: Settings, shown: Shown) -> str:
    """Return the address of a mail or an issue that begins with what is `shown`, "" in a book that takes neither."""
    if not settings.feedback:
        return ""
    facts = {_("Page"): shown.title, _("Address"): shown.address, _("Change"): shown.change, _("Record"): shown.place}
    lines = [*(f"- {name}: {value}" for name, value in facts.items() if value), "", _(_ASKS), "", ""]
    title = _("Something wrong: {title}", title=shown.title)
    if settings.feedback != ISSUES:
        # A mail's lines end as mail's do, and its spaces are no plus signs (RFC 6068).
        subject, body = quote(title, safe=""), quote("\r\n".join(lines), safe="")
        return f"mailto:{quote(settings.feedback, safe='@')}?subject={subject}&body={body}"
    assert settings.forge  # a check holds it
    return issue_address(settings.forge, title, "\n".join(lines))
