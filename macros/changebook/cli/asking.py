"""Asking for what a command line leaves out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click

from changebook.printing.terminal import ask, say


@dataclass(frozen=True)
class Asker:
    """Asks for what is missing, when a person is there to answer."""

    asking: bool

    @classmethod
    def unless(cls, yes: bool) -> Asker:
        """Return one that asks in a terminal, unless `yes` says to take the defaults."""
        return cls(not yes and bool(sys.stdin and sys.stdin.isatty()))

    def for_term(
        self,
        option: str,
        given: str | None,
        *,
        offered: str = "",
        choices: Iterable[str] = (),
        hint: str = "",
        refusal: Callable[[str], str | None] = lambda term: None,
    ) -> str:
        """Return what is given, or the answer, or what is offered; exit with 2 when it is missing or refused."""

        def accepted(term: str) -> str:
            if message := refusal(term):
                raise click.UsageError(message)
            return term

        if given is None and self.asking:
            if choices or hint:
                say(hint or f"One of: {', '.join(choices)}")
            return ask(option.removeprefix("--").capitalize(), offered, accepted)
        if not (term := offered if given is None else given):
            raise click.UsageError(f"{option} is missing; give it, or run this in a terminal to be asked")
        return accepted(term)
