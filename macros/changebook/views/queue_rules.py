"""The rules of the queues: which are ahead, in force, or past their end and still there."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.model.launch import QueueRule
from changebook.model.status import OPEN
from changebook.views.assets import in_a_sentence

_VERBS = {"route": "Route", "suppress": "Hold|tickets", "threshold": "Count"}


@dataclass(frozen=True)
class RuleInForce:
    """A rule of the queues that nobody has removed, whether it is still ahead, and whether it must be removed."""

    rule: QueueRule
    ahead: bool
    overdue: bool

    @property
    def state(self) -> str:
        """Whether it is ahead, in force or past its end, in words."""
        if self.overdue:
            return _("Still in force past its end")
        return _("Not yet in force") if self.ahead else _("In force")

    @property
    def verb(self) -> str:
        """What the rule does with its tickets."""
        return _(_VERBS[self.rule.do])

    @property
    def what(self) -> str:
        """The tickets it is about, as they follow the verb."""
        return in_a_sentence(self.rule.what.removesuffix("."))

    @property
    def once(self) -> str:
        """The condition for ending it, as it follows `once`."""
        return in_a_sentence(self.rule.ends_when.removesuffix("."))


@dataclass(frozen=True)
class Leftover:
    """A rule to remove, the change it came with, and the team that owns that."""

    item: RuleInForce
    change: Change
    owner: Team


def rules(book: Book, change: Change) -> list[RuleInForce]:
    """Return the rules of the queues that nobody has removed yet; one past its end stays until somebody does."""
    now, window = book.now, change.window
    kept = [rule for rule in change.queue_rules if not rule.removed or rule.removed > now.date()]
    starts = [rule.starts or (window.start if window else None) for rule in kept]
    return [
        RuleInForce(rule, ahead=not start or now < start, overdue=rule.ends < now)
        for rule, start in zip(kept, starts, strict=True)
    ]


def routes(book: Book, change: Change, *, category: str, queue: str) -> list[RuleInForce]:
    """Return the rules in force that send tickets of `category` to another queue than `queue`; a rule that names other
    categories only is not about it.
    """
    found = []
    for item in rules(book, change):
        named = [name for name in book.desk.categories if name in item.rule.what]
        if item.rule.to not in (None, queue) and not item.ahead and (category in named or not named):
            found.append(item)
    return found


def leftovers(book: Book) -> list[Leftover]:
    """Return the rules that have ended and are still there, the longest over first: past their end, or begun with a
    change that is closed, rolled back or cancelled since.
    """
    found = [
        Leftover(item, change, book.desk.teams[change.owner])
        for change in book.changes.values()
        for item in rules(book, change)
        if item.overdue or (not item.ahead and change.status not in OPEN)
    ]
    return sorted(found, key=lambda one: (one.item.rule.ends.timestamp(), one.change.id))
