"""`changebook build`: the whole site, or the one that was there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from changebook.cli.common import TODAY
from changebook.cli.editions import EDITIONS, site_folder, write_edition
from changebook.cli.swap import replacing
from changebook.editions import Edition
from changebook.printing.terminal import say


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
    type=click.Choice(EDITIONS),
    default="desk",
    help="Whose site: desk (all of the book), staff, or partners (a site for each).",
)
@click.option("--partner", metavar="ID", default="", help="With --edition partners: only the site of this partner.")
@TODAY
def build(target: Path | None, *, edition: Edition, partner: str, today: str | None) -> None:
    """Build the site, strict, and replace the one that was there, in one step.

    Whatever goes wrong, or is stopped, the folder holds the old site or the new one, whole. The site is built
    beside it first, so there must be room for two.

    \b
    Examples:
      changebook build
      changebook build --to ../published
      changebook build --edition staff
      changebook build --edition partners --partner clearwater-lab
    """
    project = _project()
    if partner and edition != "partners":
        raise click.UsageError("--partner goes with --edition partners; add that, or leave --partner out")
    # Of a link, what it leads to is replaced.
    site = (target or project / site_folder(edition, partner)).resolve()
    shown = target or Path(os.path.relpath(site))
    _refuse(site, project, given=bool(target))
    site.parent.mkdir(parents=True, exist_ok=True)
    with replacing(site, lambda: say(f"Waiting for another build of {shown} to finish.", err=True)) as new:
        if edition != "desk":
            new.mkdir()
            write_edition(project, new, edition, partner=partner, today=today)
            say(f"The site is in {shown}.")
            return
        command = [sys.executable, "-m", "changebook.site", "build", "--strict", "--site-dir", str(new)]
        environment = {"NO_MKDOCS_2_WARNING": "1", **os.environ, **({"CHANGEBOOK_TODAY": today} if today else {})}
        # MkDocs inherits the lock: if this process is killed, the next build waits until its MkDocs has ended too.
        done = subprocess.run(command, cwd=project, env=environment, close_fds=False, check=False)
        if done.returncode:
            say(f"Nothing was published; {shown} is unchanged.", err=True)
            raise SystemExit(max(done.returncode, 1))
    say(f"The site is in {shown}.")


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
