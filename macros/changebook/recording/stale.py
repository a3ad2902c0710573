"""What was done for a former window: evidence that may not hold for the new one, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from changebook.book import Book
from changebook.editing.files import FileEdit
from changebook.model import Change
from changebook.recording.hanging import place_in
from changebook.source import Source, read_source
from changebook.source.events import Steps


def done_before(after: Book, edit: FileEdit) -> Iterator[str]:
    """Yield what was decided, told, held, run or accepted for the former window of the change in `edit`, with how long
    before the new one in `after` that was.
    """
    change = after.changes[edit.new.stem]
    source = read_source(edit.after.decode("utf-8-sig"), Source(after.folder / edit.new.name))
    yield from (place_in(source, steps, said) for steps, said in _done(change, after.now))


def _done(change: Change, now: datetime) -> Iterator[tuple[Steps, str]]:
    window = change.window
    assert window  # it has moved

    def before(day: date) -> str:
        long = (window.start.date() - (day.date() if isinstance(day, datetime) else day)).days
        return f"{long} day{'' if long == 1 else 's'} before the new window"

    made, briefing = change.go_no_go, change.briefing
    if made and made.decision != "pending":
        yield ("go_no_go", "decision"), f"is {made.decision!r}, for the former window"
    for number, told in enumerate(change.told):
        yield ("told", number), f"says that {told.partner} was told, of the former window"
    if briefing and briefing.at <= now:
        yield ("briefing", "at"), f"is {before(briefing.at)}"
    passed = [run.at for test in change.tests for run in test.runs if run.result == "passed"]
    held = [one.at for one in change.rehearsals if one.at <= now]
    for name, days in (("tests", passed), ("rehearsals", held)):
        if days:
            yield (name,), f"end {before(max(days))}"
    for name, review in (("compliance", change.compliance), ("safety", change.safety)):
        if review and review.at:
            yield (name, "at"), f"is {before(review.at)}"
    for number, waiver in enumerate(change.waivers):
        if waiver.expires < window.start.date():
            yield ("waivers", number, "expires"), "is before the new window"
