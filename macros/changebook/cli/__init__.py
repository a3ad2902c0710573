"""The `changebook` command; each of its commands is a module of this package."""

from __future__ import annotations

import click

from changebook.cli.build import build
from changebook.cli.check import check
from changebook.cli.door import Door
from changebook.cli.gate import gate
from changebook.cli.list import list_changes
from changebook.cli.names import names
from changebook.cli.new import new
from changebook.cli.new_scenario import new_scenario
from changebook.cli.rename import rename
from changebook.cli.review import review
from changebook.cli.schema import schema
from changebook.cli.search import search
from changebook.cli.show import show
from changebook.cli.since import print_since


@click.group(cls=Door)
@click.version_option(package_name="changebook")
def main() -> None:
    """Check the change records of a service desk, and build their site.

    \b
    Example:
      changebook check
    """


COMMANDS = (
    build,
    check,
    gate,
    list_changes,
    names,
    new,
    new_scenario,
    rename,
    review,
    schema,
    search,
    show,
    print_since,
)
for command in COMMANDS:
    main.add_command(command)
