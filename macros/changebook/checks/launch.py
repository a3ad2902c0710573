"""What makes the launch of a change wrong: its alerts and the rules of its queues."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book, Spot


def check_alert_names(book: Book) -> Iterator[tuple[Spot, str]]:
    """An alert is called after its change: its name begins with the shared name."""
    for change in book.changes.values():
        for number, watch in enumerate(change.watch):
            if not watch.alert.startswith(change.name):
                message = f"watch[{number}].alert: {watch.alert!r} does not begin with {change.name!r}; call it so"
                yield book.spot(change, "watch", number, "alert"), message


def check_queue_rules(book: Book) -> Iterator[tuple[Spot, str]]:
    """A rule that routes names the queue in `to`, and no rule ends before its change's window starts."""
    for change in book.changes.values():
        for number, rule in enumerate(change.queue_rules):
            if rule.do == "route" and not rule.to:
                message = f"queue_rules[{number}]: a rule that routes says where to; add 'to: QUEUE'"
                yield book.spot(change, "queue_rules", number), message
            if change.window and rule.ends <= change.window.start:
                message = f"queue_rules[{number}].ends: ends before the window starts; mend one of the two"
                yield book.spot(change, "queue_rules", number, "ends"), message
