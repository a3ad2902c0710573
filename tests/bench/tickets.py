"""Count a real log of tickets, hold every count against SQL, and time twenty thousand rows of it.

    .venv/bin/python tests/bench/tickets.py incidents.csv

The log is ServiceNow's, as the UCI archive has it (dataset 498): day/month/year, `?` for what is missing, many rows a
ticket.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from changebook.checking.problems import check_book
from changebook.model.mapping import TicketMapping
from changebook.model.reading import read_record
from changebook.tickets.figures import KPIS, lot_of
from changebook.tickets.importing import count_export
from changebook.tickets.kept import kept_text, read_kept
from changebook.tickets.reading import read_export

SMALL = Path(__file__).parents[1] / "book"
MOST_SECONDS = 5.0
VALUES = {
    "id": "log",
    "title": "The log",
    "rows": "event",
    "day_first": "true",
    "zone": "UTC",
    "columns": {
        "number": "number",
        "opened": "opened_at",
        "changed": "sys_updated_at",
        "resolved": "resolved_at",
        "state": "incident_state",
        "category": "category",
        "caller": "caller_id",
        "reassigned": "reassignment_count",
        "reopened": "reopen_count",
        "sla_met": "made_sla",
    },
    "states": {"classified": ["Active"]},
}
# One line a ticket, from its events in the order of their times: what the package does, said in another language.
TICKETS = """
create table ticket as
with event as (
  select rowid as at, *,
    row_number() over (partition by number order by changed, rowid) as nth,
    row_number() over (partition by number order by changed desc, rowid desc) as back
  from row
)
select number,
  min(opened) as opened,
  max(case when back = 1 then resolved end) as resolved,
  min(case when state = 'Active' then changed end) as classified,
  max(moved) > 0 as escalated,
  max(reopened) > 0 as reopened,
  max(case when back = 1 then sla end) as sla,
  (select category from event as e where e.number = o.number and category <> '?' order by back limit 1) as category,
  (select caller from event as e where e.number = o.number and caller <> '?' order by back limit 1) as caller
from event as o group by number;
create index by_caller on ticket (caller, category, opened);
update ticket set classified = null where classified < opened;
"""
REPEATS = """
select
  sum(case when reopened or exists (
    select 1 from ticket as b where b.caller = t.caller and b.category = t.category
      and (b.opened < t.opened or (b.opened = t.opened and b.number < t.number)) and t.opened - b.opened <= 7 * 86400
  ) then 1 else 0 end), count(*) from ticket as t
"""


def main() -> None:
    """Print what was counted twice, and exit with 1 where the two differ or time ran out."""
    file = Path(sys.argv[1])
    mapping, faults = read_record(TicketMapping, VALUES, {})
    book = check_book(SMALL, clock=lambda: datetime.now(UTC)).book
    assert mapping, faults
    assert book
    data = file.read_bytes()
    began = time.process_time()
    export = read_export(data, mapping, ZoneInfo("UTC"))
    text = kept_text(count_export(export, mapping, book).tickets)
    kept, wrong = read_kept(text.encode())
    lot = lot_of(kept, datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC))
    found = {kpi.title: (figure.value, figure.known) for kpi in KPIS if (figure := kpi.of(lot))}
    took = time.process_time() - began
    assert not wrong
    expected = by_sql(file)
    for title, figure in expected.items():
        print(f"{'same' if found[title] == figure else 'DIFFERS'}  {title}: {found[title]}; by SQL {figure}")
    per = took * 20_000 / export.rows
    print(f"{export.rows} rows, {len(kept)} tickets in {took:.2f} s of CPU; 20,000 rows: {per:.2f} s")
    sys.exit(any(found[title] != figure for title, figure in expected.items()) or per > MOST_SECONDS)


def by_sql(file: Path) -> dict[str, tuple[float | None, int]]:
    """Return the figures of a log as SQL counts them: the value, and of how many tickets it is known."""
    base = sqlite3.connect(":memory:")
    base.execute("create table row (number, opened, changed, resolved, state, moved, reopened, sla, category, caller)")
    with file.open(encoding="utf-8", newline="") as stream:
        base.executemany(
            f"insert into row values ({', '.join('?' * 10)})",
            (
                (
                    row["number"],
                    seconds(row["opened_at"]),
                    seconds(row["sys_updated_at"]),
                    seconds(row["resolved_at"]),
                    row["incident_state"],
                    int(row["reassignment_count"]),
                    int(row["reopen_count"]),
                    row["made_sla"],
                    row["category"],
                    row["caller_id"],
                )
                for row in csv.DictReader(stream)
            ),
        )
    base.executescript(TICKETS)
    tickets, resolved, escalated, late, first = base.execute(
        "select count(*), count(resolved), sum(escalated), sum(sla = 'false'),"
        " sum(resolved is not null and not escalated and not reopened) from ticket"
    ).fetchone()
    repeats, _ = base.execute(REPEATS).fetchone()
    classify = [spent for (spent,) in base.execute("select (classified - opened) / 60.0 from ticket where classified")]
    resolve = [spent for (spent,) in base.execute("select (resolved - opened) / 60.0 from ticket where resolved")]
    return {
        "Tickets": (tickets, tickets),
        "First-contact resolution": (100 * first / tickets, tickets),
        "Time to classify": (median(classify), len(classify)),
        "Time to resolve": (median(resolve), len(resolve)),
        "Escalation rate": (100 * escalated / tickets, tickets),
        "Repeat-ticket rate": (100 * repeats / tickets, tickets),
        "Missed SLAs": (100 * late / tickets, tickets),
        "Queue growth": (tickets - resolved, tickets),
    }


def seconds(text: str) -> int | None:
    """Return a time of the log as seconds since 1970, None where it is missing."""
    return None if text == "?" else int(datetime.strptime(f"{text} +0000", "%d/%m/%Y %H:%M %z").timestamp())


if __name__ == "__main__":
    main()
