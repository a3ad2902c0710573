"""The text of a new record, checked before anybody writes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2

from changebook.book import Book
from changebook.book.lessons import lessons_of
from changebook.checks import CHECKS
from changebook.errors import Problem
from changebook.model import Change
from changebook.model.reading import read_record
from changebook.model.record import key_of, record_in
from changebook.model.status import Urgency
from changebook.privacy.check import check_privacy
from changebook.readiness.urgency import NEEDED_AT_ONCE, required
from changebook.scaffold.outline import OutlineLine, section_lines
from changebook.scaffold.plain import as_yaml, without_dates
from changebook.source import Source, read_source
from changebook.source.marks import NOT_READ

# What is carried over from another record, as far as it holds no dates; what a repeat takes over besides.
CARRIED = ("affects", "unchanged", "data_set", "contract", "playbooks", "watch", "rollback", "compliance", "tests")
REPEATED = ("communications", "why", "details", "visible", "questions", "announcement", "bridge")
# As much of a playbook as an emergency needs at once.
_FIRST_RESPONSE = ("playbooks:", "  - scenario:", "    title:", "    first_response:")
# Ids, which the check reads.
_NOT_PROSE = ("affects", "communications")
# Laid out in every record, whatever its kind needs.
ALWAYS = ("why",)


@dataclass(frozen=True)
class Wanted:
    """What is known of a new change; `start` holds the values of the record it starts from, if any, and `repeats` the
    id of that change if it is repeated; `free` are times at which it could go live.
    """

    name: str
    kind: str
    owner: str
    sentence: str
    start: dict[str, Any]
    urgency: Urgency = "planned"
    repeats: str = ""
    free: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftSection:
    """One section of the new record: its text if it is carried over, else its lines and why the kind needs it."""

    key: str
    text: str
    lines: list[OutlineLine]
    why: str


def record_file(book: Book, name: str) -> Path:
    """Return the file in which the change called `name` belongs."""
    return book.folder / f"{book.desk.settings.id_of(name)}.yaml"


def record_text(book: Book, wanted: Wanted) -> str:
    """Return the new record: a draft with what is carried over, and what its kind needs as comments."""
    kind = book.desk.kinds[wanted.kind]
    # What an emergency owes is written afterwards.
    owing = wanted.urgency == "emergency"
    needs = dict(NEEDED_AT_ONCE) if owing else {**dict.fromkeys(ALWAYS, ""), **required(wanted.urgency, kind)}
    if kind.tests and not owing:
        needs.setdefault("tests", "")
    keys = {key_of(name, info): info for name, info in Change.model_fields.items() if name != "id"}
    cases = {name: book.desk.cases[name].name for name in kind.tests if name in book.desk.cases}
    sections = [section for key in keys if (section := _section(wanted, key, needs, cases))]
    first = ("name", "kind", "status", "urgency", "repeats", "owner", "sentence")
    facts = {
        "wanted": wanted,
        "kind": kind,
        "sections": sections,
        "lessons": () if owing else lessons_of(book, kind.id),
    }
    further = [key for key in keys if key not in first and key not in (section.key for section in sections)]
    return yaml_templates().get_template("record.yaml.j2").render(facts, further=further)


def yaml_templates() -> jinja2.Environment:
    """Return the templates of files that people go on writing; the filter `yaml` writes a value as YAML."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("changebook.render"),
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = as_yaml
    return environment


def record_problems(book: Book, wanted: Wanted, text: str) -> list[Problem]:
    """Return what `changebook check` would say is wrong with the new record in `text`."""
    file = record_file(book, wanted.name)
    source = read_source(text, Source(file))
    if source.values is None or source.problems:
        return source.problems
    values = {**source.values, "id": file.stem}
    change, faults = read_record(Change, values, {"zone": book.desk.settings.zone})
    if not change:
        return [source.problem(fault.steps, fault.message, of_key=fault.of_key) for fault in faults]
    grown = replace(book, changes={**book.changes, change.id: change})
    found = [(spot, message) for check in CHECKS for spot, message in check(grown) if spot.path == file]
    private = [one.problem for one in check_privacy(text, file, source=source)]
    return [*private, *(source.problem(spot.steps, message) for spot, message in found)]


def _section(wanted: Wanted, key: str, needs: dict[str, str], cases: dict[str, str]) -> DraftSection | None:
    carried = (*CARRIED, *REPEATED) if wanted.repeats else CARRIED
    if key in carried and key in wanted.start:
        text = as_yaml({key: _carried(wanted, key)})
        return DraftSection(key, text if key in _NOT_PROSE else _marked(text), [], needs.get(key, ""))
    if key not in needs:
        return None
    lines = section_lines(Change, key)
    if key == "playbooks" and wanted.urgency == "emergency":
        lines = [line for line in lines if line.text in _FIRST_RESPONSE]
    if key == "tests" and cases:
        # The first case is laid out with every key; of the others it is said that they are needed.
        first, *others = (OutlineLine(f"  - case: {name}", title) for name, title in cases.items())
        lines = [lines[0], first, *lines[2:], *others]
    return DraftSection(key, "", lines, needs[key])


def _carried(wanted: Wanted, key: str) -> Any:
    """Return what a section of the other record says, without its dates and its evidence."""
    inner, values = record_in(Change.model_fields[key].annotation), wanted.start[key]
    values = without_dates(inner, values) if inner else values
    if key == "tests":
        return [{name: value for name, value in test.items() if name != "runs"} for test in values]
    if key == "playbooks":
        # What is folded is general now.
        gone = [{"folded", "dropped", *playbook.get("folded", ())} for playbook in values]
        pairs = zip(values, gone, strict=True)
        return [{name: value for name, value in item.items() if name not in left} for item, left in pairs]
    if key == "watch":
        # An alert begins with the name of its change.
        old = wanted.start["name"]
        return [{**item, "alert": f"{wanted.name}{item['alert'].removeprefix(old)}"} for item in values]
    return values


def _marked(text: str) -> str:
    """Return a section whose first line says that nobody has read it here yet."""
    first, *rest = text.split("\n")
    return "\n".join((f"{first}  {NOT_READ}", *rest))
