"""The first responses as a helpdesk offers them: one reply each, named by its reference."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.book.codes import reference
from changebook.model import Change, Scenario
from changebook.model.status import IN_USE
from changebook.render.prose import to_send
from changebook.views.guidance import playbook_title

# A reply of a change that is over is withdrawn: offered to nobody, and kept in the helpdesk for its count.
WITHDRAWN = ("closed", "rolled-back")
NAME_LENGTH = 100


@dataclass(frozen=True)
class Reply:
    """A first response: its `reference`, its name in a helpdesk, and its text.

    `key` is its own for good, also where a change has several playbooks of one symptom; `status` is that of its change,
    "" for a general playbook's.
    """

    key: str
    reference: str
    name: str
    text: str
    status: str = ""

    @property
    def offered(self) -> bool:
        """Whether an analyst may send it: always a general one, a change's while the change is in use."""
        return not self.status or self.status in IN_USE

    @property
    def code(self) -> str:
        """The code of its symptom."""
        return self.reference.partition(" ")[0]


def replies(book: Book) -> list[Reply]:
    """Return the first responses of the general playbooks, then those of changes that are or were in use, by name."""
    scenarios = book.desk.scenarios
    found = [_reply(scenario, scenario.title, scenario.first_response) for scenario in scenarios.values()]
    for change in book.changes.values():
        for name, own in change.playbooks_by_id().items() if change.status in (*IN_USE, *WITHDRAWN) else ():
            if own.first_response:
                further = "" if name == own.scenario else f"/{name}"
                title = playbook_title(own, book)
                found.append(_reply(scenarios[own.scenario], title, own.first_response, change, further))
    return sorted(found, key=lambda reply: (bool(reply.status), reply.name))


def known_references(book: Book) -> dict[str, Change | None]:
    """Return every reference that a ticket or a reply may carry, former names of changes too, with the change."""
    found: dict[str, Change | None] = {reference(scenario): None for scenario in book.desk.scenarios.values()}
    for change in book.changes.values():
        codes = {book.desk.scenarios[own.scenario].code for own in change.playbooks}
        found |= {f"{code} {name}": change for code in codes for name in (change.name, *change.former_names)}
    return found


def _reply(scenario: Scenario, title: str, text: str, change: Change | None = None, further: str = "") -> Reply:
    named = reference(scenario, change)
    status = change.status if change else ""
    return Reply(f"{named}{further}", named, _name(f"{named}: {title}"), to_send(text, named), status)


def _name(text: str) -> str:
    """Return a name that every helpdesk takes: whole words, 100 characters at most."""
    return text if len(text) <= NAME_LENGTH else text[:NAME_LENGTH].rpartition(" ")[0]
