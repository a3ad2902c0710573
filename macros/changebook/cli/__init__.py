"""The `changebook` command; each of its commands is a module of this package."""

from __future__ import annotations

import click

from changebook.cli.check import check
from changebook.cli.names import names
from changebook.cli.rename import rename
from changebook.cli.search import search


@click.group()
@click.version_option(package_name="changebook")
def main() -> None:
    """Check the change records of a service desk, and build their site.

    \b
    Example:
      changebook check
    """


for command in (check, names, rename, search):
    main.add_command(command)
