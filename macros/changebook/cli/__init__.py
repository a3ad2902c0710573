"""The `changebook` command; each of its commands is a module of this package."""

from __future__ import annotations

import click

from changebook.cli.build import build
from changebook.cli.check import check
from changebook.cli.decide import decide, roll_back
from changebook.cli.door import Door
from changebook.cli.evidence import briefed, ran, tell
from changebook.cli.gate import gate
from changebook.cli.list import list_changes
from changebook.cli.live import close, live, ready, stable
from changebook.cli.move import move
from changebook.cli.names import names
from changebook.cli.new import new
from changebook.cli.new_scenario import new_scenario
from changebook.cli.rename import rename
from changebook.cli.review import review
from changebook.cli.schema import schema
from changebook.cli.search import search
from changebook.cli.show import show
from changebook.cli.since import print_since
from changebook.cli.status import status
from changebook.cli.verify import verify


@click.group(cls=Door)
@click.version_option(package_name="changebook")
def main() -> None:
    """Check the change records of a service desk, and build their site.

    \b
    Example:
      changebook check
    """


for command in (
    *(build, check, gate, list_changes, move, names, new, new_scenario, rename, review, schema, search, show),
    print_since,
    *(ready, decide, live, stable, close, roll_back, ran, tell, briefed, verify, status),
):
    main.add_command(command)
