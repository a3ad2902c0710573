"""`changebook announce`: what is said of a change or an outage now, in the form that a channel takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from changebook.book import Book
from changebook.book.lookup import change_called
from changebook.book.said import said_to
from changebook.cli.common import BOOK
from changebook.cli.completing import change_ids
from changebook.cli.options import TODAY
from changebook.cli.readable import readable_changes
from changebook.errors import ChangebookError, UnknownTermError
from changebook.exports.channels import WEBHOOKS
from changebook.language import speak
from changebook.model import Change
from changebook.printing.mail import mail_of
from changebook.printing.terminal import say, say_json, say_lines
from changebook.source.files import write_whole
from changebook.source.settings import language_of
from changebook.views.message import Addressee, Message, message_of_outage, message_to
from changebook.views.told import outage_called
from changebook.views.updates import current_update, is_told

FORMS = ("mail", *WEBHOOKS, "phone", "sms")


@click.command()
@BOOK
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@click.option("--as", "form", required=True, type=click.Choice(FORMS), help="The channel.")
@click.option(
    "--readers", type=click.Choice(get_args(Addressee)), default="staff", help="Who is told; without it, staff."
)
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="The file; without it, print.")
@TODAY
def announce(
    *, path: Path, name: tuple[str, ...], form: str, readers: Addressee, file: Path | None, today: str | None
) -> None:
    """Print what is said now of the change called NAME: its current update, or else its announcement; or of the
    outage of the system or partner NAME.

    An email (.eml), a message for a webhook of teams, slack or mattermost, a phone greeting of 45 words at most, or a
    text message of 160 characters at most: the same words in all of them. Nothing is sent.

    \b
    Examples:
      changebook announce fhir-patient-lookup-r4 --as phone
      changebook announce "FHIR Patient Lookup R4" --as teams --to message.json
      changebook announce lakeside-imaging-feed --as mail
    """
    speak(language_of(path))
    book, called = readable_changes(path, today), " ".join(name)
    if topic := outage_called(book, called):
        message, command = message_of_outage(book, topic, reader=readers), "outage"
    else:
        message, command = _of_change(book, called, readers), "update"
    if message.late:
        said = message.name.rpartition(": ")[0]
        say(f"The next update of {said} is overdue; write it first: changebook {command}", err=True)
    if file:
        write_whole(file, _bytes(message, form))
        say(f"{file.as_posix()} is written.")
    elif form in WEBHOOKS:
        say_json(WEBHOOKS[form](message))
    else:
        say_lines(_bytes(message, form).decode("utf-8").splitlines())


def _of_change(book: Book, called: str, readers: Addressee) -> Message:
    try:
        change = change_called(book, called)
    except UnknownTermError as error:
        if called in book.desk.systems or called in book.desk.partners:
            raise ChangebookError(
                f"nothing was said of {called}; say it first: changebook outage {called} ..."
            ) from error
        raise click.UsageError(str(error)) from error
    if reason := refusal(book, change, readers):
        raise ChangebookError(reason)
    message = message_to(book, change, reader=readers)
    if message.blanks:
        blanks = ", ".join(message.blanks)
        raise ChangebookError(f"the announcement of {change.name} still has {blanks}; fill it in in {change.id}.yaml")
    for doubt in doubts(book, change, readers):
        say(doubt, err=True)
    return message


def refusal(book: Book, change: Change, readers: Addressee) -> str:
    """Return why `readers` cannot be told anything of `change` now, and what to do; "" where they can."""
    if change.status == "draft" and readers != "desk":
        return f"{change.name} is a draft, and drafts never leave the desk; --readers desk prints it"
    told, last = current_update(book, change, reader=readers), current_update(book, change)
    if is_told(told, book.now) and told.state == "resolved" and last and not last.over:
        said = f"{readers} were told that {change.name} is resolved, and by the desk's latest update it is not"
    elif is_told(told, book.now) and not told.over and last and last.state == "resolved":
        said = f"{readers} were told that {change.name} is not over, and by a later update, for others, it is resolved"
    else:
        return ""
    return f"{said}; give them one first: changebook update {change.id} ... --readers {readers}"


def doubts(book: Book, change: Change, readers: Addressee) -> Iterator[str]:
    """Yield why what `readers` are told of `change` may not be what holds now."""
    told, last = current_update(book, change, reader=readers), current_update(book, change)
    if is_told(last, book.now) and last.written and last != told:
        others = said_to(change, "desk", book.now)[-1].readers
        whom = f"{' and '.join(others)}, not for {readers}" if others else "the desk alone"
        yield f"The latest update of {change.name} is for {whom}; --readers desk prints it."
    elif change.is_outdated and not (is_told(told, book.now) and told.written):
        yield f"{change.name} was rolled back and its texts do not say so yet: this is all there is to say."
    elif change.status == "cancelled":
        yield f"{change.name} is canceled: read whether its announcement says so before you send it."


def _bytes(message: Message, form: str) -> bytes:
    if form == "mail":
        return mail_of(message.subject, message.mail, at=message.at)
    if form in WEBHOOKS:
        return json.dumps(WEBHOOKS[form](message), indent=2).encode() + b"\n"
    return f"{message.greeting if form == 'phone' else message.text_message}\n".encode()
