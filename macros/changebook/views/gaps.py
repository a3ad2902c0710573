"""Open gaps as pages show them: of one change, and of every change by the team that closes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.names import anchor, change_address
from changebook.readiness import Gap, by_due, is_late, readiness, rehearsed_playbook
from changebook.readiness.gap import as_sentence
from changebook.render.timing import day_words
from changebook.views.assets import in_a_sentence
from changebook.views.due import Due, due_of
from changebook.views.guidance import playbook_link, playbook_title

OWNER_SHOWN = 12
# A day as the terminal prints it.
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# Words of the record as the terminal quotes them, and what follows them.
_QUOTED = re.compile(r"(?<!\w)'(.+?)'(?!\w)([,.]?)")
_WORDS = {
    "affects": "Who is affected",
    "go_no_go": "Go/no-go",
    "review_by": "Review date",
    "safety": "Clinical safety",
    "told": "Partner notice",
    "tests": "Support tests",
    "unchanged": "What stays",
    "visible": "What people see",
}
# Where a gap names a key of the record, for whoever edits it: how pages say the same.
IN_WORDS = (
    ("give it a 'file_as'", "say how it is filed"),
    ("write 'pending' until then", "leave it pending until then"),
    ("write 'ready'", "mark it ready"),
    ("write 'live'", "mark it live"),
    ("write 'urgency: planned'", "make it a planned change"),
    (", or add 'repeat_within' to the kind", ""),
    ("then delete '# not yet read'", "then confirm it"),
    ("add 'harm' to desk/book.yaml", "write them in the book's settings"),
    ("or 'lead' in desk/book.yaml", "or a desk lead"),
    ("write when and how under 'told'", "write when and how"),
    ("write the date in 'removed'", "record the date"),
    ("write that date under 'closed'", "say when it was closed"),
    ("add it under 'watch'", "say what is"),
    ("add 'answer', a code, or 'user_sees'", "name a playbook, a code, or what the user sees"),
    ("add 'accept'", "write how it is found, and how fast"),
    ("add 'differs_from_production'", "write it"),
    ("no 'found_in' says", "nobody wrote"),
    ("name it in 'fixed_in'", "write which one"),
    ("name it in 'article'", "write which one does"),
)


@dataclass(frozen=True)
class GapLine:
    """A gap: what is missing and what to write, the record's field, its line on the checklist, who closes it, when."""

    gap: Gap
    change: Change
    field: str
    said: str
    address: str
    closer: Team
    due: Due


@dataclass(frozen=True)
class Owed:
    """What one team has to close, the latest first; `late` is how many are, `more` how many are left out."""

    team: Team
    lines: list[GapLine]
    late: int
    more: int


def gap_lines(book: Book, change: Change, *, gaps: Iterable[Gap]) -> list[GapLine]:
    """Return gaps of `change` as pages show them: what is due first comes first, what has no date last."""
    return [_line(book, change, gap) for gap in sorted(gaps, key=by_due)]


def owed(book: Book) -> list[Owed]:
    """Return every open gap, and what is owed, by the team that closes it: late ones first, and the team with the
    most overdue first.
    """
    found: defaultdict[str, list[tuple[Gap, Change]]] = defaultdict(list)
    waiting: dict[tuple[str, str], list[Gap]] = {}
    for change in book.changes.values():
        for gap in readiness(book)[change.id].gaps:
            found[gap.closer].append((gap, change))
        for gap in readiness(book)[change.id].owed:
            # What one team owes for a change has one date, and is one line.
            if (gap.closer, change.id) not in waiting:
                found[gap.closer].append((gap, change))
            waiting.setdefault((gap.closer, change.id), []).append(gap)
    teams = []
    for name, gaps in found.items():
        gaps.sort(key=lambda item: (not is_late(item[0], book), *by_due(item[0])))
        lines = [_listed(book, change, gap, waiting.get((name, change.id), [])) for gap, change in gaps[:OWNER_SHOWN]]
        late = sum(is_late(gap, book) for gap, _ in gaps)
        teams.append(Owed(book.desk.teams[name], lines, late, len(gaps[OWNER_SHOWN:])))
    return sorted(teams, key=lambda item: (not item.late, by_due(item.lines[0].gap)[0], item.team.name))


def _line(book: Book, change: Change, gap: Gap) -> GapLine:
    return GapLine(
        gap=gap,
        change=change,
        field=gap.where,
        said=_said(book, change, gap),
        address=f"{change_address(change.id, 'readiness')}#{anchor(gap.checkpoint)}",
        closer=book.desk.teams[gap.closer],
        # A draft without a window and a board has time.
        due=Due(False, _("No date yet")) if change.status == "draft" and not gap.due else due_of(gap.due, book.now),
    )


def _listed(book: Book, change: Change, gap: Gap, waiting: list[Gap]) -> GapLine:
    """Return a gap as a team's list shows it; the first that is owed speaks for all of its change."""
    line = _line(book, change, gap)
    if gap not in waiting or len(waiting) == 1:
        return line
    subjects = dict.fromkeys(in_a_sentence(_subject(book, change, item)) for item in waiting)
    said = _("{count} to do: {subjects}.", count=len(waiting), subjects=", ".join(subjects))
    return replace(line, said=said, address=f"{change_address(change.id, 'readiness')}#checklist")


def _said(book: Book, change: Change, gap: Gap) -> str:
    """Return what a gap says in the words of the site, with days as its pages write them."""
    said = as_sentence(gap.said)
    if gap.owed and gap.kind == "section-missing" and not is_late(gap, book):
        said = _("still missing.")
    if gap.kind == "rule-overdue" and change.status != "closed":
        said = said.replace(_("remove it"), _("remove it once {condition}", condition=_condition(change, gap)), 1)
    # A record calls a case by its id, readers by its name.
    cases = book.desk.kinds[change.kind].tests if gap.name == "section-missing/tests" else ()
    note = (
        _("Test cases: {tests}.", tests="; ".join(book.desk.cases[case].name for case in cases)) if cases else gap.note
    )
    whole = " ".join(filter(None, (f"{_subject(book, change, gap)}: {said}", gap.why, note)))
    for keys, words in IN_WORDS:
        whole = whole.replace(_(keys), _(words))
    return _DAY.sub(lambda found: _day(found[0], book), _QUOTED.sub(_("“\\1\\2”"), whole))


def _condition(change: Change, gap: Gap) -> str:
    """Return the condition for ending the queue rule that a gap is about, as it follows `once`."""
    rule = dict(enumerate(change.queue_rules))[cast("int", gap.spot.steps[1])]
    return in_a_sentence(rule.ends_when.removesuffix("."))


def _day(text: str, book: Book) -> str:
    """Return a day as pages write it; what a record calls something may look like one that no calendar has."""
    try:
        return day_words(date.fromisoformat(text), book.now)
    except ValueError:
        return text


def _subject(book: Book, change: Change, gap: Gap) -> str:
    """Return what a gap is about in the words of the site: a test case, a playbook, else the section."""
    place = gap.spot.steps[1] if len(gap.spot.steps) > 1 else None
    if gap.section == "tests" and isinstance(place, int):
        return _("Test “{name}”", name=book.desk.cases[change.tests[place].case].name)
    if gap.section == "rehearsals" and isinstance(place, int):
        name = rehearsed_playbook(change, change.rehearsals[place])
        return _("Rehearsal of “{title}”", title=playbook_link(book, name, change=change).title)
    if gap.section == "playbooks" and isinstance(place, int):
        return _("Playbook “{title}”", title=playbook_title(change.playbooks[place], book))
    return section_words(gap.section)


def section_words(section: str) -> str:
    """Return what pages call a section of a record."""
    return _(_WORDS.get(section) or section.replace("_", " ").capitalize())
