"""A value of a file to its text, and what is refused of any text: what YAML would retype, join or drop."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from changebook.characters import clipped, pasted_words, shown
from changebook.source.scalars import Scalar


def fault(message: str) -> PydanticCustomError:
    """Return the error that shows `message` as it is."""
    return PydanticCustomError("fault", "{message}", {"message": message})


def plain(value: Any, *, cut: bool = False) -> str:
    """Return the text of a scalar; refuse lists, mappings, nothing, and what YAML would retype or drop.

    With `cut` a comment may follow: what the field takes cannot hold one.
    """
    if not isinstance(value, str):
        if isinstance(value, list):
            raise fault("expected text, found a list; write one text, in quotes if it starts with [")
        raise fault(
            "expected text, found keys and values; put the whole text in quotes if it holds ': ' or starts with {"
        )
    if isinstance(value, Scalar) and value.pasted:
        raise fault(pasted_words(value.pasted))
    if isinstance(value, Scalar) and value.cut and not cut:
        whole = in_quotes(clipped(f"{value!s} {value.cut}".strip()))
        said = f"YAML drops {shown(value.cut)} as a comment; write the text in quotes: {whole}"
        if "\n" in value:
            said = f"YAML drops {shown(value.cut)} as a comment; write it on a line of its own"
        raise fault(f"{said}, or put two spaces before your own comment")
    if not value:
        raise fault("nothing is written here; write the text, or delete the key")
    if isinstance(value, Scalar) and value.reads_as:
        raise fault(f'YAML reads {value!s} as {value.reads_as}; write it in quotes: "{value}"')
    if not value.strip():
        raise fault("empty text; write it, or delete the key")
    return str(value)


def in_quotes(text: str) -> str:
    """Return a text of one line as YAML reads it back: a backslash and a double quote need single quotes."""
    return f'"{text}"' if "\\" not in text and '"' not in text else "'{}'".format(text.replace("'", "''"))


def typed(value: Any) -> str:
    """Return the text of a scalar that is about to become something other than text."""
    if not isinstance(value, str):
        shape = "a list" if isinstance(value, list) else "keys and values"
        raise fault(f"expected one value, found {shape}; write just the value")
    if not value:
        raise fault("nothing is written here; write the value, or delete the key")
    return keyed(str(value))


def keyed(text: str) -> str:
    """Return `text` when all of it is on a keyboard; raise the fault that names what a program put there instead."""
    if text.isascii():
        return text
    raise fault(pasted_words(next(character for character in text if not character.isascii())))
