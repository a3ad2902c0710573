"""Which letters a name may hold, of any script in use but none that only looks like another's, and their ASCII."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from changebook.characters import called, hidden_in, on_a_keyboard, shown

# By how Unicode's names of their letters begin: the scripts that it recommends for identifiers (UAX 31, table 5). Names
# are written in no others, many of whose letters look like Latin ones.
_SCRIPTS = frozenset(
    "LATIN GREEK CYRILLIC ARMENIAN HEBREW ARABIC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA "
    "MALAYALAM SINHALA THAI LAO TIBETAN MYANMAR GEORGIAN HANGUL ETHIOPIC KHMER HIRAGANA KATAKANA BOPOMOFO CJK".split()
)
# Scripts that are written in one word.
_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "BOPOMOFO": "CJK", "HANGUL": "CJK"}
# Letters of dictionaries and of printers, which look like those of a language.
_PHONETIC = re.compile("[\u01c0-\u01c3\u0250-\u02ff\u1d00-\u1dff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]")
# Letters that a language writes as two where it has only ASCII; elsewhere they lose their marks.
_SPELLED = {"de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})}
_NO_WORD = re.compile(r"[\s\-./()+]+")


def letter_fault(text: str) -> str | None:
    """Return why `text` holds a letter or a sign that no name may hold, with the remedy, or None when it holds none."""
    if found := next((one for one in text if not _is_in_name(one)), ""):
        typed = " ".join("".join(one if _is_in_name(one) else _typed(one) for one in text).split())
        remedy = "leave it out" if found.isascii() or not typed else f"write {shown(typed)}"
        return f"a name holds only letters, digits 0-9, spaces and -./()+, not {called(found)}; {remedy}"
    if (plain := unicodedata.normalize("NFKC", text)) != text:
        return f"some of its characters have a plainer form; write {shown(plain)}"
    for word in _NO_WORD.split(text) if not text.isascii() else ():
        scripts = {_TOGETHER.get(script, script): letter for letter in word if (script := _script(letter))}
        if strange := next((letter for script, letter in scripts.items() if script not in _SCRIPTS), ""):
            typed = on_a_keyboard(strange)
            return f"no language writes {called(strange)}; {f'write {typed}' if typed else 'leave it out'}"
        if len(scripts) > 1:
            mixed = " and ".join(sorted(script.title() for script in scripts))
            return f"{shown(word)} mixes letters of {mixed}, which look alike; type the word again in one of them"
    if alike := _looks_latin(text):
        return f"{shown(alike)} only looks like {_seen_as(alike)!r}; type it again with Latin letters"
    return None


def in_ascii(text: str, language: str = "") -> str:
    """Return `text` in ASCII, as its `language` writes it: accents are dropped, `ä` is `ae` in German, `ß` is `ss`,
    letters of other scripts are as they sound, and signs are left out."""
    if text.isascii():
        return text
    return "".join(map(_ascii, unicodedata.normalize("NFKC", text).translate(_SPELLED.get(language, {}))))


def _ascii(one: str) -> str:
    return one if one.isascii() else anyascii(one) if unicodedata.category(one)[0] in "LMN" else ""


def _is_in_name(one: str) -> bool:
    if one.isascii():
        return one.isalnum() or one in " -./()+"
    return unicodedata.category(one)[0] in "LM" and not hidden_in(one)


def _typed(one: str) -> str:
    """Return what to type in a name in place of a character that none holds, "" when it is left out."""
    typed = "" if one.isascii() else on_a_keyboard(one)
    return typed if all(map(_is_in_name, typed)) else ""


def _script(letter: str) -> str:
    """Return the script of a letter, "" for a mark or a digit: it may follow letters of any."""
    if unicodedata.category(letter)[0] != "L":
        return ""
    if _PHONETIC.match(letter):
        return "PHONETIC"
    return re.split("[ -]", unicodedata.name(letter, "UNNAMED"))[0]


def _looks_latin(text: str) -> str:
    """Return the first word of letters that look Latin and are not, "" where another word tells its script."""
    foreign = [word for word in _NO_WORD.split(text) if word and _script(word[0]) in ("CYRILLIC", "GREEK")]
    alike = [word for word in foreign if _seen_as(word)]
    return alike[0] if alike and len(alike) == len(foreign) else ""


def _seen_as(word: str) -> str:
    """Return what a word looks like in ASCII, "" where one of its letters looks like none."""
    letters = [letter if letter.isascii() else on_a_keyboard(letter) for letter in word]
    return "".join(letters) if all(letters) else ""
