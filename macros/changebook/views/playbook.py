"""One playbook as an analyst reads it: the general guidance and what differs while a change is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Category, Change, Playbook, Scenario, Team
from changebook.model.playbook import TOLD, FileAs, Severity
from changebook.views.by_hand import ByHand, by_hand
from changebook.views.calls import Call, Item, both
from changebook.views.causes import Cause, causes
from changebook.views.due import ReviewDue, review_due
from changebook.views.guidance import CheckRow, Link, guidance_of, playbook_link, playbook_title
from changebook.views.harm import PossibleHarm, harm_of
from changebook.views.sayings import in_one_row

CAUSES_SHOWN = 8


@dataclass(frozen=True)
class Elsewhere:
    """A sign that it is another scenario, and the playbook to read then."""

    when: str
    playbook: Link


@dataclass(frozen=True)
class PlaybookPage:
    """Everything the playbook page shows, in its order."""

    title: str
    reference: str
    address: str
    change: Change | None
    scenario: Scenario
    owner: Team
    review: ReviewDue
    usual: int
    callers_say: list[Item[str]]
    codes: list[Item[str]]
    elsewhere: list[Elsewhere]
    checks: list[CheckRow]
    first_response: str
    calls: list[Call]
    worse: list[Item[Severity]]
    file_as: FileAs
    category: Category
    queue: str
    workaround: list[Item[str]]
    by_hand: ByHand | None
    rollback: list[Item[str]]
    causes: list[Cause]
    more_causes: int
    harm: PossibleHarm | None

    @property
    def sayings(self) -> int:
        """How many of what callers say are shown at once, the first ones."""
        return in_one_row((item.value for item in self.callers_say), under_change=bool(self.change))

    def named_in(self, text: str) -> list[Call]:
        """Return the calls to the teams that `text` names without their numbers."""
        return [call for call in self.calls if call.team.name in text and call.team.phone not in text]

    @property
    def grave(self) -> list[Item[Severity]]:
        """The triggers of severity 1 and 2; all of them where none is."""
        return [item for item in self.worse if item.value.level <= TOLD] or self.worse

    def folded(self, items: list[Item[Any]], *, shown: int) -> list[Item[Any]]:
        """Return what is folded away of `items` after the first `shown`; of a change, only what it adds itself."""
        return [item for item in items[shown:] if item.is_new or not self.change]


def usual_severity(scenario: Scenario, playbook: Playbook | None = None) -> int:
    """Return the severity level a symptom usually has: the priority its ticket is usually filed with."""
    return scenario.filed(playbook).priority


def playbook_page(book: Book, scenario: Scenario, *, change: Change | None = None, name: str = "") -> PlaybookPage:
    """Return the general playbook of `scenario`, or that of `change` over it: the first, or the one with the id `name`.

    Lists of the change go before the general ones, its texts replace them.
    """
    name, desk = name or scenario.id, book.desk
    guidance = guidance_of(book, scenario, change=change, name=name)
    new, found = guidance.new, causes(book)[scenario.id]
    file_as = scenario.filed(new)
    return PlaybookPage(
        title=playbook_title(new, book) if new else scenario.title,
        reference=guidance.reference,
        address=playbook_link(book, name, change=change).address,
        change=change,
        scenario=scenario,
        owner=desk.teams[scenario.owner],
        review=review_due(scenario.review_by, book.now),
        usual=usual_severity(scenario, new),
        callers_say=guidance.callers_say,
        codes=both(new.codes if new else (), scenario.codes),
        elsewhere=[
            Elsewhere(item.value.when, playbook_link(book, item.value.scenario, change=change))
            for item in both(new.otherwise if new else (), scenario.otherwise)
        ]
        + (_beside(book, change, scenario.id, name) if change and new else []),
        checks=guidance.checks,
        first_response=guidance.first_response,
        calls=guidance.calls,
        worse=sorted(both(new.severity if new else (), scenario.severity), key=lambda item: item.value.level),
        file_as=file_as,
        category=desk.categories[file_as.category],
        queue=guidance.queue,
        workaround=both(new.workaround if new else (), scenario.workaround),
        by_hand=by_hand(book, scenario, playbook=new),
        rollback=both(new.rollback if new else (), scenario.rollback),
        causes=found[:CAUSES_SHOWN],
        more_causes=len(found[CAUSES_SHOWN:]),
        harm=harm_of(book, scenario.id, change=change),
    )


def _beside(book: Book, change: Change, scenario: str, name: str) -> list[Elsewhere]:
    """Return the playbooks beside `name` that a change has of a scenario, each by what its callers say first."""
    return [
        Elsewhere(_("The caller says “{words}”", words=one.callers_say[0]), playbook_link(book, other, change=change))
        for other, one in change.playbooks_by_id().items()
        if one.scenario == scenario and other != name and one.callers_say
    ]
