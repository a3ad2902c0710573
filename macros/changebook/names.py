"""The shared-name rule, and the only maker of ids, addresses and anchors."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from changebook.characters import shown
from changebook.letters import in_ascii, letter_fault

NAME_LIMIT = 60
# The addresses of the downtime binder and of the page with every number.
BINDER, ON_CALL = "downtime/", "on-call/"
# What is going on now: a page, a wall screen, and a file for programs; and every outage with what was said of it.
NOW, SCREEN, NOW_FILE, OUTAGES = "now/", "screen/", "now.json", "outages/"
UPDATES_FEED = "feeds/updates.xml"
NOTES_FEED = "feeds/release-notes.xml"
ERRORS_FEED, GUIDANCE_FEED = "feeds/known-errors.xml", "feeds/guidance.xml"
ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
# What Windows keeps for devices, whatever ending follows: such a file cannot be checked out there.
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
# A minus before a number is no hyphen.
_MINUS = re.compile(r"(?<![^\s(])-(?=\d)")


def slug(text: str, language: str = "") -> str:
    """Return `text` as lower-case ASCII words joined by hyphens, as its `language` writes them: an id, a file stem."""
    made = _words(in_ascii(text, language))
    # A language may write a letter as two: the id of a name is no longer than a name.
    return made[:NAME_LIMIT].strip("-") if language and len(text) <= NAME_LIMIT else made


def _words(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))


def anchor(text: str) -> str:
    """Return the anchor of a heading or a question: its slug, with a mark of the whole text where the slug says less.

    A slug says less where letters, digits or signs are not ASCII's, and where it is cut after 60 characters. The anchor
    follows from the text alone: what else is on the page never moves it.
    """
    whole = _words(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii"))
    if whole and len(whole) <= NAME_LIMIT and not _loses(text):
        return whole
    cut = whole if len(whole) <= NAME_LIMIT else whole[: NAME_LIMIT + 1].rpartition("-")[0] or whole[:NAME_LIMIT]
    same = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return "-".join(filter(None, (cut, hashlib.sha256(same.encode()).hexdigest()[:8])))


def _loses(text: str) -> bool:
    """Return whether a slug drops more of `text` than its accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", text)
    signs = (letter for letter in plain if letter != "`" and unicodedata.category(letter)[0] == "S")
    return any(signs) or any(c.isalnum() and not c.isascii() for c in plain) or bool(_MINUS.search(plain))


def question_anchor(question: str) -> str:
    """Return the anchor of a question, which no heading of its page can have."""
    return f"q-{anchor(question)}"


def check_anchor(number: int) -> str:
    """Return the anchor of a check on its playbook's page; the first is number 1."""
    return f"check-{number}"


def answer_anchor(code: str, exchange: str = "") -> str:
    """Return the anchor of a contract's answer, in `exchange` if an earlier one answers with the same code."""
    return "--".join(filter(None, (f"code-{anchor(code)}", exchange)))  # ids hold no two hyphens in a row


def phase_anchor(phase: str) -> str:
    """Return the anchor of a phase on the page of its change."""
    return f"phase-{anchor(phase)}"


def error_anchor(change: str, number: str) -> str:
    """Return the anchor of a change's known error on the page of all. Ids hold no two hyphens in a row."""
    return f"known-{change}--{anchor(number)}"


def page_anchor(address: str) -> str:
    """Return the anchor of a page inside a file that holds many: `changes--NAME`. Ids hold no two hyphens in a row."""
    return address.strip("/").replace("/", "--")


def comparable(text: str) -> str:
    """Return what two ways of writing a code, a name or a queue have in common: letters and digits of any script."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum())


def name_fault(text: str) -> str | None:
    """Return why `text` cannot be a shared name, with the remedy, or None when it can.

    A name starts with a letter and has at most 60 letters of any script, digits 0-9, spaces and `-./()+`: a theme
    prints it in titles and navigation without escaping. No letter only looks like one of another script. Its id is no
    longer than a name, and none that Windows keeps for a device.
    """
    return next(_name_faults(text), None)


def _name_faults(text: str) -> Iterator[str]:
    if len(text) > NAME_LIMIT:
        yield f"a name has at most {NAME_LIMIT} characters and this one has {len(text)}; shorten it"
    if fault := letter_fault(text):
        yield fault
    if not text[:1].isalpha():
        yield "a name starts with a letter; put one first"
    if "  " in text or text != text.strip():
        yield f"a name has single spaces between its words; write {shown(' '.join(text.split()))}"
    if _DEVICE.fullmatch(made := slug(text.replace("ß", "s"))):
        yield f"Windows keeps {shown(text)} for a device, so its file could not be checked out there; add a word"
    if not re.fullmatch(ID, made) or len(made) > NAME_LIMIT:
        yield f"its id would be {made!r}, and an id is at most {NAME_LIMIT} letters and digits of ASCII; shorten it"


def id_fault(text: str) -> str | None:
    """Return why `text` cannot be an id, with the remedy, or None when it can."""
    if _DEVICE.fullmatch(text):
        return f"Windows keeps {shown(text)} for a device, so its file could not be checked out there; add a word"
    if len(text) <= NAME_LIMIT and re.fullmatch(ID, text):
        return None
    made = slug(text)[:NAME_LIMIT].strip("-") or "a-name-like-this"
    if made[0].isdigit():
        return f"an id begins with a letter; put a word before the number, such as {f'unit-{made}'[:NAME_LIMIT]!r}"
    rule = f"{NAME_LIMIT} lower-case letters and digits joined by hyphens"
    return f"an id is at most {rule}; write {made!r} instead of {shown(text)}"


def nearest(term: str, terms: Iterable[str]) -> str | None:
    """Return the one of `terms` that looks most like `term`, or None when none is near."""
    folded = {known.casefold(): known for known in sorted(terms, reverse=True)}
    found = difflib.get_close_matches(term.casefold(), sorted(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(term: str, terms: Iterable[str]) -> str:
    """Return the remedy for an unknown term: the nearest one, else all when few, else how to look."""
    known = sorted(terms)
    if near := nearest(term, known):
        return f"did you mean {near!r}?"
    if not known:
        return "there are none yet"
    if len(known) <= 18:
        return f"one of: {', '.join(known)}"
    return f"one of {len(known)}, such as {known[0]!r}, {known[len(known) // 2]!r} or {known[-1]!r}"


def change_address(change: str, asset: str = "", part: str = "") -> str:
    """Return the address of a change's hub, or of one asset under it (`playbooks`, `release-note`...)."""
    return "/".join(["changes", change, *filter(None, (asset, part)), ""])


def scenario_address(scenario: str = "") -> str:
    """Return the address of the playbook of a scenario, or of the list of all playbooks."""
    return "/".join(["playbooks", *filter(None, (scenario,)), ""])


def error_address(change: str, number: str) -> str:
    """Return the address of a change's known error on the page of all."""
    return f"known-errors/#{error_anchor(change, number)}"


def system_address(system: str = "") -> str:
    """Return the address of a system's page, or of the list of systems."""
    return "/".join(["systems", *filter(None, (system,)), ""])


def audience_address(name: str = "", groups: bool = True) -> str:
    """Return the address of a user group's or partner's page, or of the list of them."""
    return "/".join(["groups" if groups else "partners", *filter(None, (name,)), ""])


def audience_feed(name: str, groups: bool = True) -> str:
    """Return the address of the feed with the release notes of a user group or partner."""
    return f"feeds/{'groups' if groups else 'partners'}/{name}.xml"


def calendar_address(month: str = "") -> str:
    """Return the address of the calendar, or of one month of it, such as `2026-12`."""
    return "/".join(["calendar", *filter(None, (month,)), ""])


def team_address(team: str) -> str:
    """Return the address of a team's row on the page with every number."""
    return f"{ON_CALL}#{team}"


def not_ours_anchor(name: str) -> str:
    """Return the anchor, on the page with every number, of something that is not the desk's to do."""
    return f"not-{name}"


def source_path(address: str) -> str:
    """Return the path in `docs/` that MkDocs publishes at `address`."""
    return f"{address}index.md"
