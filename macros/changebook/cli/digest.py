"""`changebook digest`: a mail with what changed since a moment and what comes next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from changebook.cli.common import BOOK, right_book
from changebook.cli.moments import moment_before
from changebook.cli.options import TODAY
from changebook.git.repository import edits_since
from changebook.language import speak
from changebook.printing.mail import mail_of
from changebook.printing.terminal import say, say_lines
from changebook.source.files import write_whole
from changebook.source.settings import language_of, site_settings
from changebook.views.digest import digest_of


@click.command()
@click.option("--since", "moment", metavar="MOMENT", default="7d", help="A day, a time, or how long ago: 7d, 12h.")
@click.option(
    "--to", "target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the email here."
)
@BOOK
@TODAY
def digest(moment: str, target: Path | None, path: Path, today: str | None) -> None:
    """Print an email for the desk: what changed in the last week and what comes in the next, to send or to post.

    It has what went live, what is planned for as long a time ahead, what was postponed, and which known errors,
    playbooks, first responses and numbers changed. Nothing is sent.

    \b
    Examples:
      changebook digest
      changebook digest --since 2026-11-26 --to week.eml
    """
    speak(language_of(path))
    book = right_book(path, today)
    at = moment_before(moment, book, "--since")
    book = replace(book, past=edits_since(path, at))
    found = digest_of(book, at)
    if not found.parts:
        raise click.ClickException(f"nothing changed since {moment} and nothing is planned; name an earlier moment")
    site = str(site_settings(path.resolve().parent / "docs").get("site_url") or "")
    feedback = book.desk.settings.feedback or ""
    mail = mail_of(found.subject, found.text(site), at=book.now, sender=feedback if "@" in feedback else "")
    if target:
        write_whole(target, mail)
        say(f"The email is in {target}.")
    else:
        say_lines(mail.decode("ascii").splitlines())
