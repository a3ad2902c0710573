"""When some words of a text are meant as a change's name but misspelled."""

from __future__ import annotations

import re

from changebook.naming.terms import NameTerm

# A name that is wrapped goes on after the next line's indentation, or after a quote or comment mark.
_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]*(?:[>#*]+[ \t]+|//[ \t]*)?")
_BETWEEN = " \t\u00a0-\u2010\u2011\u2013"
_DIGITS = re.compile(r"\d+")


def unwrapped(text: str) -> str:
    """Return `text` with each of its line ends as one space."""
    return _WRAPPED.sub(" ", text) if "\n" in text else text


def joined_by(term: NameTerm, gaps: list[str]) -> bool:
    """Return whether what is between words may be inside `term`: spaces, hyphens, its own marks."""
    allowed = {*_BETWEEN, *term.text}
    return all(
        bool(_WRAPPED.fullmatch(gap)) if "\n" in gap else set(gap) <= allowed and not re.search(r"\.\s", gap)
        for gap in gaps
    )


def meant_as_name(term: NameTerm, written: str, words: list[str]) -> bool:
    """Return whether `written`, made of `words`, is written as a name and not as prose or as an identifier.

    Without a space, all in one case, it is an identifier (`fhir-lookup`, `REL_LOOKUP`). A name that holds a
    version is meant in any case; one of plain words only where a word after the first is capitalized.
    """
    if not re.search(r"\s", written) and written in (written.lower(), written.upper()):
        return False
    if _DIGITS.findall(written) != _DIGITS.findall(term.text):
        return False
    if term.versioned:
        return True
    if len(words) == 1:
        return any(letter.isupper() for letter in words[0][1:]) and not words[0].isupper()
    acronyms = {word for word in term.written if word == word.upper()}
    return any(word[0].isupper() and word not in acronyms for word in words[1:])


def one_slip(right: str, written: str) -> bool:
    """Return whether one letter of `written` is missing, added, replaced, or swapped with its neighbor."""
    if right == written or abs(len(right) - len(written)) > 1:
        return False
    start = 0
    while start < min(len(right), len(written)) and right[start] == written[start]:
        start += 1
    rest, other = right[start:], written[start:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]


def can_slip(word: str) -> bool:
    """Return whether a slip in `word` can be told from another word: four letters or more, no digit."""
    return len(word) >= 4 and word.isalpha()
