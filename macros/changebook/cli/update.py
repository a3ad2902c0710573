"""`changebook update` and `outage`: what callers are told now, and when the next word comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args

import click

from changebook.book import Book
from changebook.cli.common import clock
from changebook.cli.completing import change_ids, entry_ids
from changebook.cli.recording import AT, Recorder, on_one_line, records
from changebook.editions.reader import Edition
from changebook.errors import ChangebookError
from changebook.model.scalar import duration_in
from changebook.model.updates import OutageState, Update, UpdateState
from changebook.recording.steps import written_time
from changebook.recording.updates import plan_outage, updated

# A later one is no promise that a caller can wait for.
_LONGEST = timedelta(days=7)


def _promise(context: click.Context, parameter: click.Parameter, text: str | None) -> timedelta | None:
    """Return in how long the next update comes; raise BadParameter where that is not within a week."""
    later = duration_in(text) if text else None
    if later and later > _LONGEST:
        raise click.BadParameter(f"{text} is not within 7 days; say when callers hear more", context, parameter)
    return later


NEXT = click.option(
    "--next", "later", metavar="30m", callback=_promise, help="When the next update comes: a number and m, h or d."
)


def _readers(context: click.Context, parameter: click.Parameter, text: str | None) -> tuple[Edition, ...]:
    found: list[Edition] = []
    for name in filter(None, (name.strip() for name in (text or "").split(","))):
        reader = next((edition for edition in get_args(Edition) if edition == name), None)
        if not reader:
            raise click.BadParameter(f"no readers {name!r}; write staff, partners or both", context, parameter)
        found.append(reader)
    return tuple(dict.fromkeys(found))


@click.command()
@click.argument("name", shell_complete=change_ids)
@click.argument("text", callback=on_one_line)
@click.option("--state", required=True, type=click.Choice(get_args(UpdateState)), help="How far it is.")
@click.option("--known", is_flag=True, help="The cause is known; without it, say what is checked and what to expect.")
@click.option("--checking", metavar="TEXT", callback=on_one_line, help="What is being checked.")
@click.option("--expect", metavar="TEXT", callback=on_one_line, help="What callers can expect meanwhile.")
@NEXT
@click.option("--readers", metavar="staff,partners", callback=_readers, help="Who reads it besides the desk.")
@AT
@records
def update(
    recorder: Recorder,
    *,
    name: str,
    text: str,
    state: UpdateState,
    known: bool,
    checking: str | None,
    expect: str | None,
    later: timedelta | None,
    readers: tuple[Edition, ...],
) -> None:
    """Add an update to the change called NAME: TEXT is what callers are told, in words to say.

    Until it is resolved, say when the next one comes; and while the cause is not known, also what is being checked and
    what callers can expect. Open gaps do not stop an update.

    \b
    Examples:
      changebook update claims-api-2-4 "The gateway drops checks. Try again." --state identified --known --next 30m
      changebook update claims-api-2-4 "All checks are working again." --state resolved --readers staff,partners
    """

    def said(book: Book, when: datetime | None) -> Update:
        at = (when or book.now).replace(second=0, microsecond=0)
        due = at + later if later else None
        if due and due <= book.now:
            raise ChangebookError(f"--next: {written_time(due)} has passed; give a longer one, counted from --at")
        return Update.model_construct(
            at=at, state=state, text=text, known=known, checking=checking, expect=expect, next=due, readers=readers
        )

    if state != "resolved":
        _needed({"--next": later, **({} if known else {"--checking": checking, "--expect": expect})}, known=known)
    recorder.step(name, lambda book, change, when: updated(change, said(book, when)))


@click.command()
@click.argument("system", shell_complete=entry_ids("systems"))
@click.argument("state", metavar="degraded|down|ok", type=click.Choice(get_args(OutageState)))
@click.argument("text", callback=on_one_line)
@NEXT
@click.option("--where", metavar="TEXT", callback=on_one_line, help="Which sites, if not all.")
@records
def outage(
    recorder: Recorder, *, system: str, state: OutageState, text: str, later: timedelta | None, where: str | None
) -> None:
    """Record that SYSTEM, a system or partner, is degraded or down, or works again: TEXT is what callers are told.

    What was said before is kept below it. Once it works again, no next update is due.

    \b
    Examples:
      changebook outage lakeside-imaging down "No images arrive. Orders are kept; call 555-0162." --next 1h
      changebook outage lakeside-imaging ok "Images arrive again. Nothing was lost."
    """
    if state != "ok":
        _needed({"--next": later}, known=True)
    recorder.write(
        lambda folder: plan_outage(
            folder,
            system,
            state,
            text,
            next_in=later,
            where=where,
            today=recorder.today,
            clock=clock,
        )
    )


def _needed(options: dict[str, str | timedelta | None], *, known: bool) -> None:
    if missing := [name for name, given in options.items() if not given]:
        more = "" if known or missing == ["--next"] else "; or --known, if the cause is known"
        raise ChangebookError(f"add {' and '.join(missing)}{more}")
