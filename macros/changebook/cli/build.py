"""`changebook build`: the whole site, or the one that was there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from changebook.cli.swap import replacing
from changebook.printing.terminal import say


@click.command()
@click.option(
    "--to",
    "target",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of the site; without it, site/ beside mkdocs.yml.",
)
def build(target: Path | None) -> None:
    """Build the site, strict, and replace the one that was there, in one step.

    If the build fails or is stopped, the old site stays as it was. The new one is built beside it, so the disk needs
    room for both.

    \b
    Examples:
      changebook build
      changebook build --to ../published
    """
    project = _project()
    # Of a link, what it leads to is replaced.
    site = (target or project / "site").resolve()
    shown = target or Path(os.path.relpath(site))
    _refuse(site, project, given=bool(target))
    site.parent.mkdir(parents=True, exist_ok=True)
    with replacing(site, lambda: say(f"Waiting for another build of {shown} to finish.", err=True)) as new:
        command = [sys.executable, "-m", "changebook.site", "build", "--strict", "--site-dir", str(new)]
        environment = {"NO_MKDOCS_2_WARNING": "1", **os.environ}
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
