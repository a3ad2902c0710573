"""What answers a symptom: general playbooks, changes, and what their playbooks add."""

from __future__ import annotations

from collections.abc import Iterable

from changebook.book import Book
from changebook.book.answers import answered_codes
from changebook.book.codes import ways_to_type
from changebook.book.told import own_words
from changebook.language import gettext as _
from changebook.model import Change, Playbook, Scenario
from changebook.model.playbook import Check
from changebook.names import change_address, scenario_address
from changebook.render.prose import plain_prose
from changebook.search.cards import guide_card, owner_card, phase_line
from changebook.search.document import Document, partner_names
from changebook.views import change as views
from changebook.views.assets import Asset
from changebook.views.phases import phase_rows
from changebook.views.playbook import usual_severity


def scenario_document(book: Book, scenario: Scenario) -> Document:
    """Return the document of a general playbook."""
    systems = [book.desk.systems[name] for name in scenario.systems]
    fields = {
        "callers": scenario.callers_say,
        "keywords": scenario.keywords,
        "codes": scenario.codes,
        "title": (scenario.title,),
        "about": (
            *(scenario.about, scenario.id, *scenario.workaround),
            *(item.when for item in scenario.severity),
            *(name for system in systems for name in (system.name, *system.other_names)),
            book.desk.categories[scenario.file_as.category].name,
        ),
        "body": (
            *(text for check in scenario.checks for text in _texts(check)),
            *(item.when for item in scenario.escalate),
            scenario.first_response,
        ),
    }
    return Document(
        "scenario",
        scenario_address(scenario.id),
        scenario.title,
        fields,
        guide_card(book, scenario, None, codes=scenario.codes),
        scenario=scenario.id,
        severity=usual_severity(scenario),
        keys=(
            *scenario.codes,
            *ways_to_type(scenario),
            *((scenario.downtime.form.number,) if scenario.downtime else ()),
        ),
    )


def playbook_document(book: Book, change: Change, name: str, playbook: Playbook) -> Document:
    """Return the document of what a change's playbook adds, by its id `name`; the ranking knows its scenario's."""
    scenario = book.desk.scenarios[playbook.scenario]
    title = playbook.title or scenario.title
    answered = answered_codes(change, name)
    fields = {
        "callers": playbook.callers_say,
        "keywords": playbook.keywords,
        "codes": (*playbook.codes, *answered),
        "title": (title,),
        "former": change.former_names,
        "name": (change.name,),
        "about": (
            *partner_names(book, change),
            *(check.do for check in playbook.checks),
            *(item.when for item in playbook.severity),
            *playbook.workaround,
        ),
    }
    return Document(
        "playbook",
        change_address(change.id, "playbooks", name),
        title,
        fields,
        guide_card(book, scenario, change, name=name, codes=(*playbook.codes, *answered, *scenario.codes)),
        change=change.id,
        scenario=scenario.id,
        severity=usual_severity(scenario, playbook),
        keys=playbook.codes,
    )


def hub_document(book: Book, change: Change, pages: Iterable[Asset]) -> Document:
    """Return the document of a change, found by its names and by what people see of it; its row lists its `pages`."""
    desk, affects = book.desk, change.affects
    systems = [desk.systems[name] for name in affects.systems]
    fields = {
        "title": (change.name,),
        "former": change.former_names,
        "seen": tuple(
            text for item in change.visible for text in (item.what, item.before or "", item.after or "") if text
        ),
        "about": (
            *(change.sentence, desk.kinds[change.kind].name, desk.kinds[change.kind].artifact.name),
            *(name for system in systems for name in (system.name, *system.other_names)),
            *(desk.audience(name).name for name in (*affects.groups, *affects.partners)),
        ),
    }
    rows = [(item.title, _("Playbook"), "list", item.address) for item in views.symptoms_of(book, change)]
    rows += [
        (row.phase.name, phase_line(book, row), "go-live", f"{change_address(change.id)}#{row.anchor}")
        for row in phase_rows(book, change)
    ]
    rows += [(asset.name, asset.note, asset.icon, asset.address) for asset in pages]
    card = {"line": plain_prose(own_words(change)), "assets": rows, "duty": owner_card(book, change)}
    keys = (
        *(watch.alert for watch in change.watch),
        *(reference.number for reference in change.references),
        *(rule.to for rule in change.queue_rules if rule.do == "route" and rule.to),
    )
    return Document("change", change_address(change.id), change.name, fields, card, change=change.id, keys=keys)


def _texts(check: Check) -> list[str]:
    return [check.do, *(text for result in check.results for text in (result.if_, result.do or ""))]
