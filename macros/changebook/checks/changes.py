"""What makes a change record wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from changebook.book import Book
from changebook.model.markup import as_html
from changebook.model.reading import dotted
from changebook.model.status import MADE
from changebook.model.timeline import periods
from changebook.source.events import Steps
from changebook.source.places import Spot

_LINK = re.compile(r'<a href="([^"]*)"')
# What comes before a number or a name that is to be called, and what follows a number that answers.
_REACH = r"\b(?:call|ring|dial|phone|contact|reach|escalat(?:e|ing))(?:s|d|ed|ing)?"
_ANSWERS = r"(?:escalates|asks|calls|reaches)"
NEEDS_BEFORE = ("removed", "changed", "renamed", "reworded", "timing")
NEEDS_AFTER = ("added", "changed", "renamed", "reworded", "new-rule", "timing")


def check_name_and_file(book: Book) -> Iterator[tuple[Spot, str]]:
    """A record's file is named after the change: lower case, hyphens for everything else."""
    for change in book.asked:
        if (expected := book.desk.settings.id_of(change.name)) != change.id:
            yield (
                book.spot(change, "name"),
                f"name: {change.name!r} belongs in {expected}.yaml; rename the file or fix the name",
            )


def check_former_names(book: Book) -> Iterator[tuple[Spot, str]]:
    """A former name is not the change's own name, or a current or former name of another change."""
    names = {change.name.casefold(): change for change in book.changes.values()}
    former: dict[str, str] = {}
    for change in book.changes.values():
        for index, old in enumerate(change.former_names):
            spot, key = book.spot(change, "former_names", index), old.casefold()
            if key in names:
                owner = "its own name" if names[key] is change else f"the name of {names[key].id}.yaml"
                yield spot, f"former_names[{index}]: {old!r} is {owner}; delete it here"
            elif former.get(key, change.id) != change.id:
                yield (
                    spot,
                    f"former_names[{index}]: {old!r} is a former name of {former[key]}.yaml too; keep it in one",
                )
            else:
                former[key] = change.id


def check_sentence(book: Book) -> Iterator[tuple[Spot, str]]:
    """The sentence does not say whom to call, by number or by name: pages add that for each reader, the desk's number
    for staff and partners, and for the desk the team to escalate to.
    """
    desk = book.desk.settings.desk
    reached = (desk, *book.desk.teams.values())
    phones, names = ("|".join(re.escape(getattr(one, key)) for one in reached) for key in ("phone", "name"))
    called = re.compile(
        rf"{_REACH}(?: [\w'-]+){{0,4}}? (?:{phones})(?!\w)|{_REACH}(?: it| them)?(?: to)?(?: the)? (?:{names})(?!\w)"
        rf"|\b(?:through|desk at|desk on) (?:{phones})(?!\w)|(?<!\w)(?:{phones}),?(?: which)? {_ANSWERS}\b"
    )
    for change in book.asked:
        if found := called.search(" ".join(change.sentence.split())):
            said = f"sentence: says {found[0]!r}, but pages add whom to call for each reader; remove it"
            yield book.spot(change, "sentence"), said


def check_window_order(book: Book) -> Iterator[tuple[Spot, str]]:
    """A window ends after it starts."""
    for change in book.asked:
        if change.window and not change.phases and change.window.end <= change.window.start:
            when = "when" if change.window.end == change.window.start else "before"
            said = f"window.end: the window ends {when} it starts; fix one of the two"
            yield book.spot(change, "window", "end"), said


def check_status_window(book: Book) -> Iterator[tuple[Spot, str]]:
    """A change that is ready, live, stable, closed or rolled back has a window."""
    for change in book.asked:
        if not change.window and change.status not in ("draft", "cancelled"):
            message = f"status: a {change.status} change needs a window; add 'window: {{start: ..., end: ...}}'"
            yield book.spot(change, "status"), message


def check_live_window(book: Book) -> Iterator[tuple[Spot, str]]:
    """A change is not live, stable, closed or rolled back before its window starts."""
    for change in book.asked:
        begun = change.status in MADE
        if begun and change.window and change.window.start > book.now:
            start = f"{change.window.start:%Y-%m-%d %H:%M}"
            yield (
                book.spot(change, "status"),
                f"status: {change.status}, but the window starts at {start}; write 'ready' until then",
            )


def check_affected_audiences(book: Book) -> Iterator[tuple[Spot, str]]:
    """Everyone under `visible`, `told`, `to_do`, `questions`, `not_asked`, `phases` and `outage_for` is among the user
    groups and partners the change affects.
    """
    for change in book.asked:
        affected = {*change.affects.groups, *change.affects.partners}
        named: list[tuple[Steps, str]] = [
            (("visible", number, "for", index), name)
            for number, item in enumerate(change.visible)
            for index, name in enumerate(item.for_)
        ]
        for number, question in enumerate(change.questions):
            named += [(("questions", number, "groups", index), name) for index, name in enumerate(question.groups)]
            named += [(("questions", number, "partners", index), name) for index, name in enumerate(question.partners)]
        named += [(("told", number, "partner"), told.partner) for number, told in enumerate(change.told)]
        for number, silent in enumerate(change.not_asked):
            named += [(("not_asked", number, "groups", index), name) for index, name in enumerate(silent.groups)]
            named += [(("not_asked", number, "partners", index), name) for index, name in enumerate(silent.partners)]
        for number, phase in enumerate(change.phases):
            named += [(("phases", number, "groups", index), name) for index, name in enumerate(phase.groups)]
            named += [(("phases", number, "partners", index), name) for index, name in enumerate(phase.partners)]
        for at, span in periods(change):
            named += [((*at, "outage_for", index), name) for index, name in enumerate(span.outage_for)]
        for number, to_do in enumerate(change.announcement.to_do if change.announcement else ()):
            at = ("announcement", "to_do", number, "partners")
            named += [((*at, index), name) for index, name in enumerate(to_do.partners)]
        for steps, name in named:
            if name not in affected:
                table = "partners" if name in book.desk.partners else "groups"
                where = dotted(steps[:-1] if isinstance(steps[-1], int) else steps)
                yield (
                    book.spot(change, *steps),
                    f"{where}: {name!r} is not among affects.{table}; add it there, or leave it out here",
                )


def check_not_asked(book: Book) -> Iterator[tuple[Spot, str]]:
    """`not_asked` names somebody, and nobody who asks a question."""
    for change in book.asked:
        asking = {name for question in change.questions for name in (*question.groups, *question.partners)}
        for number, silent in enumerate(change.not_asked):
            lists = (("groups", silent.groups), ("partners", silent.partners))
            silenced = [(table, index, name) for table, names in lists for index, name in enumerate(names)]
            if not silenced:
                said = f"not_asked[{number}]: names nobody; add groups or partners"
                yield book.spot(change, "not_asked", number), said
            for table, index, name in silenced:
                if name in asking:
                    said = f"not_asked[{number}].{table}: {name!r} asks a question; leave one of the two out"
                    yield book.spot(change, "not_asked", number, table, index), said


def check_before_and_after(book: Book) -> Iterator[tuple[Spot, str]]:
    """What people will see has a before and an after: `before` unless it is added or a new rule, `after` unless it is
    removed.
    """
    for change in book.asked:
        for number, item in enumerate(change.visible):
            spot = book.spot(change, "visible", number)
            if item.change in NEEDS_BEFORE and not item.before:
                yield spot, f"visible[{number}]: {item.what!r} is {item.change} and has no 'before'; write how it was"
            if item.change in NEEDS_AFTER and not item.after:
                yield spot, f"visible[{number}]: {item.what!r} is {item.change} and has no 'after'; write how it is now"


def check_contract_systems(book: Book) -> Iterator[tuple[Spot, str]]:
    """The systems at both ends of an exchange are among the systems the change affects, and differ."""
    for change in book.asked:
        for number, exchange in enumerate(change.contract):
            for key, system in (("from", exchange.from_), ("to", exchange.to)):
                if system not in change.affects.systems:
                    where = f"contract[{number}].{key}"
                    yield (
                        book.spot(change, "contract", number, key),
                        f"{where}: {system!r} is not among affects.systems; add it there",
                    )
            if exchange.from_ == exchange.to:
                spot = book.spot(change, "contract", number, "to")
                yield spot, f"contract[{number}].to: an exchange has two ends and both are {exchange.to!r}; fix one"


def check_links(book: Book) -> Iterator[tuple[Spot, str]]:
    """A link in Markdown is a complete web address, `https://...`, or `mailto:`: an answer is shown on several pages,
    and a relative link would break on some of them.
    """
    for change in book.asked:
        texts: list[tuple[Steps, str]] = [(("details",), change.details or "")]
        texts += [(("questions", number, "answer"), item.answer) for number, item in enumerate(change.questions)]
        for steps, text in texts:
            for target in map(unescape, _LINK.findall(as_html(text)) if "](" in text else ()):
                if not re.match(r"(https?://|mailto:|tel:)\S", target):
                    message = f"{steps[-1]}: the link {target!r} is not a complete web address; start it with https://"
                    yield book.spot(change, *steps), message
