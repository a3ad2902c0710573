"""What makes the launch of a change wrong: its alerts, the rules of its queues, its decision and its tests."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.names import did_you_mean
from changebook.source.places import Spot


def check_alert_names(book: Book) -> Iterator[tuple[Spot, str]]:
    """An alert is named after its change: its name begins with the shared name."""
    for change in book.asked:
        for number, watch in enumerate(change.watch):
            if not watch.alert.startswith(change.name):
                message = (
                    f"watch[{number}].alert: {watch.alert!r} does not begin with {change.name!r}; begin with the name"
                )
                yield book.spot(change, "watch", number, "alert"), message


def check_queue_rules(book: Book) -> Iterator[tuple[Spot, str]]:
    """A rule that routes names the queue in `to`. A rule ends after it starts, and after its change's window has
    started.
    """
    for change in book.asked:
        for number, rule in enumerate(change.queue_rules):
            if rule.do == "route" and not rule.to:
                message = f"queue_rules[{number}]: a rule that routes needs a queue; add 'to: QUEUE'"
                yield book.spot(change, "queue_rules", number), message
            window = change.window and change.window.start
            begins = max((moment for moment in (window, rule.starts) if moment), default=None)
            if begins and rule.ends <= begins:
                when, what = "when" if rule.ends == begins else "before", "the window" if begins == window else "it"
                message = f"queue_rules[{number}].ends: ends {when} {what} starts; fix one of the two"
                yield book.spot(change, "queue_rules", number, "ends"), message


def check_live_decision(book: Book) -> Iterator[tuple[Spot, str]]:
    """A change is not live without a go decision."""
    for change in book.asked:
        said = change.go_no_go.decision if change.go_no_go else None
        if change.status == "live" and said != "go":
            found = f"go_no_go says {said!r}" if said else "there is no go_no_go"
            message = f"status: live, and {found}; write the decision to go, or 'ready' until there is one"
            yield book.spot(change, "status"), message


def check_tested_codes(book: Book) -> Iterator[tuple[Spot, str]]:
    """A test case that names a code in `answer` names one of its change's contract."""
    for change in book.asked:
        codes = [answer.code for exchange in change.contract for answer in exchange.answers]
        for number, test in enumerate(change.tests):
            if test.answer and test.answer not in codes:
                where = f"tests[{number}].answer"
                message = f"{where}: no code {test.answer!r} in the contract; {did_you_mean(test.answer, codes)}"
                yield book.spot(change, "tests", number, "answer"), message
