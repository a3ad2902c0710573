"""What the commands of a release night share: times, and how an edit is shown, asked for and written."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from pydantic_core import PydanticCustomError

from changebook.book import Book
from changebook.characters import called, hidden_in
from changebook.cli.common import BOOK, clock, named_folder
from changebook.cli.options import TODAY
from changebook.cli.problems import print_problems
from changebook.editing.files import ChangedError, write
from changebook.errors import BookError, ChangebookError
from changebook.model import Change
from changebook.model.scalar import in_zone
from changebook.printing.terminal import confirm, say, say_lines
from changebook.recording.plan import NightStep, NotReadyError, Plan, plan_step
from changebook.source.files import writing

# An hour alone is one of the last twelve: later today is a slip, and not last night.
_NIGHT = timedelta(hours=12)
# Writing takes a moment; whoever writes at the same time waits for it.
_WAIT = timedelta(seconds=10)
YES = click.option("--yes", is_flag=True, help="Write without asking.")
AT = click.option(
    "--at", metavar="TIME", help="When it was: '2026-12-02 21:00', or 21:00 for today or last night; else now."
)
BY = click.option("--by", metavar="TEAM", help="The team that decided; else the one the record names.")


def on_one_line(context: click.Context, parameter: click.Parameter, text: str | None) -> str | None:
    """Return what is typed for `parameter` as one line, None where it is left out; raise BadParameter for nothing."""
    if text is None:
        return None
    if not (line := " ".join(text.split())) and not context.resilient_parsing:
        raise click.BadParameter("nothing is written here; say it in a few words", context, parameter)
    if hidden := hidden_in(line):
        said = f"it holds {called(hidden[0])}, which nobody sees; type the words again"
        raise click.BadParameter(said, context, parameter)
    return line


@dataclass(frozen=True)
class Recorder:
    """What writes a step into the record of a change: in the book at `path`, at the time `at`, asking unless `yes`."""

    path: Path
    today: str | None
    yes: bool
    at: str | None = None

    def step(self, name: str, step: Callable[[Book, Change, datetime | None], NightStep]) -> None:
        """Write the `step` of the change called `name`, once it is checked, shown and agreed to; exit with 1 if not."""

        def made(book: Book, change: Change) -> NightStep:
            return step(book, change, past_time(book, self.at) if self.at else None)

        self.write(lambda folder: plan_step(folder, name, made, today=self.today, clock=clock))

    def write(self, plan: Callable[[Path], Plan]) -> None:
        """Write what `plan` returns for the book's folder, once it is checked, shown and agreed to; or exit with 1."""
        folder = named_folder(self.path)
        try:
            while True:
                planned = plan(folder)
                files = " and ".join(edit.new.as_posix() for edit in (*planned.also, planned.edit))
                if planned.edit.before == planned.edit.after:
                    say(f"{files} says so already; there is nothing to write.", err=True)
                    return
                _show(planned, folder)
                if not self.yes:
                    confirm("Write this?")
                try:
                    # Not before the answer: another command's may be more urgent.
                    with writing(folder, wait=_WAIT):
                        write([*planned.also, planned.edit])
                        break
                except ChangedError:
                    say(f"{files} was changed in the meantime; this is the edit now:", err=True)
        except NotReadyError as error:
            say_lines(error.gaps)
            raise
        except BookError as error:
            print_problems(error.problems, "text")
            say("The record has these problems, or would have them; nothing was changed, fix them first.", err=True)
            raise SystemExit(1) from error
        say(f"{files} {'are' if planned.also else 'is'} written.", err=True)


def records(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command a Recorder as its first argument, and the options that it is made from."""

    @YES
    @BOOK
    @TODAY
    @functools.wraps(command)
    def run(*, path: Path, today: str | None, yes: bool, at: str | None = None, **given: Any) -> None:
        command(Recorder(path, today, yes, at), **given)

    return run


def past_time(book: Book, text: str) -> datetime:
    """Return the time that `text` names in the book's zone; an hour alone is that of today, or of last night.

    Raises ChangebookError when it is no time, or still to come.
    """
    hour = re.fullmatch(r"(?:[01]?\d|2[0-3]):[0-5]\d", text)
    days = [f"{book.now - timedelta(days=ago):%Y-%m-%d} {text.zfill(5)}" for ago in (0, 1)] if hour else [text]
    try:
        moments = [in_zone(day, book.desk.settings.zone) for day in days]
    except PydanticCustomError as error:
        raise ChangebookError(f"--at: {error.message()}") from error
    past = next((moment for moment in moments if moment <= book.now), None)
    if not past or (hour and book.now - past > _NIGHT):
        raise ChangebookError(f"--at: {text} is still to come; run this once it is done")
    return past


def _show(planned: Plan, folder: Path) -> None:
    for edit in (*planned.also, planned.edit):
        say_lines(edit.diff(folder.parent))
    opened, hits, places, tell = map(len, (planned.opened, planned.collides, planned.look_at, planned.tell))
    for title, words in (
        (f"This opens {opened} gap{_s(opened)}:", planned.opened),
        ("Still to come:", planned.coming),
        (f"This brings {hits} collision{_s(hits)} more on the calendar:", planned.collides),
        ("Done for the former window; repeat what does not hold for the new one:", planned.stale),
        (f"Look at {places} place{_s(places)} too, which may go with the window:", planned.look_at),
        (f"Tell {'these' if tell > 1 else 'this team'}:", planned.tell),
        ("This is not folded:", planned.left),
        ("Note:", planned.notes),
    ):
        if words:
            say(title, err=True)
            say_lines((f"  {line}" for line in words), err=True)
    if planned.elsewhere:
        number = planned.elsewhere
        say(f"Other files have {number} problem{'s' if number > 1 else ''}; see changebook check.", err=True)


def _s(number: int) -> str:
    return "" if number == 1 else "s"
