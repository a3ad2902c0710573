"""The group that all commands belong to: however one ends, a person reads a sentence and never a traceback."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import signal
import sys
from collections import UserDict
from collections.abc import Mapping, Sequence
from typing import Any, TextIO, cast

import click

from changebook.errors import ChangebookError
from changebook.printing.system import sentence, without_docstrings
from changebook.printing.terminal import never_fail_on_a_character, say, say_lines

PROBLEMS = 1
SYSTEM = 2
INTERRUPTED = 130
# Things that are made before garbage is looked for.
_MADE_BETWEEN = 100_000


class Commands(UserDict[str, click.Command]):
    """Commands by name; each is imported when it is asked for, so that none waits for what only others need.

    `places` says where each is: its module in this package, and its name there.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__()
        self.data = cast("dict[str, click.Command]", dict(places))

    def __getitem__(self, name: str) -> click.Command:
        """Return a command; raise KeyError where there is none of that name."""
        module, _, command = cast(str, self.data[name]).partition(".")
        return cast(click.Command, getattr(importlib.import_module(f"{__package__}.{module}"), command))


class Door(click.Group):
    """Commands that exit with 0, with 1 for what is wrong in a book, and with 2 for the command line and the system."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command and exit with its code, as click does, after a sentence for every error that is foreseen."""
        never_fail_on_a_character()
        # A command makes a book and ends: looking for garbage took a fifth of its time, and found next to none.
        gc.set_threshold(_MADE_BETWEEN)
        # Python would look once more as it ends, through all that is there still.
        atexit.register(gc.freeze)
        # Of plugins for its records, pydantic would look through every installed package.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        if why := _why_not():
            say(f"Error: {why}", err=True)
            sys.exit(SYSTEM)
        sys.exit(self._code(args, *more, **{**extra, "standalone_mode": False}))

    def _code(self, args: Sequence[str] | None, *more: Any, **extra: Any) -> int:
        try:
            code = super().main(args, *more, **extra)
        except click.Abort as error:
            by_key = isinstance(error.__cause__, KeyboardInterrupt)
            if by_key:  # whoever is in a hurry presses again while the program ends
                signal.signal(signal.SIGINT, signal.SIG_IGN)
            say("Aborted!", err=True)
            return INTERRUPTED if by_key else PROBLEMS
        except click.ClickException as error:
            _show(error)
            return error.exit_code
        except ChangebookError as error:
            say(f"Error: {error}", err=True)
            return PROBLEMS
        except OSError as error:
            _let_go(sys.stdout)
            say_lines([f"Error: {sentence(error)}", *getattr(error, "__notes__", ())], err=True)
            return SYSTEM
        return code if isinstance(code, int) else 0


def _why_not() -> str:
    """Return why no command can do its work here, "" where it can."""
    if sys.stdout is None:
        return "standard output is closed; send it to a file or to /dev/null"
    return without_docstrings()


def _show(error: click.ClickException) -> None:
    """Print what is wrong with a command line as click does, whatever an argument holds."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say_lines(error.format_message().splitlines(), err=True)
        return
    if isinstance(error, click.UsageError) and error.ctx:
        path = error.ctx.command_path
        say_lines([*error.ctx.get_usage().splitlines(), f"Try '{path} --help' for help.", ""], err=True)
    say(f"Error: {error.format_message()}", err=True)


def _let_go(stream: TextIO | None) -> None:
    """Send what `stream` still holds to nowhere if it cannot be written: Python would try again, and complain."""
    try:
        if stream:
            stream.flush()
    except OSError:
        assert stream
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
