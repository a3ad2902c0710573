"""How people at the desk speak, and how they do not."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MinLen

from changebook.model.record import Record, field
from changebook.model.text import Line, Term


class Synonyms(Record):
    """Words and short phrases that callers use for the same thing."""

    words: Annotated[tuple[Term, ...], MinLen(2)] = field(
        "The words or phrases, each as callers say it.", readers="desk", old_words=True
    )


class Shorthand(Record):
    """A short form as it is typed at the desk, and what it means in whole words."""

    short: Annotated[tuple[Term, ...], MinLen(1)] = field(
        "The spellings. In capitals where it is an ordinary word too, such as OR.", readers="desk"
    )
    means: Annotated[tuple[Term, ...], MinLen(1)] = field(
        "What it means, in words that playbooks use; the usual meaning first.", readers="desk"
    )


class Jargon(Record):
    """Words that staff and partners do not know, and the plain word for them."""

    words: Annotated[tuple[Term, ...], MinLen(1)] = field("The words or abbreviations.", readers="desk")
    plain: Line = field("What to write instead.", readers="desk")


class Wording(Record):
    """`desk/wording.yaml`: how people here speak, and how they do not."""

    synonyms: tuple[Synonyms, ...] = field("Words that search treats as the same.", readers="desk", default=())
    shorthand: tuple[Shorthand, ...] = field(
        "Short forms that are typed here, besides those that every desk types.", readers="desk", default=()
    )
    jargon: tuple[Jargon, ...] = field("Words that readers outside the desk do not know.", readers="desk", default=())
    robotic: tuple[Term, ...] = field("Phrases to keep out of first responses.", readers="desk", default=())
    vague: tuple[Term, ...] = field(
        "Words two people would read differently, to keep out of triggers.",
        readers="desk",
        default=(),
    )
    hollow: tuple[Term, ...] = field(
        "Phrases that are no evidence, besides those that are always rejected.", readers="desk", default=()
    )
