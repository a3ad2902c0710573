"""Macros that place what is going on now, and what callers were told of a change."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.errors import ChangebookError
from changebook.render import Block
from changebook.views.message import Message, message_to
from changebook.views.now import Now, going_on
from changebook.views.now_file import version_of
from changebook.views.told import Topic, told_of


@dataclass(frozen=True)
class NowBoard:
    """What is going on now, and the version by which an open page knows that it is out of date."""

    now: Now
    version: str


@dataclass(frozen=True)
class Updates:
    """A change with what callers were told of it, the same for every channel if staff are told it too, and the version
    of what is going on now.
    """

    told: Topic
    message: Message | None
    version: str


def now_board(book: Book) -> Block:
    """Place what is going on: updates, a timeline, live and imminent changes with their decisions, interfaces and
    partners, and known errors. An open page follows each publish within a minute.

    Example: {{ now_board() }}
    """
    return Block("now", NowBoard(going_on(book), version_of(book)))


def now_strip(book: Book) -> Block:
    """Place what callers are told now in a few lines, or that there is nothing; each leads to its updates.

    Example: {{ now_strip() }}
    """
    return Block("now_strip", NowBoard(going_on(book), version_of(book)))


def updates(book: Book, change: str) -> Block:
    """Place what callers are and were told of a change, the latest update first.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold, or that has no updates.
    Example: {{ updates("fhir-patient-lookup-r4") }}
    """
    told, message = told_of(book, book.change(change)), message_to(book, book.change(change))
    if not told:
        raise ChangebookError(f"{change} has no updates; changebook update adds one")
    # Of a rollback everybody may hear, who was told of no update too.
    open_to_all = message.at == told.word.at or not told.word.written
    return Block("updates", Updates(told, message if open_to_all else None, version_of(book)))
