"""Gaps in what a change takes over from another: a repeat without a board of its own, and texts nobody has read."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.reading import dotted
from changebook.readiness.gap import Gap, gap, kind_of
from changebook.readiness.rules import gap_rule

_REMEDY = "name a closed, clean change, or write 'urgency: planned'"


@gap_rule(firm=("repeat-missing", "repeat-unclean", "repeat-expired"))
def gap_repeats(change: Change, book: Book) -> Iterator[Gap]:
    """A standard change names in `repeats` the change it repeats: one of its kind that is closed, was not rolled back
    and has no open known error. It starts while the approval holds, which counts from the window of the change that
    the board saw: `repeat-missing`, `repeat-unclean/CHANGE`, `repeat-expired/CHANGE`.
    """
    if change.urgency != "standard":
        return
    if not change.repeats:
        yield gap(
            change,
            book,
            "repeat-missing",
            ("urgency",),
            _("standard, and repeats no change; {remedy}", remedy=_(_REMEDY)),
        )
        return
    old, place = book.changes.get(change.repeats), ("repeats",)
    if not old:
        return
    if why := _unclean(change, old):
        yield gap(change, book, f"repeat-unclean/{old.id}", place, f"{why}; {_(_REMEDY)}")
        return
    if said := _expired(change, book):
        yield gap(change, book, f"repeat-expired/{old.id}", place, said)


@gap_rule(firm=("not-read",))
def gap_not_read(change: Change, book: Book) -> Iterator[Gap]:
    """What `changebook new --from` carried over is read by the author of the new record, who then deletes the comment
    `# not yet read` beside it: `not-read/PLACE`.
    """
    for steps in book.not_read.get(change.id, ()):
        said = _("carried over and not yet read; correct it, then delete '# not yet read'")
        yield gap(change, book, f"not-read/{dotted(steps)}", steps, said)


def _unclean(change: Change, old: Change) -> str:
    """Return why `old` is not one to repeat without a board, or nothing."""
    if old.id == change.id:
        return _("a change cannot repeat itself")
    if old.kind != change.kind:
        return _("{name} is of another kind", name=old.name)
    if old.status != "closed":
        return _("{name} is {status}, not closed", name=old.name, status=_(old.status.replace("-", " ")))
    errors = [error.number for error in old.known_errors if error.state == "open"]
    return _("{name} has an open known error, {error}", name=old.name, error=errors[0]) if errors else ""


def _expired(change: Change, book: Book) -> str:
    """Return why the board's approval does not cover a repeat, or nothing."""
    kind = kind_of(change, book)
    first = _first(change, book)
    if not kind:
        return ""
    if not kind.repeat_within:
        return _(
            "no {name} is approved for repeats; write 'urgency: planned', or add 'repeat_within' to the kind",
            name=kind.name,
        )
    if not change.window or not first.window:
        return ""
    last = (first.window.end + kind.repeat_within).date()
    if change.window.start.date() <= last:
        return ""
    return _(
        "the approval of {name} ended on {last:%Y-%m-%d}; write 'urgency: planned', and ask the board again",
        name=first.name,
        last=last,
    )


def _first(change: Change, book: Book) -> Change:
    """Return the change that the board saw: the one at the beginning of a line of repeats."""
    seen = {change.id}
    while change.urgency == "standard" and (before := book.changes.get(change.repeats or "")) and before.id not in seen:
        seen.add(before.id)
        change = before
    return change
