"""What callers are told while something is wrong, as an edit: of a change's record, or of the desk's status file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.editing.files import FileEdit
from changebook.editing.layout import Look
from changebook.editing.lines import Value, entry_lines
from changebook.editing.record import Action, Append, Put, Remove
from changebook.errors import ChangebookError
from changebook.model import Change, Outage
from changebook.model.updates import OutageState, Update
from changebook.names import did_you_mean
from changebook.recording.plan import Clock, NightStep, Plan, plan_file, readable, tried
from changebook.recording.steps import written_time


def updated(change: Change, update: Update) -> NightStep:
    """Return the step that adds `update` to the updates of a change; no gap stops it.

    Raises ChangebookError for a change that callers do not notice: a draft, and one that was cancelled.
    """
    if change.status in ("draft", "cancelled"):
        raise ChangebookError(f"{change.name} is {change.status}: callers do not notice it, so there is no news of it")
    parts: dict[str, Value | None] = {
        "at": written_time(update.at),
        "state": update.state,
        "text": update.text,
        "known": update.known or None,
        "checking": update.checking,
        "expect": update.expect,
        "next": written_time(update.next) if update.next else None,
        "readers": update.readers or None,
    }
    return NightStep((Append(("updates",), {key: value for key, value in parts.items() if value is not None}),))


def plan_outage(
    folder: Path,
    name: str,
    state: OutageState,
    says: str,
    *,
    next_in: timedelta | None,
    where: str | None,
    today: str | None,
    clock: Clock,
) -> Plan:
    """Return the edit of the desk's status file that says that the system or partner `name` is in `state`; what was
    said of it before is kept. A new outage begins now; one that works again has no next update.

    Raises ChangebookError when there is no such system or partner, and for one that has no outage and works; else what
    `plan_file` raises.
    """
    book = readable(load_book(folder, today=today, clock=clock))
    known = (*book.desk.systems, *book.desk.partners)
    if name not in known:
        raise ChangebookError(f"no system or partner {name!r}; {did_you_mean(name, known)}")
    actions, file = _said(book, name, state, says, next_in=next_in, where=where), folder / "desk" / "status.yaml"
    if book.desk.status:
        return plan_file(folder, file, Outage, actions, today=today, clock=clock)
    # The first outage of a desk: there is no file, or one with nothing but comments.
    before = file.read_bytes() if file.exists() else b""
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    entries = {str(action.steps[0]): action.value for action in actions if isinstance(action, Put)}
    lines = [line for key, value in entries.items() for line in entry_lines(key, value, 0, Look(2, 2, 2))]
    edit = FileEdit(file, file, before, before + gap + "".join(f"{line}\n" for line in lines).encode())
    return Plan(edit, elsewhere=tried(edit, folder, today, clock)[1])


def _said(
    book: Book, name: str, state: OutageState, says: str, *, next_in: timedelta | None, where: str | None
) -> list[Action]:
    before, now = book.desk.status.get(name), written_time(book.now)
    if state == "ok" and (not before or before.state == "ok"):
        raise ChangebookError(f"{name} has no outage that could be over")
    new: dict[str, Value | None] = {
        "state": state,
        "since": now,
        "next_update": written_time(book.now + next_in) if next_in else None,
        "says": says,
        "where": where,
    }
    if not before:
        return [Put((name,), {key: value for key, value in new.items() if value is not None})]
    if before.state == "ok":
        # Another outage: what was said of the one before is over, and git keeps it.
        former = {"updated": before.updated, "where": before.where and not where, "earlier": before.earlier}
        gone: list[Action] = [Remove((name, key)) for key, value in former.items() if value]
        return [*gone, *(Put((name, key), value) for key, value in new.items() if value is not None)]
    del new["since"]
    new["updated"] = now
    said: dict[str, Value] = {"at": written_time(before.said_at), "state": before.state, "says": before.says}
    gone = [Remove((name, "next_update"))] if before.next_update and not next_in else []
    puts = [Put((name, key), value) for key, value in new.items() if value is not None]
    return [Append((name, "earlier"), said), *gone, *puts]
