"""What callers ask for that no playbook of a book is about, told by single words: printing, parking, payroll."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from changebook.search.document import Document
from changebook.search.engine import Engine
from changebook.search.lexicon import language_data
from changebook.search.reading import Text

# Where a playbook or a change says what callers say of it; long texts have words of everything.
_SAID = ("callers", "keywords", "codes", "title", "seen", "former", "name")


@cache
def subjects(language: str) -> dict[str, list[str]]:
    """Return the subjects that ship with the package for a language, each with the words that tell it."""
    return {subject: words.split() for subject, words in (language_data("subjects", language) or {}).items()}


def strange_words(
    documents: Iterable[Document], texts: Mapping[str, Text], engine: Engine, language: str
) -> dict[str, int]:
    """Return the number of its subject by the stem of each word that tells one and that no playbook or change of
    `documents` says.
    """
    own = [item for item in documents if item.kind != "elsewhere"]
    said = {
        term for item in own for field in _SAID for text in item.fields.get(field, ()) for term in texts[text].terms
    }
    words = {word: number for number, listed in enumerate(subjects(language).values()) for word in listed}
    stems = zip(engine.call("each", "stem", list(words)), words.values(), strict=True)
    return {stem: number for stem, number in stems if stem not in said}
