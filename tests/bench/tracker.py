"""Import first responses into Request Tracker 5, as Debian ships it, and read them back.

    python tests/bench/tracker.py

Needs request-tracker5 and rt5-db-sqlite (apt-get install --no-install-recommends request-tracker5 rt5-db-sqlite). The
tracker gets a database and settings of its own in a scratch folder; nothing of the system's is read or changed, and no
server is started. Sixty responses are imported, offered on a ticket and drifted byte for byte; then three are changed,
one is withdrawn, and the import is made again. Prints what it found; exits with 1 where anything differs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from changebook.exports.given_out import held_in
from changebook.exports.helpdesks import rt
from changebook.exports.responses import Reply, replies
from conftest import load
from sixty import book_of_sixty

SETUP, DUMP = "rt-setup-database-5", "rt-dump-initialdata-5"
SETTINGS = """
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rt.sqlite');
Set($LogToSyslog, undef);
Set($LogToFile, undef);
Set($LogToSTDERR, 'critical');
Set($InitialdataFormatHandlers, ['perl', 'RT::Initialdata::JSON']);
1;
"""
# What the page of a ticket offers: the articles of classes that its queue takes, and the text that one brings in.
OFFERED = r"""
use strict; use warnings; use lib '/usr/share/request-tracker5/lib';
use RT; use JSON; RT::LoadConfig(); RT::Init();
my $class = RT::Class->new(RT->SystemUser); $class->Load('General');
$class->AddToObject(RT::Queue->new(RT->SystemUser)) unless $class->IsApplied(0);
my $ticket = RT::Ticket->new(RT->SystemUser); $ticket->Create(Queue => 'General', Subject => 'No result');
my $found = RT::Articles->new(RT->SystemUser); $found->LimitAppliedClasses(Queue => $ticket->QueueObj);
my %offered = map { $_->Name => $_->FirstCustomFieldValue('Content') } @{ $found->ItemsArrayRef };
print JSON->new->utf8->canonical->encode(\%offered);
"""


def run(*command: str, folder: Path) -> bytes:
    """Run one of the tracker's programs with the settings in `folder`; return what it prints."""
    environment = {**os.environ, "RT_SITE_CONFIG_DIR": str(folder / "settings")}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout


def imported(found: list[Reply], folder: Path) -> dict[str, str]:
    """Import replies, and return what a new ticket offers: the text of each article by its name."""
    file = folder / "articles.json"
    file.write_text(rt(found), encoding="utf-8")
    run(SETUP, "--action", "insert", "--datafile", str(file), "--skip-create", "--force", folder=folder)
    offered: dict[str, Any] = json.loads(run("perl", "-e", OFFERED, folder=folder))
    return offered


def differing(found: list[Reply], offered: dict[str, str]) -> list[str]:
    """Return the names of the replies that a ticket does not offer as they are."""
    wanted = {reply.name: reply.text for reply in found if reply.offered}
    return sorted(name for name in {*wanted, *offered} if wanted.get(name) != offered.get(name))


def main() -> None:
    """Import twice, and compare."""
    if not shutil.which(SETUP):
        sys.exit("no Request Tracker here: apt-get install --no-install-recommends request-tracker5 rt5-db-sqlite")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "settings").mkdir()
        (folder / "settings" / "10-scratch.pm").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
        run(SETUP, "--action", "init", "--skip-create", "--force", folder=folder)
        book = load(book_of_sixty(folder)).book
        assert book
        found = replies(book)
        wrong = differing(found, imported(found, folder))
        print(f"{len(found)} responses imported, {len(found) - len(wrong)} offered on a ticket, byte for byte")
        again = [replace(reply, text=f"New. {reply.text}") if at < 3 else reply for at, reply in enumerate(found)]
        again[3] = replace(again[3], status="closed")
        late = differing(again, imported(again, folder))
        print(f"3 changed and 1 withdrawn, imported again: {len(late)} differ")
        run(DUMP, "--directory", str(folder / "dump"), "--no-users", "--no-groups", folder=folder)
        dump = held_in((folder / "dump" / "initialdata.json").read_text("utf-8"))
        unread = {one.name for one in dump} ^ {reply.name for reply in again}
        print(f"its own dump, read back: {len(dump)} articles, {len(unread)} not understood")
        sys.exit(bool(wrong or late or unread))


if __name__ == "__main__":
    main()
