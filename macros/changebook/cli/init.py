"""`changebook init`: the repository of a new book."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from changebook.checking.loading import load_book
from changebook.cli.asking import Asker
from changebook.cli.common import clock, stop_on
from changebook.language import ENGLISH, LANGUAGES
from changebook.printing.terminal import say, say_lines
from changebook.scaffold.record import Wanted, record_file, record_text
from changebook.scaffold.starter import DRAFTS, OWNER, Answers, starter_files, wrong_answers
from changebook.source.files import write_new

NO_FORGE = "none"
_KIND = "fhir-resource-update"
_FINE = Answers("Organization", "Desk", "1", "UTC", "en", "", "US")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organization", help="The organization's name.")
@click.option("--desk", help="The service desk's name.")
@click.option("--phone", help="The number that callers dial.")
@click.option("--zone", help="The time zone of every time in the book, such as America/Chicago.")
@click.option("--language", help="The language of the pages and of the callers, by its two letters, such as de.")
@click.option("--forge", metavar="URL", help=f"The repository's address at GitHub or GitLab, or {NO_FORGE}.")
@click.option("--country", help="Whose holidays and paper, such as US or US-IL.")
@click.option("--yes", is_flag=True, help="Ask nothing and take the defaults.")
def init(
    *,
    folder: Path,
    organization: str | None,
    desk: str | None,
    phone: str | None,
    zone: str | None,
    language: str | None,
    forge: str | None,
    country: str | None,
    yes: bool,
) -> None:
    """Write the repository of a new book into DIR: an empty but complete desk, and one example draft.

    In a terminal you are asked for what you leave out. It builds at once: go there, then run `make site` and
    `make test`. Nothing is written where a file is in the way.

    \b
    Examples:
      changebook init kb
      changebook init kb --organization "Harbor Clinic" --phone 4400 --zone America/Chicago --country US --yes
    """
    asker = Asker.unless(yes)
    organization = asker.for_term("--organization", organization, refusal=_refusal("organization"))
    desk = asker.for_term("--desk", desk, offered=f"{organization} Service Desk", refusal=_refusal("desk"))
    phone = asker.for_term("--phone", phone, hint="The number that callers dial.", refusal=_refusal("phone"))
    zone = asker.for_term(
        "--zone", zone, offered=_zone_here(), hint="The time zone, such as America/Chicago.", refusal=_refusal("zone")
    )
    language = asker.for_term("--language", language, offered=ENGLISH, choices=LANGUAGES, refusal=_refusal("language"))
    hint = f"The repository's address, https://github.com/OWNER/NAME, or {NO_FORGE}."
    forge = asker.for_term("--forge", forge, offered=NO_FORGE, hint=hint, refusal=_refusal("repository"))
    country = asker.for_term(
        "--country", country, hint="Whose holidays and paper: US, US-IL.", refusal=_refusal("country")
    )
    repository = "" if forge == NO_FORGE else forge.rstrip("/")
    files = starter_files(Answers(organization, desk, phone, zone, language, repository, country))
    name, draft = _draft(files)
    files[name] = draft
    if taken := [path for path in sorted(files) if os.path.lexists(folder / path)]:
        some = ", ".join(taken[:5]) + (f" and {len(taken) - 5} more" if len(taken) > 5 else "")
        raise click.UsageError(f"{folder}: {some} would be overwritten; name a folder without them")
    for path, text in sorted(files.items()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_new(folder / path, text)
    here = folder.resolve() == Path.cwd()
    say(f"{'This folder' if here else f'{folder.as_posix()}/'} holds the book of {organization}: {len(files)} files.")
    go = [] if here else [f"  cd {shlex.quote(folder.as_posix())}"]
    say_lines(["Next:", *go, "  make site", "  make test"])


def _refusal(question: str) -> Callable[[str], str | None]:
    def refusal(term: str) -> str | None:
        if question == "repository" and term == NO_FORGE:
            return None
        return wrong_answers(replace(_FINE, **{question: term})).get(question)

    return refusal


def _draft(files: dict[str, str]) -> tuple[str, str]:
    """Return the path and the text of the example draft, as `changebook new` writes one into the desk of `files`."""
    with tempfile.TemporaryDirectory() as scratch:
        for path, text in files.items():
            if path.startswith("changes/"):
                file = Path(scratch, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        loaded = load_book(Path(scratch, "changes"), shown_as=Path("changes"), clock=clock)
    stop_on(loaded.problems)
    assert loaded.book  # a book without problems is there
    name, sentence = DRAFTS.get(loaded.book.desk.settings.language, DRAFTS[ENGLISH])
    text = record_text(loaded.book, Wanted(name, _KIND, OWNER, sentence, {}))
    return record_file(loaded.book, name).as_posix(), text


def _zone_here() -> str:
    """Return the time zone of this machine, "" where it does not say, or is set to none that people live in."""
    zone = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    return "" if zone.startswith(("Etc", "UTC", "Universal")) else zone
