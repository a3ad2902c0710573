"""What is said in every channel, in the same words: the current update of a change or an outage, or an announcement."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from changebook.book import Book
from changebook.book.told import ROLLED_BACK, desk_contact, own_words
from changebook.characters import on_a_keyboard
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.blanks import blanks_in
from changebook.model.status import GONE
from changebook.model.timeline import is_done
from changebook.readiness import sentences
from changebook.render.prose import plain_prose
from changebook.render.timing import time_words
from changebook.views.announcement import version_for
from changebook.views.lines import Mailed
from changebook.views.told import Topic
from changebook.views.updates import Word, current_update, is_told

Addressee = Literal["desk", "staff", "partners"]
GREETING_WORDS, TEXT_LENGTH = 45, 160
# The letters of a text message that has room for 160 of them; each of the last counts as two.
_GSM = string.ascii_letters + string.digits + " !\"#%&'()*+,-./:;<=>?@$_\n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà"
_GSM_TWICE = "^{}\\[~]|€"


@dataclass(frozen=True)
class Message(Mailed):
    """What is said: a subject that begins with the shared name, and blocks of lines, each under its heading.

    `spoken` is what is read out, each text sentence by sentence as far as there is room, `last` what no short form
    leaves out, `phone` the desk's number; `blanks` are still to be filled in, and `late` is whether the next update is
    overdue. `name` is the subject where there is no room for more.
    """

    name: str
    spoken: tuple[str, ...]
    last: str
    phone: str
    at: datetime
    blanks: tuple[str, ...]
    late: bool = False

    @property
    def greeting(self) -> str:
        """What a phone greeting says: whole sentences, 45 words at most."""
        return _fitted([f"{self.subject}."], self.spoken, [self.last], GREETING_WORDS, lambda text: len(text.split()))

    @property
    def text_message(self) -> str:
        """What a text message says: whole sentences, 160 characters at most, of the alphabet that has room for them."""
        said, after = tuple(map(_in_gsm, self.spoken)), [_in_gsm(self.last), _("Help: {phone}", phone=self.phone)]
        # Of what is in use, the date tells nobody what to do.
        for subject in (self.subject, self.name):
            bare, whole = (
                _fitted([_in_gsm(f"{subject}.")], words, after, TEXT_LENGTH, gsm_length) for words in ((), said)
            )
            if whole != bare:
                return whole
        return _fitted([_in_gsm(f"{self.subject}.")], (), after, TEXT_LENGTH, gsm_length)


def message_to(book: Book, change: Change, *, reader: Addressee = "staff") -> Message:
    """Return what `reader` is told of `change` now."""
    word = current_update(book, change, reader=reader)
    if not is_told(word, book.now):
        return _launch(book, change, reader)
    if not word.written:
        return _launch(book, change, reader, word)
    return _update(book, change.name, word, reader, back=ROLLED_BACK if change.status == "rolled-back" else "")


def message_of_outage(book: Book, topic: Topic, *, reader: Addressee = "staff") -> Message:
    """Return what `reader` is told of an outage now."""
    return _update(book, topic.name, topic.word, reader, where=(topic.outage and topic.outage.where) or "")


def gsm_length(text: str) -> int:
    """Return how many letters of a text message `text` takes."""
    return len(text) + sum(letter in _GSM_TWICE for letter in text)


def _update(book: Book, name: str, word: Word, reader: Addressee, *, back: str = "", where: str = "") -> Message:
    due = _due(word, book)
    blocks = (
        ("", " ".join(filter(None, (back, plain_prose(word.text))))),
        (_("Where"), where),
        (_("What is being checked"), word.checking or ""),
        (_("What to expect"), word.expect or ""),
        (_("Next update"), due),
        (
            _("Whom to contact"),
            _("{contact}. Say “{name}.”", contact=desk_contact(book, reader), name=name) if reader != "desk" else "",
        ),
    )
    return Message(
        name=f"{name}: {word.words}",
        subject=f"{name}: {word.words}",
        blocks=tuple((heading, (text.replace("`", ""),)) for heading, text in blocks if text),
        spoken=_spoken(back, word.text, word.expect or ""),
        last=_("Next update {due}.", due=due) if due else "",
        phone=desk_contact(book, reader).rpartition(", ")[2],
        at=word.at,
        blanks=tuple(blanks_in(word.text)),
        late=word.overdue,
    )


def _launch(book: Book, change: Change, reader: Addressee, back: Word | None = None) -> Message:
    """Return the announcement; after a decision to roll `back`, with the promise that still holds."""
    version, due = version_for(book, change, audience=reader), _due(back, book)
    in_use = change.window and is_done(change, change.window, book.now) and change.status not in GONE
    return Message(
        # Of what is still to come, a sentence without its date would be read as what holds now.
        name=change.name if in_use else version.subject,
        subject=version.subject,
        blocks=(*version.blocks, (_("Next update"), (due,))) if due else version.blocks,
        spoken=_spoken(own_words(change), *version.notice.do),
        last=_("Next update {due}.", due=due) if due else "",
        phone=desk_contact(book, reader).rpartition(", ")[2],
        at=book.now,
        blanks=tuple(version.blanks),
        late=bool(back and back.overdue),
    )


def _due(word: Word | None, book: Book) -> str:
    """Return when the next update is due; a moment that has passed is no promise any more."""
    return time_words(word.next, book.now) if word and word.next and not word.overdue else ""


def _spoken(*texts: str) -> tuple[str, ...]:
    """Return texts that say something, each with a full stop at its end."""
    said = filter(None, (plain_prose(text) for text in texts))
    return tuple(text if text.endswith((".", "!", "?")) else f"{text}." for text in said)


def _fitted(
    before: list[str], spoken: tuple[str, ...], after: list[str], limit: int, size: Callable[[str], int]
) -> str:
    """Return as many whole sentences of `spoken` as fit between `before` and `after`: half of one could say something
    else, and so could one without those before it in its text. Where even these are too long, the last of `after` go
    first.
    """
    kept: list[str] = []

    def whole() -> str:
        return " ".join(filter(None, [*before, *kept, *after]))

    while after and size(whole()) > limit:
        after = after[:-1]
    for text in spoken:
        for sentence in sentences(text):
            kept.append(sentence)
            if size(whole()) > limit:
                kept.pop()
                break
    return whole()


def _in_gsm(text: str) -> str:
    """Return `text` in the letters of a text message, others as a keyboard types them."""
    known = _GSM + _GSM_TWICE
    return "".join(letter if letter in known else on_a_keyboard(letter) for letter in text)
