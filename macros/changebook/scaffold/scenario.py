"""The text of a new general playbook, checked before anybody writes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from changebook.book import Book
from changebook.checks import CHECKS
from changebook.errors import Problem
from changebook.model import Scenario
from changebook.model.reading import read_record
from changebook.privacy.check import check_privacy
from changebook.scaffold.record import yaml_templates
from changebook.source import Source, read_source

# A text that nobody has used yet is read again soon.
FIRST_REVIEW = timedelta(days=90)


@dataclass(frozen=True)
class NewPlaybook:
    """What is known of a new playbook: its title and id, who has it, how its tickets are filed, and its code."""

    title: str
    id: str
    owner: str
    backup: str
    category: str
    systems: tuple[str, ...]
    code: str

    @property
    def file(self) -> Path:
        """The file it belongs in, below the book's folder."""
        return Path("desk") / "scenarios" / f"{self.id}.yaml"


def scenario_text(book: Book, new: NewPlaybook) -> str:
    """Return the new playbook: right as written, with the questions that help with any symptom."""
    review_by: date = (book.now + FIRST_REVIEW).date()
    facts = {"symptom": new, "owner": book.desk.teams[new.owner], "review_by": review_by}
    templates, language = yaml_templates(), book.desk.settings.language
    return templates.select_template([f"scenario.{language}.yaml.j2", "scenario.yaml.j2"]).render(facts)


def scenario_problems(book: Book, new: NewPlaybook, text: str) -> list[Problem]:
    """Return what `changebook check` would say is wrong with the new playbook in `text`."""
    file = book.folder / new.file
    source = read_source(text, Source(file))
    if source.values is None or source.problems:
        return source.problems
    scenario, faults = read_record(Scenario, {**source.values, "id": file.stem}, {"zone": book.desk.settings.zone})
    if not scenario:
        return [source.problem(fault.steps, fault.message, of_key=fault.of_key) for fault in faults]
    ids = {**book.desk.ids, "scenarios": frozenset((*book.desk.scenarios, scenario.id))}
    desk = replace(book.desk, scenarios={**book.desk.scenarios, scenario.id: scenario}, ids=ids)
    found = [(spot, message) for check in CHECKS for spot, message in check(replace(book, desk=desk))]
    private = [one.problem for one in check_privacy(text, file, source=source)]
    return [*private, *(source.problem(spot.steps, message) for spot, message in found if spot.path == file)]
