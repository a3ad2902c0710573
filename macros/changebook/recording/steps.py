"""What each step of a release writes into the record of its change, at the moment that the book takes for now."""

from __future__ import annotations

from datetime import datetime

from changebook.book import Book
from changebook.editing.record import Action, Append, Put
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.model.launch import Decision, Verdict
from changebook.model.status import IN_USE, PLANNED
from changebook.names import did_you_mean
from changebook.readiness.aging import aged, before_a_move
from changebook.recording.plan import NightStep
from changebook.views.updates import current_update

_UNTRUE = ("decision-ahead", "decision-early", "decision-reason")


def decided(
    book: Book, change: Change, verdict: Verdict, *, reason: str, by: str | None, at: datetime | None
) -> NightStep:
    """Return the step that writes a decision: a go needs everything else, and holds for a change that is still to come.

    Its time is `at`, or now. The same decision again keeps its time, unless the change was moved or revised since.
    """
    if change.status not in (*PLANNED, *IN_USE):
        raise ChangebookError(f"{change.name} is {change.status}: there is nothing left to decide")
    if verdict != "go" and change.status in IN_USE:
        said = f"{change.name} is {change.status}, so a decision against it is a rollback"
        raise ChangebookError(f"{said}; run: changebook roll-back {change.id} REASON")
    made = change.go_no_go
    if not made and not by:
        raise ChangebookError(f"{change.name} has no go_no_go yet; say which team decides: --by TEAM")
    if made and made.decision == "pending" and not at:
        if made.at > book.now:
            said = f"the checkpoint is at {written_time(made.at)}; decide then, or say when it was held: --at TIME"
            raise ChangebookError(said)
        if verdict == "go" and change.window and change.window.start < book.now:
            raise ChangebookError("the window has begun; say when it was decided: --at TIME")
    again = made is not None and made.decision == verdict and not _is_old(change, made)
    when = at or (None if again else book.now)
    written = _decision(change, verdict, reason=reason, by=by, at=when)
    # An emergency may be decided before its record is written: that it is a draft still is for the next command.
    later = ("late", "window-passed") if change.status == "draft" else ()
    return NightStep(written, ready=verdict == "go", later=later, false=_UNTRUE)


def rolled_back(book: Book, change: Change, *, reason: str, by: str | None, at: datetime | None) -> NightStep:
    """Return the step that rolls a change back, as decided by `by`, else by the team that its rollback names.

    Raises ChangebookError for a change that is over, and where no team is known to decide.
    """
    if change.status not in (*PLANNED, *IN_USE):
        raise ChangebookError(f"{change.name} is {change.status}: there is nothing to roll back")
    named = change.rollback.decided_by if change.rollback else None
    team = by or named or (change.go_no_go.by if change.go_no_go else None)
    if not team:
        raise ChangebookError(f"{change.name} names no team that decides on a rollback; add --by TEAM")
    written = _decision(change, "roll-back", reason=reason, by=team, at=at or book.now)
    was = change.go_no_go
    pending = was and was.decision == "pending" and written_time(was.at)
    notes = (f"the go/no-go of {pending} was still pending; the rollback takes its place",) if pending else ()
    return NightStep((Put(("status",), "rolled-back"), *written), notes=notes)


def made_ready(change: Change) -> NightStep:
    """Return the step that says that a draft is ready: nothing that is due by then may be missing.

    Raises ChangebookError for a change that is past that.
    """
    if change.status not in PLANNED:
        raise ChangebookError(f"{change.name} is {change.status}: only a draft can be made ready")
    return NightStep((Put(("status",), "ready"),), ready=True)


def gone_live(change: Change, *, anyway: bool) -> NightStep:
    """Return the step that says that a change is live; with `anyway`, although support is not ready for it.

    Raises ChangebookError for a change that is over.
    """
    if change.status not in (*PLANNED, "live"):
        raise ChangebookError(f"{change.name} is {change.status}: only a change that is ready can go live")
    return NightStep((Put(("status",), "live"),), ready=not anyway)


def settled(book: Book, change: Change) -> NightStep:
    """Return the step that says that a live change is stable from today on: nothing may be missing by then.

    Raises ChangebookError for a change that is not live, and while an update that callers were promised is overdue.
    """
    if change.status not in IN_USE:
        back = "; say that all is well again with changebook update" if change.status == "rolled-back" else ""
        raise ChangebookError(f"{change.name} is {change.status}: only a live change can be stable{back}")
    word = current_update(book, change)
    if word and word.overdue:
        said = f"the next update of {change.name} is overdue, and callers wait for it"
        raise ChangebookError(f"{said}; say that all is well again with changebook update")
    return NightStep((Put(("status",), "stable"), Put(("stable",), change.stable or book.now.date())), ready=True)


def closed(book: Book, change: Change) -> NightStep:
    """Return the step that closes a stable change today: nothing may be missing, and nothing can still come.

    Raises ChangebookError for a change that is not stable.
    """
    if change.status not in ("stable", "closed"):
        raise ChangebookError(f"{change.name} is {change.status}: only a stable change can be closed")
    day = change.closed if change.status == "closed" else None
    return NightStep((Put(("status",), "closed"), Put(("closed",), day or book.now.date())), ready=True)


def case_run(
    book: Book,
    change: Change,
    case: str,
    *,
    passed: bool,
    evidence: str,
    stage: str | None,
    at: datetime | None,
    found_in: str | None,
    fixed_in: str | None,
) -> NightStep:
    """Return the step that adds a run to a test case; without `stage`, its time says which one it was.

    Raises ChangebookError where the record has no such case, and for a pass that was not timed and has to be.
    """
    place = next((number for number, test in enumerate(change.tests) if test.case == case), None)
    if place is None:
        cases = [test.case for test in change.tests]
        raise ChangebookError(f"{change.name} has no test case {case!r}; {did_you_mean(case, cases)}")
    if passed and change.tests[place].accept and not found_in:
        raise ChangebookError(f"{case}: support must find the transaction in time; say how long it took: --found-in 2m")
    when = at or book.now
    in_production = change.window is not None and when >= change.window.start
    run = {
        "stage": stage or ("after-go-live" if in_production else "pre-production"),
        "at": written_time(when),
        "result": "passed" if passed else "failed",
        "evidence": evidence,
        "found_in": found_in,
        "fixed_in": fixed_in,
    }
    written = {key: value for key, value in run.items() if value}
    return NightStep((Append(("tests", place, "runs"), written),), false=("test-misdated",))


def partner_told(book: Book, change: Change, partner: str, *, how: str, at: datetime | None) -> NightStep:
    """Return the step that says that a partner was told of a change; what was said of that time before is corrected.

    Raises ChangebookError where the change does not affect it.
    """
    affected = change.affects.partners
    if partner not in affected:
        raise ChangebookError(f"{partner!r} is not among affects.partners; {did_you_mean(partner, affected)}")
    written = {"partner": partner, "at": written_time(at or book.now), "how": how}
    for number, one in enumerate(change.told):
        if (one.partner, written_time(one.at)) == (partner, written["at"]):
            return NightStep((Put(("told", number, "how"), how),))
    return NightStep((Append(("told",), written),))


def briefing_held(
    book: Book, change: Change, *, recording: str | None, attended: tuple[str, ...], at: datetime | None
) -> NightStep:
    """Return the step that says that the briefing was held, with the teams that attended."""
    held, actions = change.briefing, list[Action]()
    if at or not held:
        actions.append(Put(("briefing", "at"), written_time(at or book.now)))
    if recording:
        actions.append(Put(("briefing", "recording"), recording))
    there = held.attended if held else ()
    actions += [Append(("briefing", "attended"), team) for team in dict.fromkeys(attended) if team not in there]
    return NightStep(tuple(actions), false=("briefing-not-held", "briefing-late"))


def written_time(moment: datetime) -> str:
    """Return a time as records have it: `2026-12-02 21:00`."""
    return f"{moment:%Y-%m-%d %H:%M}"


def _is_old(change: Change, made: Decision) -> bool:
    """Return whether a decision was made before its change was last moved, or revised."""
    return aged(made.at, change) or before_a_move(made.at, change)


def _decision(change: Change, verdict: str, *, reason: str, by: str | None, at: datetime | None) -> tuple[Action, ...]:
    """Return what writes a decision; another one that was made before is kept below it."""
    parts = {"at": at and written_time(at), "decision": verdict, "by": by, "reason": reason}
    puts = [Put(("go_no_go", key), value) for key, value in parts.items() if value]
    made = change.go_no_go
    if not made or made.decision in ("pending", verdict):
        return tuple(puts)
    former = {"at": written_time(made.at), "decision": made.decision, "by": made.by, "reason": made.reason}
    kept = {key: value for key, value in former.items() if value is not None}
    return (Append(("go_no_go", "earlier"), kept), *puts)
