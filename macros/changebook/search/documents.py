"""The book as search sees it: one document a page or answer, in the order in which equal ones are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from changebook.book import Book
from changebook.model import Change, Playbook, Scenario
from changebook.model.contract import Answer
from changebook.names import (
    answer_anchor,
    audience_address,
    change_address,
    question_anchor,
    scenario_address,
    system_address,
)
from changebook.prose import plain, plain_markdown
from changebook.search.hand import HandSection
from changebook.views import change as views
from changebook.views.playbook import playbook_page, usual_severity
from changebook.views.timing import day_words, ended, is_suspect, status_words

LINE = 180


@dataclass(frozen=True)
class Document:
    """One page or answer.

    `fields` are its texts by where they stand (`callers`, `codes`, `title`, `seen`, `former`, `name`, `about`),
    `keys` the codes, alerts and queues that lead to it outright, `card` what a list of results shows of it.
    """

    kind: str
    address: str
    title: str
    fields: dict[str, tuple[str, ...]]
    card: dict[str, Any]
    change: str = ""
    scenario: str = ""
    severity: int = 0
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Documents:
    """All documents of a book: those that answer a symptom, and everything else."""

    changes: list[Change]
    symptoms: list[Document]
    more: list[Document]


def documents_of(book: Book, sections: Iterable[HandSection] = ()) -> Documents:
    """Return the documents of `book` and of hand-written `sections`; what is live or recent comes first."""
    changes = by_heat(book)
    symptoms = [_scenario(book, scenario) for scenario in book.desk.scenarios.values()]
    more: list[Document] = []
    for change in changes:
        symptoms += [_hub(book, change), *(_playbook(book, change, playbook) for playbook in change.playbooks)]
        more += _parts(book, change)
    more += _desk(book)
    more += [_hand(section) for section in sections]
    return Documents(changes, symptoms, more)


def by_heat(book: Book) -> list[Change]:
    """Return all changes, what callers can mean now first: live, made of late, coming, then the newest."""

    def heat(change: Change) -> tuple[int, float, str]:
        if change.status == "live":
            return (0, -ended(change), change.id)
        if is_suspect(change, book.now):
            return (1, -ended(change), change.id)
        if change.status in ("ready", "draft"):
            return (2, ended(change), change.id)
        return (3, -ended(change), change.id)

    return sorted(book.changes.values(), key=heat)


def _scenario(book: Book, scenario: Scenario) -> Document:
    systems = [book.desk.systems[name] for name in scenario.systems]
    fields = {
        "callers": scenario.callers_say,
        "codes": scenario.codes,
        "title": (scenario.title,),
        "about": (
            *(scenario.about, scenario.id, *scenario.workaround),
            *(item.when for item in scenario.severity),
            *(name for system in systems for name in (system.name, *system.other_names)),
            book.desk.categories[scenario.file_as.category].name,
        ),
        "body": (
            *(text for check in scenario.checks for text in (check.do, check.then)),
            *(item.when for item in scenario.escalate),
            scenario.first_response,
        ),
    }
    return Document(
        "scenario",
        scenario_address(scenario.id),
        scenario.title,
        fields,
        _guide_card(book, scenario, None),
        scenario=scenario.id,
        severity=usual_severity(scenario),
        keys=scenario.codes,
    )


def _playbook(book: Book, change: Change, playbook: Playbook) -> Document:
    scenario = book.desk.scenarios[playbook.scenario]
    title = playbook.title or scenario.title
    answered = tuple(answer.code for answer in _answers(change) if answer.desk and answer.desk.scenario == scenario.id)
    fields = {
        "callers": playbook.callers_say,
        "codes": (*playbook.codes, *answered),
        "title": (title,),
        "former": change.former_names,
        "name": (change.name,),
        "about": (
            *_partners(book, change),
            *(check.do for check in playbook.checks),
            *(item.when for item in playbook.severity),
            *playbook.workaround,
        ),
    }
    return Document(
        "playbook",
        change_address(change.id, "playbooks", scenario.id),
        title,
        fields,
        _guide_card(book, scenario, change),
        change=change.id,
        scenario=scenario.id,
        severity=usual_severity(scenario, playbook),
        keys=playbook.codes,
    )


def _hub(book: Book, change: Change) -> Document:
    desk, affects = book.desk, change.affects
    systems = [desk.systems[name] for name in affects.systems]
    fields = {
        "title": (change.name,),
        "former": change.former_names,
        "seen": tuple(
            text for item in change.visible for text in (item.what, item.before or "", item.after or "") if text
        ),
        "about": (
            *(change.sentence, desk.kinds[change.kind].name),
            *(name for system in systems for name in (system.name, *system.other_names)),
            *(desk.audience(name).name for name in (*affects.groups, *affects.partners)),
        ),
    }
    owner = desk.teams[change.owner]
    rows = [(item.title, "Playbook", "list", item.address) for item in views.symptoms(book, change)]
    rows += [(asset.name, asset.note, asset.icon, asset.address) for asset in views.assets(change)]
    card = {"line": plain(change.sentence), "owner": owner.name, "phone": owner.phone, "assets": rows}
    keys = (*(watch.alert for watch in change.watch), *(rule.to for rule in change.queue_rules if rule.to))
    return Document("change", change_address(change.id), change.name, fields, card, change=change.id, keys=keys)


def _parts(book: Book, change: Change) -> Iterator[Document]:
    """Yield a change's answers to codes and questions, and its other pages."""
    contract = change_address(change.id, "contract")
    for answer in _answers(change):
        action = plain(answer.desk.action) if answer.desk else plain(answer.user_sees)
        fields = {
            "codes": (answer.code,),
            "title": (answer.means,),
            "seen": (answer.user_sees,),
            "about": (action, *_partners(book, change)),
        }
        address, title = f"{contract}#{answer_anchor(answer.code)}", f"{answer.code}: {plain(answer.means)}"
        card = {"line": action, "label": "Do"}
        yield Document("answer", address, title, fields, card, change=change.id, keys=(answer.code,))
    questions = change_address(change.id, "questions")
    for item in change.questions:
        asks = tuple(book.desk.audience(name).name for name in (*item.groups, *item.partners))
        said = plain_markdown(item.answer)
        fields = {"title": (item.question,), "name": (change.name,), "about": (said, *asks, *_partners(book, change))}
        address = f"{questions}#{question_anchor(item.question)}"
        card = {"line": _cut(said), "for": ", ".join(asks)}
        yield Document("question", address, item.question, fields, card, change=change.id)
    for asset in views.assets(change):
        fields = {"title": (asset.name,), "name": (change.name,), "former": change.former_names}
        title = f"{change.name}: {asset.name.lower()}"
        yield Document("asset", asset.address, title, fields, {"line": asset.note}, change=change.id)


def _desk(book: Book) -> Iterator[Document]:
    """Yield the pages of the desk's own lists."""
    desk = book.desk
    for system in desk.systems.values():
        owner = desk.teams[system.owner]
        fields = {"title": (system.name, *system.other_names), "about": (system.about, owner.name, owner.queue)}
        card = {"line": system.about, "owner": owner.name, "phone": owner.phone}
        yield Document("system", system_address(system.id), system.name, fields, card)
    for group in desk.groups.values():
        fields = {"title": (group.name,), "about": (group.about,)}
        yield Document("group", audience_address(group.id), group.name, fields, {"line": group.about})
    for partner in desk.partners.values():
        fields = {"title": (partner.name,), "about": (partner.about, partner.contact)}
        address = audience_address(partner.id, groups=False)
        yield Document("partner", address, partner.name, fields, {"line": partner.about})


def _hand(section: HandSection) -> Document:
    titles = dict.fromkeys((section.title, section.page))
    fields = {"title": tuple(titles), "about": section.paragraphs}
    line = _cut(section.paragraphs[0]) if section.paragraphs else ""
    return Document("page", section.address, ", ".join(titles), fields, {"line": line})


def _partners(book: Book, change: Change) -> tuple[str, ...]:
    """Return the names of the partners a change affects: callers say whose system it is."""
    return tuple(book.desk.partners[name].name for name in change.affects.partners)


def _answers(change: Change) -> Iterator[Answer]:
    for exchange in change.contract:
        yield from exchange.answers


def _guide_card(book: Book, scenario: Scenario, change: Change | None) -> dict[str, Any]:
    """Return what a result shows of a playbook: callers' words, then Do, Say and Call as the playbook has them."""
    page = playbook_page(book, scenario, change)
    call = page.calls[0]
    return {
        "says": [item.value for item in page.callers_say],
        "do": plain(page.checks[0].value.do),
        "say": plain(page.first_response),
        "call": f"{call.team.name}, {call.team.phone}",
        "when": plain(call.reasons[0].value.when),
        "owner": page.owner.name,
        "phone": page.owner.phone,
    }


def change_card(book: Book, change: Change) -> dict[str, Any]:
    """Return what every result under a change shows of it: name, status, since when."""
    since = ""
    if change.window and change.status in ("live", "stable", "closed", "rolled-back"):
        since = f"since {day_words(change.window.end, book.now)}"
    elif change.window and change.status in ("ready", "draft"):
        since = f"from {day_words(change.window.start, book.now)}"
    return {"status": change.status, "words": status_words(change, book.now), "since": since}


def _cut(text: str) -> str:
    """Return the beginning of a text, whole words."""
    return text if len(text) <= LINE else text[:LINE].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
