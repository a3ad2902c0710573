"""`changebook new-scenario`: a general playbook to start from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from changebook.book.codes import codes_used, next_code
from changebook.cli.asking import Asker
from changebook.cli.common import BOOK, readable_book, stop_on, unknown_term
from changebook.cli.completing import entry_ids
from changebook.cli.new import private_name
from changebook.git.codes import codes_given
from changebook.names import id_fault
from changebook.printing.terminal import say
from changebook.scaffold.scenario import NewPlaybook, scenario_problems, scenario_text
from changebook.source.files import write_new, writing


@click.command(name="new-scenario")
@BOOK
@click.argument("title", required=False)
@click.option("--owner", metavar="TEAM", shell_complete=entry_ids("teams"), help="The team that takes its escalations.")
@click.option("--backup", metavar="TEAM", shell_complete=entry_ids("teams"), help="Whom to call after that team.")
@click.option("--category", shell_complete=entry_ids("categories"), help="The category for its tickets.")
@click.option(
    "--system",
    "systems",
    multiple=True,
    shell_complete=entry_ids("systems"),
    help="A system the request goes through; repeat for each, in order.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def new_scenario(
    *,
    path: Path,
    title: str | None,
    owner: str | None,
    backup: str | None,
    category: str | None,
    systems: tuple[str, ...],
    yes: bool,
) -> None:
    """Write a general playbook for the symptom called TITLE into desk/scenarios/.

    It passes the check as written and is published with the next build: two checks that help with any symptom, what
    to say, and whom to call. Its code is one that no playbook ever had. In a terminal you are asked for what you leave
    out. Nothing is overwritten.

    \b
    Example:
      changebook new-scenario
    """
    book, asker = readable_book(path), Asker.unless(yes)
    desk = book.desk

    def term(option: str, given: str | None, what: str, terms: Collection[str]) -> str:
        def refused(word: str) -> str | None:
            return unknown_term(what, word, terms)

        return asker.for_term(option, given, choices=terms, refusal=refused)

    def no_title(words: str) -> str | None:
        return id_fault(desk.settings.id_of(words)) or private_name(words)

    title = asker.for_term("TITLE", title, refusal=no_title)
    owner = term("--owner", owner, "team", desk.teams)
    backup = term("--backup", backup, "team", desk.teams)
    category = term("--category", category, "ticket category", desk.categories)
    through = tuple(term("--system", name, "system", desk.systems) for name in systems or (None,))
    given = codes_used(desk) | codes_given(path)
    wanted = NewPlaybook(title, desk.settings.id_of(title), owner, backup, category, through, next_code(given))
    text = scenario_text(book, wanted)
    stop_on(scenario_problems(book, wanted, text))
    file = book.folder / wanted.file
    with writing(path):
        # Git keeps no empty folder: a book's first playbook makes it.
        file.parent.mkdir(exist_ok=True)
        write_new(file, text)
    say(f"{file.as_posix()} is written, and right as it is. Make its words yours, then run: changebook check --search")
