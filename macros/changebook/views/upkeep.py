"""What the desk has to read again, and what it has to write: articles past their review date, and missing ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.model.status import IN_USE, OPEN
from changebook.names import change_address, comparable, scenario_address
from changebook.readiness import readiness
from changebook.readiness.support_tests import article_of
from changebook.render.timing import STATUS_WORDS
from changebook.views.assets import in_a_sentence
from changebook.views.due import ReviewDue, review_due
from changebook.views.finding import Folded, folded
from changebook.views.guidance import Link

_T = TypeVar("_T")
_NEAR = timedelta(days=30)
# What one team has to read or write: the lines shown at first, and those listed at all.
_SHOWN, _LISTED = 3, 12


@dataclass(frozen=True)
class Article:
    """A page that its owner reads again: its link, what goes with it, and by when."""

    link: Link
    holds: str
    review: ReviewDue


@dataclass(frozen=True)
class Reading:
    """What one team has to read again, the latest first: how many are past their day, how many are left out."""

    team: Team
    articles: Folded[Article]
    late: int
    more: int


@dataclass(frozen=True)
class Missing:
    """An article that nobody has written: what it would be about, why it is missed, and the page that needs it."""

    what: str
    why: str
    needed_by: Link | None


@dataclass(frozen=True)
class Writing:
    """What one team has to write, and how many are left out."""

    team: Team
    articles: Folded[Missing]
    more: int


def to_read_again(book: Book) -> list[Reading]:
    """Return every article that is past its review date or reaches it within 30 days, by its owner: general
    playbooks, and the pages of changes that are in use. Whoever has the latest one comes first.
    """
    found: defaultdict[str, list[Article]] = defaultdict(list)
    for owner, article in _articles(book):
        if article.review.day <= book.now.date() + _NEAR:
            found[owner].append(article)
    teams = []
    for owner, articles in found.items():
        articles.sort(key=lambda article: (article.review.day, article.link.title))
        late = sum(article.review.late for article in articles)
        teams.append(Reading(book.desk.teams[owner], _listed(articles), late, len(articles[_LISTED:])))
    return sorted(teams, key=lambda reading: (reading.articles.shown[0].review.day, reading.team.name))


def _listed(articles: list[_T]) -> Folded[_T]:
    return folded(articles[:_LISTED], shown=_SHOWN, spare=1)


def _articles(book: Book) -> Iterator[tuple[str, Article]]:
    for scenario in book.desk.scenarios.values():
        link = Link(scenario.title, scenario_address(scenario.id))
        due = review_due(scenario.review_by, book.now)
        yield scenario.owner, Article(link, _("General playbook, with its first response"), due)
    for change in book.changes.values():
        if change.review_by and change.status in IN_USE:
            link = Link(change.name, change_address(change.id))
            holds = _("All pages of this change, {status}", status=in_a_sentence(_(STATUS_WORDS[change.status])))
            yield change.owner, Article(link, holds, review_due(change.review_by, book.now))


def to_write(book: Book) -> list[Writing]:
    """Return every article that is missing, by the team that writes it: for a test case, for a group that asks, for
    a code that people read out, for a ticket category that a change fills.
    """
    found: defaultdict[str, list[Missing]] = defaultdict(list)
    for source in (_cases, _questions, _codes, _categories):
        for owner, missing in source(book):
            found[owner].append(missing)
    teams = ((book.desk.teams[owner], articles) for owner, articles in found.items())
    writing = [Writing(team, _listed(articles), len(articles[_LISTED:])) for team, articles in teams]
    return sorted(writing, key=lambda item: item.team.name)


def _cases(book: Book) -> Iterator[tuple[str, Missing]]:
    desk = book.desk
    # A case of the desk's list is nobody's own: whoever reviews the book's pull requests has it written.
    reviewer = desk.settings.reviewer or next(iter(desk.teams))
    for case in desk.cases.values():
        if not case.scenario:
            yield reviewer, Missing(_("Test case: {name}", name=case.name), _("No playbook covers it."), None)
    for change in _open(book):
        for test in change.tests:
            if not article_of(test, book):
                name = desk.cases[test.case].name
                yield change.owner, _needed(change, _("Test case: {name}", name=name), _("No playbook covers it."))


def _questions(book: Book) -> Iterator[tuple[str, Missing]]:
    for change in _open(book):
        for gap in readiness(book)[change.id].gaps:
            kind, _stroke, audience = gap.name.partition("/")
            if kind == "answer-missing":
                what = _("Question of {name}", name=book.desk.audience(audience).name)
                yield gap.closer, _needed(change, what, _("Affected, but has no answer of its own."), "faq")


def _codes(book: Book) -> Iterator[tuple[str, Missing]]:
    listed = {comparable(code) for scenario in book.desk.scenarios.values() for code in scenario.codes}
    listed |= {
        comparable(code) for change in book.changes.values() for playbook in change.playbooks for code in playbook.codes
    }
    for change in _open(book):
        answers = [answer for exchange in change.contract for answer in exchange.answers]
        alone = [one.code for one in answers if not (one.desk and one.desk.scenario)]
        for code in dict.fromkeys(code for code in alone if comparable(code) not in listed):
            why = _("Callers give it, but no playbook lists it.")
            yield change.owner, _needed(change, _("Code {code}", code=code), why, "contract")


def _categories(book: Book) -> Iterator[tuple[str, Missing]]:
    desk = book.desk
    filed = {scenario.file_as.category for scenario in desk.scenarios.values()}
    affected: dict[str, Change] = {}
    for change in _open(book):
        filed |= {playbook.file_as.category for playbook in change.playbooks if playbook.file_as}
        affected |= {name: change for name in change.affects.categories if name not in affected}
    for name, change in affected.items():
        if name not in filed:
            category = desk.categories[name]
            why = _("It is affected, but no playbook uses it.")
            yield category.team, _needed(change, _("Ticket category {name}", name=category.name), why)


def _needed(change: Change, what: str, why: str, asset: str = "") -> Missing:
    return Missing(what, why, Link(change.name, change_address(change.id, asset)))


def _open(book: Book) -> Iterable[Change]:
    return (change for change in book.changes.values() if change.status in OPEN)
