"""What makes the blanks of a text wrong that the desk sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from changebook.book import Book
from changebook.model.blanks import blanks_in, is_meant_as_time, is_open, meant_blank, window_blanks
from changebook.model.change import AUDIENCES
from changebook.model.reading import dotted
from changebook.naming.fields import prose
from changebook.source.events import Steps
from changebook.source.places import Spot

_FORMS = "[time + 30 min], [time + 2 h] or [time + 2 h, or 08:00 on the next working day]"


def check_blanks(book: Book) -> Iterator[tuple[Spot, str]]:
    """A blank in a first response or an announcement that should become a time is written like this:
    `[time + 30 min]`, `[time + 2 h]`, `[time + 1 h, or 07:00]`, `[time + 2 h, or 08:00 on the next working day]`.
    Every opening bracket in a first response is closed. What the site fills in from a change's window is `[go-live]`,
    `[go-live day]` and `[end]`; a general playbook has no window.
    """
    yield from _of_the_window(book)
    for spot, steps, text in _sent(book):
        for blank in dict.fromkeys(blanks_in(text)):
            if is_meant_as_time(blank):
                yield spot, f"{dotted(steps)}: {blank!r} looks like a time but cannot fill itself in; write {_FORMS}"
        if steps[-1] == "first_response" and is_open(text):
            yield (
                spot,
                f"{dotted(steps)}: a bracket has no partner; write a blank as [its words], and no other brackets",
            )


def _of_the_window(book: Book) -> Iterator[tuple[Spot, str]]:
    """Yield each blank that the site should fill in from a window and cannot."""
    for change in book.asked:
        for steps, text in prose(change):
            for blank, meant in meant_blank(text).items():
                spot = replace(book.spot(change, *steps), words=blank)
                yield spot, f"{dotted(steps)}: {blank!r} is not filled in; write {meant}, or put it between back-ticks"
    for scenario in book.desk.scenarios.values():
        for steps, text in prose(scenario):
            for found in window_blanks(text):
                spot = replace(book.spot(scenario, *steps), words=found[0])
                yield spot, f"{dotted(steps)}: {found[0]!r} is for changes, which have a window; write other words"


def _sent(book: Book) -> Iterator[tuple[Spot, Steps, str]]:
    """Yield the place of every text that the desk sends, the steps to it in its record, and the text."""
    for scenario in book.desk.scenarios.values():
        yield book.spot(scenario, "first_response"), ("first_response",), scenario.first_response
    for change in book.asked:
        texts: list[tuple[Steps, str | None]] = [
            (("playbooks", number, "first_response"), playbook.first_response)
            for number, playbook in enumerate(change.playbooks)
        ]
        said = change.announcement
        notices = {audience: getattr(said, audience) for audience in AUDIENCES} if said else {}
        for audience, notice in notices.items():
            for key in ("do", "do_not", "expect"):
                lines = enumerate(getattr(notice, key) if notice else ())
                texts += [(("announcement", audience, key, number), line) for number, line in lines]
        for steps, text in texts:
            if text:
                yield book.spot(change, *steps), steps, text
