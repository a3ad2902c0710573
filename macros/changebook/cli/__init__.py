"""The `changebook` command; each of its commands is a module of this package, imported when it is run."""

from __future__ import annotations

import click

from changebook.cli.door import Commands, Door

# Each command's module in this package, and its function there.
COMMANDS = Commands(
    {
        "announce": "announce.announce",
        "briefed": "evidence.briefed",
        "build": "build.build",
        "check": "check.check",
        "close": "live.close",
        "decide": "decide.decide",
        "desk": "desk.desk",
        "digest": "digest.digest",
        "export": "responses.export",
        "fold": "fold.fold",
        "gate": "gate.gate",
        "known-error": "known_error.known_error",
        "init": "init.init",
        "list": "list.list_changes",
        "live": "live.live",
        "migrate": "migrate.migrate",
        "move": "move.move",
        "names": "names.names",
        "new": "new.new",
        "new-scenario": "new_scenario.new_scenario",
        "outage": "update.outage",
        "ran": "evidence.ran",
        "ready": "live.ready",
        "rename": "rename.rename",
        "responses": "responses.held_replies",
        "review": "review.review",
        "roll-back": "decide.roll_back",
        "schema": "schema.schema",
        "search": "search.search",
        "show": "show.show",
        "since": "since.print_since",
        "slots": "slots.slots",
        "stable": "live.stable",
        "status": "status.status",
        "tickets": "tickets.tickets",
        "told": "evidence.tell",
        "update": "update.update",
        "verify": "verify.verify",
    }
)


@click.group(cls=Door, commands=COMMANDS)
@click.version_option(package_name="changebook")
def main() -> None:
    """Check the change records of a service desk, and build their site.

    \b
    Example:
      changebook check
    """
