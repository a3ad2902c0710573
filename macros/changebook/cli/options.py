"""An option that also commands have which load no book."""

from __future__ import annotations

import click

TODAY = click.option(
    "--today",
    metavar="DATE",
    help="The day or time to use as now, such as '2026-12-02 21:00'; else the book's pinned now, else the clock.",
)
