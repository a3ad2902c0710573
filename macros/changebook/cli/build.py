"""`changebook build`: the whole site, or the one that was there."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from changebook.cli.options import TODAY
from changebook.cli.swap import BusyError, put_back, replacing
from changebook.printing.terminal import say

if TYPE_CHECKING:
    from changebook.editions import Edition

FOLDERS = {"desk": "site", "staff": "site-staff", "partners": "site-partners"}


@click.command()
@click.option(
    "--to",
    "target",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of the site; without it, site/, site-staff/ or site-partners/ beside mkdocs.yml.",
)
@click.option(
    "--edition",
    type=click.Choice(list(FOLDERS)),
    default="desk",
    help="Whose site: desk (all of the book), staff, or partners (a site for each).",
)
@click.option("--partner", metavar="ID", default="", help="With --edition partners: only the site of this partner.")
@TODAY
@click.option("--back", is_flag=True, help="Build nothing: put back the site that the last build replaced.")
def build(target: Path | None, *, edition: Edition, partner: str, today: str | None, back: bool) -> None:
    """Build the site, strict, and replace the one that was there, in one step.

    If the build fails or is stopped, the old site stays as it was. The new one is built beside it and the one it
    replaces is kept, so the disk needs room for three.

    \b
    Examples:
      changebook build
      changebook build --to ../published
      changebook build --back
      changebook build --edition staff
      changebook build --edition partners --partner clearwater-lab
    """
    project = _project()
    if partner and edition != "partners":
        raise click.UsageError("--partner goes with --edition partners; add that, or leave --partner out")
    # Of a link, what it leads to is replaced.
    site = (target or project / FOLDERS[edition] / partner).resolve()
    shown = target or Path(os.path.relpath(site))
    _refuse(site, project, given=bool(target))
    site.parent.mkdir(parents=True, exist_ok=True)
    try:
        if back:
            _put_back(site, shown)
        else:
            _replace(site, shown, project, edition=edition, partner=partner, today=today)
    except BusyError:
        raise click.ClickException(f"another build of {shown} is running; wait until it ends, then try again") from None


def _replace(site: Path, shown: Path, project: Path, *, edition: Edition, partner: str, today: str | None) -> None:
    with replacing(site) as new:
        if edition != "desk":
            # The desk's site is built by a process of its own: only here is the book needed.
            new.mkdir()
            import_module("changebook.cli.editions").write_edition(project, new, edition, partner=partner, today=today)
            say(f"The site is in {shown}.")
            return
        command = [sys.executable, "-m", "changebook.site", "build", "--strict", "--site-dir", str(new)]
        # Whatever the locale, MkDocs takes the names of folders for text.
        environment = {
            "NO_MKDOCS_2_WARNING": "1",
            **os.environ,
            "PYTHONUTF8": "1",
            **({"CHANGEBOOK_TODAY": today} if today else {}),
        }
        # MkDocs inherits the lock: if this process is killed, no other build begins before its MkDocs has ended too.
        done = subprocess.run(command, cwd=project, env=environment, close_fds=False, check=False)
        if done.returncode:
            say(f"Nothing was published; {shown} is unchanged.", err=True)
            raise SystemExit(max(done.returncode, 1))
    say(f"The site is in {shown}.")


def _put_back(site: Path, shown: Path) -> None:
    if not put_back(site):
        raise click.ClickException(f"no site that {shown} replaced is kept; run changebook build")
    say(f"The site before the last build is in {shown} again; --back once more undoes that.")


def _project() -> Path:
    """Return the nearest folder upward that holds mkdocs.yml."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return folder
    raise click.UsageError(f"no mkdocs.yml in {here} or in any folder above it; go to the project's folder")


def _refuse(site: Path, project: Path, *, given: bool) -> None:
    """Raise BadParameter where something other than a site would be lost; `site/` itself was always made here."""
    other = given and site.is_dir() and any(site.iterdir()) and not (site / "404.html").is_file()
    if other or (site.exists() and not site.is_dir()) or project.is_relative_to(site):
        raise click.BadParameter(f"{site} is not a site and would be overwritten; name a new folder", param_hint="--to")
    for part in ("changes", "docs", "overrides"):
        if site.is_relative_to(project / part):
            raise click.BadParameter(f"{site} is in {part}/; name a folder outside it", param_hint="--to")
