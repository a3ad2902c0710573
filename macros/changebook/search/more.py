"""Everything else that search finds: answers, the other pages of a change, the desk's lists, hand-written pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from changebook.book import Book
from changebook.book.answers import answers_at
from changebook.language import gettext as _
from changebook.model import Change
from changebook.names import (
    audience_address,
    change_address,
    comparable,
    error_address,
    question_anchor,
    system_address,
)
from changebook.render.prose import number, plain_markdown, plain_prose
from changebook.search.cards import owner_card, phase_line, question_card, shortened
from changebook.search.codes import duty_card
from changebook.search.document import Document, partner_names
from changebook.search.hand import HandSection
from changebook.search.numbers import numbers, partner_card, team_card
from changebook.views.assets import Asset, in_a_sentence
from changebook.views.guidance import playbook_link
from changebook.views.known_errors import every_open_error
from changebook.views.phases import phase_rows


def change_parts(book: Book, change: Change, pages: Iterable[Asset]) -> Iterator[Document]:
    """Yield a change's answers to codes and questions, and its other `pages`."""
    contract, owner = change_address(change.id, "contract"), owner_card(book, change)
    for _exchange, answer, place in answers_at(change):
        action = plain_prose(answer.desk.action) if answer.desk else plain_prose(answer.user_sees)
        fields = {
            "codes": (answer.code,),
            "title": (answer.means,),
            "seen": (answer.user_sees,),
            "about": (action, *partner_names(book, change)),
        }
        address, title = f"{contract}#{place}", f"{answer.code}: {plain_prose(answer.means)}"
        named = answer.desk and answer.desk.scenario
        opens = playbook_link(book, named, change=change, code=answer.code).address if named else ""
        card: dict[str, Any] = {"line": action, "label": _("Do")}
        # Where no playbook is opened, whoever made the change answers for the code.
        card |= {"key": comparable(answer.code)} if opens else {"say": plain_prose(answer.means), "duty": owner}
        yield Document("answer", address, title, fields, card, change=change.id, keys=(answer.code,), opens=opens)
    questions = change_address(change.id, "faq")
    for item in change.questions:
        asks = tuple(book.desk.audience(name).name for name in (*item.groups, *item.partners))
        said = plain_markdown(item.answer)
        fields = {
            "title": (item.question,),
            "name": (change.name,),
            "about": (said, *asks, *partner_names(book, change)),
        }
        address = f"{questions}#{question_anchor(item.question)}"
        card = question_card(item, said) | {"duty": owner}
        yield Document("question", address, item.question, fields, card, change=change.id)
    for row in phase_rows(book, change):
        fields = {
            "title": (row.phase.name, *row.sites, *row.readers),
            "name": (change.name,),
            "former": change.former_names,
        }
        address, title = f"{change_address(change.id)}#{row.anchor}", f"{change.name}: {row.phase.name}"
        yield Document("asset", address, title, fields, {"line": phase_line(book, row)}, change=change.id)
    for asset in pages:
        fields = {"title": (asset.name, *asset.also), "name": (change.name,), "former": change.former_names}
        title = f"{change.name}: {in_a_sentence(asset.name)}"
        yield Document("asset", asset.address, title, fields, {"line": asset.note}, change=change.id)


def error_documents(book: Book) -> Iterator[Document]:
    """Yield the known errors that are open, found by their numbers."""
    for item in (one for found in every_open_error(book) for one in found):
        error, change = item.error, item.change
        fields: dict[str, tuple[str, ...]] = {"title": (error.title,), "name": (change.name,), "about": (error.number,)}
        card = {"line": plain_prose(error.workaround), "label": _("Until fixed"), "duty": duty_card(item.rota)}
        address, title = error_address(change.id, error.number), f"{error.number}: {plain_prose(error.title)}"
        yield Document("error", address, title, fields, card, change=change.id, keys=(error.number,))


def desk_documents(book: Book) -> Iterator[Document]:
    """Yield the pages of the desk's own lists, and its teams."""
    desk = book.desk
    yield from numbers(book)
    for system in desk.systems.values():
        owner = desk.teams[system.owner]
        fields = {"title": (system.name, *system.other_names), "about": (system.about, owner.name, owner.queue)}
        card = {"line": system.about, **team_card(book, owner)}
        yield Document("system", system_address(system.id), system.name, fields, card)
    for group in desk.groups.values():
        fields = {"title": (group.name,), "about": (group.about,)}
        yield Document("group", audience_address(group.id), group.name, fields, {"line": group.about})
    for partner in desk.partners.values():
        fields = {"title": (partner.name,), "about": (partner.about, partner.contact)}
        address = audience_address(partner.id, groups=False)
        line = f"{partner.contact}. {partner.about}"
        card = {"line": line, **partner_card(book, partner)}
        keys = tuple(filter(None, (number(partner.contact),)))
        yield Document("partner", address, partner.name, fields, card, keys=keys)


def hand_document(section: HandSection) -> Document:
    """Return the document of a section of a hand-written page. The page itself is what its title asks for."""
    titles = dict.fromkeys((section.title, section.page))
    fields = {"title": tuple(titles), "about": section.paragraphs}
    line = shortened(section.paragraphs[0]) if section.paragraphs else ""
    keys = () if "#" in section.address else (section.page,)
    return Document("page", section.address, ", ".join(titles), fields, {"line": line}, keys=keys)
