"""`changebook new`: a draft to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from changebook.book import Book
from changebook.book.lookup import change_called, name_refusal
from changebook.cli.asking import Asker
from changebook.cli.common import BOOK, readable_book, stop_on, unknown_term
from changebook.cli.completing import change_ids, entry_ids
from changebook.errors import UnknownTermError
from changebook.model import Change
from changebook.model.status import Urgency
from changebook.printing.terminal import say
from changebook.privacy.finding import message_of, private_in
from changebook.readiness import offered_sentence
from changebook.scaffold.free import next_slots
from changebook.scaffold.record import Wanted, record_file, record_problems, record_text
from changebook.source import load_source
from changebook.source.files import write_new, writing


@click.command()
@BOOK
@click.argument("name", required=False)
@click.option("--kind", shell_complete=entry_ids("kinds"), help="The kind of change, by its id.")
@click.option("--owner", metavar="TEAM", shell_complete=entry_ids("teams"), help="The team that makes the change.")
@click.option("--sentence", help="What changes and what to expect; pages add whom to call.")
@click.option(
    "--from",
    "start",
    metavar="RECORD",
    shell_complete=change_ids,
    help="A change, or its file, to carry over what stays: affects, contract, playbooks, rollback and more.",
)
@click.option(
    "--urgency",
    type=click.Choice(get_args(Urgency)),
    default="planned",
    help="How fast it must be made; a standard change repeats the one under --from.",
)
@click.option("--yes", is_flag=True, help="Ask nothing, take the defaults; NAME, --kind and --owner have none.")
def new(
    *,
    path: Path,
    name: str | None,
    kind: str | None,
    owner: str | None,
    sentence: str | None,
    start: str | None,
    urgency: Urgency,
    yes: bool,
) -> None:
    """Write a draft of the change called NAME into the book: a record that passes the check as written.

    What its kind needs is laid out as comments, in order, each key with what belongs there. In a terminal you are asked
    for what you leave out. Nothing is overwritten. What is carried over from another change is marked "not yet read":
    each mark is a gap until you delete it.

    \b
    Examples:
      changebook new
      changebook new "Allergy List Colors" --kind fhir-resource-update --owner ehr-applications
      changebook new "Claims API 2.5" --from claims-api-2-4 --yes
      changebook new "Formulary January" --from formulary-sync --urgency standard
      changebook new "Queue Fix" --urgency emergency --kind middleware-routing-change --owner integration-operations
    """
    if urgency == "standard" and start is None:
        raise click.UsageError("a standard change repeats another; name the closed change with --from")
    book = readable_book(path)
    source = _change_from(book, start) if start is not None else None
    asker = Asker.unless(yes)
    kinds, teams = book.desk.kinds, book.desk.teams
    name = asker.for_term("NAME", name, refusal=lambda term: name_refusal(book, term) or private_name(term))
    kind = asker.for_term(
        "--kind",
        kind,
        offered=source.kind if source else "",
        choices=kinds,
        refusal=lambda term: unknown_term("kind of change", term, kinds),
    )
    owner = asker.for_term(
        "--owner",
        owner,
        offered=source.owner if source else "",
        choices=teams,
        refusal=lambda term: unknown_term("team", term, teams),
    )
    sentence = asker.for_term("--sentence", sentence, offered=offered_sentence(name, book.desk.settings.language))
    values: dict[str, Any] = load_source(book.folder / f"{source.id}.yaml").values or {} if source else {}
    repeats = source.id if source and urgency == "standard" else ""
    free = next_slots(book, book.desk.kinds[kind], source) if urgency != "emergency" else ()
    wanted = Wanted(name, kind, owner, sentence, values, urgency, repeats, free)
    text = record_text(book, wanted)
    stop_on(record_problems(book, wanted, text))
    file = record_file(book, name)
    with writing(path):
        write_new(file, text)
    if free:
        say(f"It could go live at {free[0]}; see changebook slots.")
    say(f"{file.as_posix()} is written as a draft. Fill in its sections, then run: changebook check {file.as_posix()}")


def private_name(name: str) -> str | None:
    """Return why a name is refused that holds private data, which a file would be called after, or None."""
    found = private_in(name)
    return f"name: {message_of(found[0].rule).partition(';')[0]}; choose a name without it" if found else None


def _change_from(book: Book, start: str) -> Change:
    """Return the change that `--from` names by its file or by anything it is called."""
    file = Path(start)
    if file.suffix == ".yaml" and file.resolve().parent != book.folder.resolve():
        raise click.UsageError(f"--from: {start} is not a record in {book.folder.as_posix()}; name one that is")
    try:
        return change_called(book, file.stem if file.suffix == ".yaml" else start)
    except UnknownTermError as error:
        raise click.UsageError(f"--from: {error}") from error
