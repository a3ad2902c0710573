"""A catalog: every text of the pages in one language, read from its file in gettext's form."""

from __future__ import annotations

import io
import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import import_module
from pathlib import Path

ENGLISH = "en"
# Each text between brackets: what is on a page without them is in no catalog.
PSEUDO = "en-x-pseudo"
FOLDER = Path(__file__).parent
_ENDINGS = FOLDER.parent / "search" / "languages"
# Those with both files, the texts of the pages and the endings of words: a book can choose among them.
LANGUAGES = (ENGLISH, *sorted(file.stem for file in FOLDER.glob("*.po") if (_ENDINGS / f"{file.stem}.js").is_file()))


class _Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        message = message.partition("|")[0]
        if not re.search("[A-Za-z]", message.replace("\\1", "")):
            return message
        # What takes the place of a name or a number in braces has brackets of its own, or none where it is a record's.
        parts = re.split(r"(\{[^{}]*\})", message)
        return "".join(part if number % 2 or not part.strip() else f"⟦{part}⟧" for number, part in enumerate(parts))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def catalog(language: str) -> NullTranslations:
    """Return the texts of a language by its two letters; those of English are the sources themselves.

    Raises FileNotFoundError where there is no file of it.
    """
    if language == ENGLISH:
        return NullTranslations()
    if language == PSEUDO:
        return _Bracketed()
    # A command in English starts sooner without.
    mofile, pofile = (import_module(f"babel.messages.{name}") for name in ("mofile", "pofile"))
    packed = io.BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as file:
        mofile.write_mo(packed, pofile.read_po(file, locale=language))
    packed.seek(0)
    return GNUTranslations(packed)
