"""Texts that stand in for an answer: placeholders, and words that prove nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change
from changebook.model.reading import dotted
from changebook.naming.fields import texts
from changebook.readiness.gap import Gap, gap

# Never an answer, on a screen neither.
_UNWRITTEN = re.compile(
    r"\b(?:TBD|TBA|TBC|TODO|FIXME)\b|\bto be (?:determined|defined|confirmed|announced|decided|discussed|done)\b"
    r"|^(?:t\.?b\.?[dac]\.?|to ?do|n\.?/?a\.?|not applicable|\?+|-+|\.+|x{2,})$",
    re.I,
)
# Whole texts that say nothing where a sentence is wanted; a screen may well say one of them.
_NOTHING = frozenset(
    "unknown|none|nil|nothing|pending|later|open|follows|will follow|to follow|not known|not yet known|not yet|no idea|"
    "coming soon|wip|work in progress|done|ok|okay|yes|fine|works|it works|all good|tested|passed|standard|default|"
    "the usual|usual|as usual|as always|ditto|same|same here|obvious|self-explanatory".split("|")
)
# In a short text they point elsewhere instead of saying it.
_ELSEWHERE = (
    *("as discussed", "as agreed", "as above", "as mentioned", "as said", "as described", "as planned"),
    *("see above", "see below", "see ticket", "see mail", "see email", "see chat", "see minutes", "see wiki"),
    *("same as above", "ask me", "ask the team"),
)
SHORT = 8
# What is shown on a screen, named or numbered may be one word.
_WORDS = (
    *("name", "what", "after", "title", "technical", "user_sees", "code", "codes", "status", "alert", "normal"),
    *(
        "channel",
        "recording",
        "evidence",
        "give",
        "still_alerts",
        "old",
        "new",
        "to",
        "id",
        "question",
        "gap",
        "out_of_scope",
    ),
)


def gap_placeholders(change: Change, book: Book) -> Iterator[Gap]:
    """No text says "TBD", "unknown", "n/a", "to be confirmed" or the like: `placeholder/FIELD`."""
    for steps, text in texts(change):
        if _UNWRITTEN.search(text.strip()) or (not _may_be_a_word(steps) and _bare(text) in _NOTHING):
            message = f"{dotted(steps)}: says {text.strip()[:40]!r}; write the answer, or take the key out"
            yield gap(change, book, f"placeholder/{dotted(steps)}", steps, message)


def gap_hollow(change: Change, book: Book) -> Iterator[Gap]:
    """No text is hollow: one word where a sentence is wanted, a copy of `sentence`, or a pointer such as "as
    discussed" and "see above": `hollow/FIELD`.
    """
    sentence = _bare(change.sentence)
    more = tuple(phrase.casefold() for phrase in book.desk.wording.hollow)
    for steps, text in texts(change):
        bare = _bare(text)
        if steps == ("sentence",) or bare in _NOTHING or _UNWRITTEN.search(text):
            continue
        if bare == sentence:
            why = "is a copy of the sentence"
        elif " " not in bare and not _may_be_a_word(steps):
            why = f"is one word, {bare[:40]!r}"
        elif phrase := next((phrase for phrase in (*_ELSEWHERE, *more) if _holds(bare, phrase)), ""):
            why = f"says {phrase!r}, which tells nothing to whoever was not there"
        else:
            continue
        message = f"{dotted(steps)}: {why}; write what a stranger needs to know"
        yield gap(change, book, f"hollow/{dotted(steps)}", steps, message)


def is_hollow(text: str) -> bool:
    """Return whether a text that should give a reason says nothing."""
    bare = _bare(text)
    hollow = " " not in bare or any(_holds(bare, phrase) for phrase in _ELSEWHERE)
    return hollow or bare in _NOTHING or bool(_UNWRITTEN.search(text))


def _holds(bare: str, phrase: str) -> bool:
    return phrase in bare and len(bare.split()) <= SHORT


def _may_be_a_word(steps: tuple[str | int, ...]) -> bool:
    last = next(step for step in reversed(steps) if isinstance(step, str))
    return last in _WORDS or (steps[0], last) == ("tests", "answer")


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .!?,;:'\"").casefold()
