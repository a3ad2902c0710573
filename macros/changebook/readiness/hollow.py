"""Texts in place of an answer: placeholders, and words that prove nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.keys import shape_at
from changebook.naming.fields import texts
from changebook.readiness.gap import Gap, gap, text_name
from changebook.readiness.rules import gap_rule
from changebook.source.events import Steps

# Never an answer, wherever they are; what a screen shows may be quoted.
_UNWRITTEN = re.compile(r"\b(?:TBD|TBA|TBC|TODO|FIXME)\b")
_QUOTED = re.compile(r'"[^"]*"|`[^`]*`')
# Whole texts, in small letters and without a full stop, that put the answer off.
_PUT_OFF = re.compile(
    r"(?:still |yet )?to be (?:determined|defined|confirmed|announced|decided|discussed|agreed|added|written)\b.*"
    r"|(?:still |as yet )?(?:unknown|undecided|undefined|unclear|pending|open)(?: (?:yet|for now|at present))?"
    r"|not (?:yet )?(?:known|decided|defined|agreed|available|applicable)(?: (?:yet|here))?"
    r"|(?:it )?(?:will|to) (?:follow|be (?:added|decided|defined|confirmed|written))(?: (?:later|soon))?|follows"
    r"|t\.?b\.?[dac]\b.*|n/a\b.*|n\.a|na|to ?do|none|nil|nothing|later|no idea|coming soon|wip|work in progress"
    r"|<.*>|\W*|(?:x\W*)+"
)
# Whole texts that say nothing where a sentence is wanted.
_NOTHING = frozenset(
    "not yet|done|ok|okay|yes|fine|works|it works|all good|tested|passed|standard|default|the usual|usual|as usual|"
    "as always|ditto|same|same here|obvious|self-explanatory".split("|")
)
# In a short text they point elsewhere instead of saying it.
_ELSEWHERE = (
    r"as (?:discussed|agreed|above|mentioned|said|described)",
    r"(?:as )?per (?:mail|email|chat|call|ticket)",
    r"see (?:the )?(?:above|below|ticket|mail|email|chat|minutes|wiki|(?:inc|chg|req|ritm|prb)-?\d+)",
    r"same as (?:above|before)|ask (?:me|the team)",
)
SHORT = 8
# What a screen shows is quoted as it is.
_SCREEN = ("before", "after", "if", "user_sees", "title", "name", "question")
# Lines and sentences of which one word may be enough, beside what is of a type that names or numbers.
_WORDS = (
    *("what", "technical", "alert", "normal", "channel", "system", "gap", "out_of_scope", "business", "means"),
    *("retry", "missing_field", "callers_say", "must_find", "former_names", "phase", *_SCREEN),
)


@gap_rule("placeholder", "hollow", own=True)
def gap_texts(change: Change, book: Book) -> Iterator[Gap]:
    """No text says "TBD", "unknown", "n/a", "to be confirmed" or the like: `placeholder/FIELD:TEXT`. No text is hollow:
    one word where a sentence is needed, a copy of `sentence`, or a pointer such as "as discussed" and "see above":
    `hollow/FIELD:TEXT`. Screens are quoted as they are.
    """
    sentence = set(_bare(change.sentence).split())
    for steps, text in texts(change, old_words=True):
        last = next(step for step in reversed(steps) if isinstance(step, str))
        if found := _placeholder(text, on_a_screen=last in _SCREEN):
            said = _("says {found!r}; write the answer, or remove the key", found=found)
            yield gap(change, book, text_name("placeholder", steps, text), steps, said)
            continue
        copied = sentence if last != "sentence" else set()
        if last not in _SCREEN and (why := _hollow(text, book, copied, word_is_enough=_takes_a_word(steps))):
            said = _("{why}; write what a stranger needs to know", why=why)
            yield gap(change, book, text_name("hollow", steps, text), steps, said)


@lru_cache(maxsize=1 << 14)  # records are long in the same places
def _takes_a_word(steps: Steps) -> bool:
    """Return whether one word may be enough at `steps` in a record: where a type names or numbers a thing, too."""
    path = tuple(step for step in steps if isinstance(step, str))
    shape = shape_at(Change, path)
    return path[-1] in _WORDS or (shape is not None and shape.word)


def is_hollow(text: str, book: Book) -> bool:
    """Return whether a text that should give a reason says nothing."""
    return bool(_placeholder(text) or _hollow(text, book, set()))


@lru_cache(maxsize=1 << 14)  # a book that is read again has mostly the same texts
def _placeholder(text: str, *, on_a_screen: bool = False) -> str:
    """Return the words of `text` that only promise an answer, or nothing."""
    bare = _bare(text)
    if on_a_screen:
        return text.strip() if _UNWRITTEN.fullmatch(text.strip()) or bare == "n/a" else ""
    if _UNWRITTEN.search(text) and (found := _UNWRITTEN.search(_QUOTED.sub(" ", text))):
        return found[0]
    return bare[:40] if len(bare) < 80 and _PUT_OFF.fullmatch(bare) else ""


def _hollow(text: str, book: Book, sentence: set[str], *, word_is_enough: bool = False) -> str:
    """Return what makes `text` hollow, or nothing; `sentence` holds the words that it may not copy."""
    bare = _bare(text)
    words = bare.split()
    if _copies(words, sentence):
        return _("a copy of the sentence")
    if bare in _NOTHING:
        return _("says {bare!r} and no more", bare=bare)
    if len(words) == 1:
        return "" if word_is_enough else _("one word, {word!r}", word=bare[:40])
    if len(words) <= SHORT and (found := _elsewhere(book).search(bare)):
        return _("says {found!r}, which means nothing to anyone who was not there", found=found[0])
    return ""


def _copies(words: list[str], sentence: set[str]) -> bool:
    if not sentence or abs(len(words) - len(sentence)) > len(sentence) // 4:
        return False
    both, either = len(sentence & set(words)), len(sentence | set(words))
    return both >= 0.9 * either


@once  # every text asks for it
def _elsewhere(book: Book) -> re.Pattern[str]:
    own = (re.escape(" ".join(phrase.casefold().split())) for phrase in book.desk.wording.hollow)
    return re.compile(rf"(?<!\w)(?:{'|'.join((*_ELSEWHERE, *own))})(?!\w)")


@lru_cache(maxsize=1 << 14)
def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .!,;:'\"").casefold()
