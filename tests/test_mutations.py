"""Every key and leaf of a complete record, in turn deleted, misspelled, given a wrong type and given other words.

Each mutation is either named on its own line, or provably optional: the record without it is right.
A key that is deleted is named where it is missing, at the line its mapping begins on or above.
Of each the schema that editors read thinks as the check does. That makes more than a thousand small books, which are
left to `make test`; bad records of each kind are among the quick tests.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from changebook.book import Book
from changebook.cache.store import OFF, SETTING
from changebook.model import Change
from changebook.model.reading import dotted
from changebook.scaffold.schema import schema_of
from changebook.source import Source, load_source
from changebook.source.events import Steps
from conftest import GOOD, HARBOR, SMALL, load
from model_fields import missing_keys
from test_schema import disagreement

COMPLETE = GOOD / "complete-change.yaml"
PHASED = HARBOR / "pier-pages.yaml"
# Keys that a change may lack; every other key is required in its mapping.
OPTIONAL = {
    *("communications", "announcement", "staff", "do_not", "expect", "keywords", "told", "not_asked", "references"),
    *("earlier", "after_rollback"),
    *("address", "depends_on", "part_of", "safety", "hazards", "urgency", "repeats", "patients", "to_do", "closed"),
    *("why", "details", "former_names", "review_by", "visible", "questions", "data_set", "playbooks", "workflows"),
    *(
        "groups",
        "partners",
        "categories",
        "readers",
        "communications",
        "announcement",
        "staff",
        "do_not",
        "expect",
        "in_scope",
        "out_of_scope",
        "version",
        "old_until",
        "outage",
        "outage_for",
        "downtime",
        "read_only",
        "starts",
        "tickets",
        "new_from",
        "older",
        "credentials",
        "timeout",
    ),
    *("retry", "missing_field", "normal_failure", "validation", "desk", "defect_when", "title", "callers_say"),
    *("otherwise", "codes", "file_as", "queue", "checks", "first_response", "escalate", "within", "give", "severity"),
    *("workaround", "rollback"),
    *("must_find", "was", "watch", "queue_rules", "still_alerts", "removed"),
    *("postponed", "board", "revised", "compliance", "tests", "article"),
    *("found_in", "rehearsals", "briefing", "first_15_minutes", "bridge", "waivers", "known_errors"),
    *("affected", "confusion", "updates", "cover", "stable", "folded", "dropped", "retrospective"),
    *("held", "outcome", "summary", "causes", "gaps", "lessons"),
}
# Optional where they are, but the complete record leans on them elsewhere, and that place is named.
LEANT_ON = {
    ("window",): "status: a live change needs a window",
    ("window", "outage"): "nobody notices an outage that is not there",
    ("updates", 0, "checking"): "the cause is not known; add checking",
    ("updates", 0, "expect"): "the cause is not known; add expect",
    ("updates", 1, "known"): "the cause is not known; add checking and expect",
    **{("updates", number, "next"): "no next update; add 'next', or say 'resolved'" for number in (0, 1)},
    ("affects",): "is not among affects.groups",
    ("affects", "systems"): "is not among affects.systems",
    ("affects", "groups"): "is not among affects.groups",
    ("affects", "partners"): "is not among affects.partners",
    ("announcement", "desk"): "announcement.desk: nothing is written",
    ("announcement", "staff"): "announcement.staff: nothing is written",
    ("announcement", "partners"): "announcement.partners: nothing is written",
    ("safety", "at"): "not assessed yet",
    ("told",): "nobody has told Far Labs",
    ("told", 0): "nobody has told Far Labs",
    ("watch", 0, "normal"): "does not say what is normal",
    ("rollback", "criteria"): "name the counts and times that stop the change",
    ("rollback", "steps"): "write how to roll it back",
    ("rollback", "decided_by"): "name the team that decides",
    ("compliance", "at"): "not reviewed yet",
    ("tests", 0, "differs_from_production"): "does not say how the test environment differs",
    ("tests", 0, "accept"): "does not say that support finds the transaction",
    ("tests", 0, "runs"): "not run yet",
    ("tests", 0, "runs", 1): "the last run in a test environment failed",
    ("tests", 0, "runs", 0, "fixed_in"): "failed, and nobody wrote which playbook was fixed",
    ("tests", 0, "runs", 1, "found_in"): "no 'found_in' says how long it took",
    ("tests", 0, "runs", 2, "found_in"): "no 'found_in' says how long it took",
    ("briefing", "recording"): "no recording",
    ("briefing", "attended"): "only the owner is listed",
    ("go_no_go",): "there is no go_no_go",
    ("go_no_go", "reason"): "'go' without a reason",
    ("unchanged",): "unchanged: missing; add this section",
    ("contract",): "contract: missing; add this section",
    ("playbooks",): "no playbook of 'patient-not-found' here",
    ("playbooks", 0, "title"): "no playbook of 'patient-not-found' here",
    ("playbooks", 0, "callers_say"): "no callers' words",
    ("playbooks", 0, "severity", 0, "cadence"): "no cadence, here or in the general playbook",
    ("playbooks", 0, "checks", 0, "results", 0): "no result leads to the general checks below it",
    ("playbooks", 0, "escalate"): "no escalate entry goes to 'interfaces'",
    ("queue_rules", 0, "to"): "a rule that routes needs a queue",
    ("visible", 0, "after"): "is added and has no 'after'",
    ("visible", 1, "before"): "is reworded and has no 'before'",
    ("visible", 1, "after"): "is reworded and has no 'after'",
}
# Required in one mapping, optional in another.
OPTIONAL_AT = {
    *(
        ("severity", "do"),
        ("desk", "scenario"),
        ("desk", "do"),
        ("staff", "do"),
        ("partners", "do"),
        ("patients", "do"),
    ),
    ("earlier", "reason"),
    *(("tests", "answer"), ("tests", "user_sees"), ("known_errors", "scenario"), ("results", "do"), ("results", "to")),
    *(("rehearsals", "playbook"), ("gaps", "fixed_in")),
    *(("downtime", key) for key in ("after", "form", "entered_by", "entered_within", "all_clear")),
}
REQUIRED_AT = {
    ("not_asked", "why"),
    ("to_do", "partners"),
    ("known_errors", "title"),
    ("known_errors", "workaround"),
    ("known_errors", "severity"),
    ("older", "version"),
}
# Its lists of one item, which may not be empty.
TO_DO = (("to_do", "partners"), ("to_do", "do"))
# Items of lists that the record leans on, without which it is right all the same.
RIGHT_WITHOUT = {
    *(("briefing", "attended", 1),),
    *(("tests", 0, "runs", 0), ("tests", 0, "runs", 2)),
}


def steps_of(values: object, steps: Steps = ()) -> Iterator[Steps]:
    """Yield the steps to every key and every item of a file's values."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for step, value in inner:
        yield (*steps, step)
        yield from steps_of(value, (*steps, step))


# Links to other changes are added here: beside the complete record, most tests' book has no other change.
OTHER = GOOD / "six-lines.yaml"
LINKS = {"depends_on": [OTHER.stem], "part_of": OTHER.stem}
RECORD = {**yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader), **LINKS}
WRITTEN = json.dumps(RECORD)
# The steps to every key and item inside of a section, by section.
INSIDE = {name: [(name, *steps) for steps in inner] for name in RECORD if (inner := list(steps_of(RECORD[name])))}


def at(values: object, steps: Steps) -> Any:
    for step in steps:
        values = values[step]  # type: ignore[index]
    return values


def mutated(steps: Steps, how: str) -> Any:
    """Return the complete record with one key or item mutated."""
    record = json.loads(WRITTEN)
    parent, last = at(record, steps[:-1]), steps[-1]
    value = parent[last]
    if how == "deleted":
        del parent[last]
    elif how == "misspelled":
        items = [(f"{key}x" if key == last else key, value) for key, value in parent.items()]
        parent.clear()
        parent.update(items)
    elif how == "given other words":
        parent[last] = f"{value}-x" if isinstance(value, str) else [*value, *value][: len(value) + 1]
    else:
        parent[last] = {"wrong": "type"} if isinstance(value, (str, list)) else "a text"
    return record


@dataclass
class Tried:
    """A mutated record as it was written, the (line, message) of its problems and gaps, and what its schema says.

    `disagreement` is where the schema that editors read and the check are not of one mind.
    """

    name: str
    source: Source
    problems: list[tuple[int, str]]
    refused: bool
    disagreement: list[str]


Trial = Callable[[Steps, str], Tried]


@pytest.fixture(scope="module")
def tried(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """What makes one mutated record after the other, checks it, and holds it against its schema."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("mutated") / "changes"))
    shutil.copy(OTHER, folder)
    whole = schema_of(Change, book.desk)
    # What is wrong inside a section is seen with the rules of that section alone; every other one is as it was.
    rules = {
        name: Draft202012Validator({**part, "$defs": whole["$defs"]}) for name, part in whole["properties"].items()
    }

    def trial(steps: Steps, how: str) -> Tried:
        record, file = mutated(steps, how), folder / COMPLETE.name
        # Every text is in quotes, so that nothing else can be wrong, and an editor reads the same values: as JSON,
        # which YAML reads, with a line for each key and item.
        file.write_text(json.dumps(record, ensure_ascii=False, separators=(",\n", ": ")), encoding="utf-8")
        found = load(folder).problems
        inside = len(steps) > 1
        seen = rules[steps[0]] if inside else Draft202012Validator(whole)
        refused = [error.message for error in seen.iter_errors(record[steps[0]] if inside else record)]
        return Tried(
            name=f"{shown(steps)} {how}",
            source=load_source(file),
            problems=[(problem.line, problem.message) for problem in found],
            refused=bool(refused),
            disagreement=disagreement(refused, [problem.message for problem in found if not problem.gap]),
        )

    # No record is tried twice, so none is kept.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, OFF)
        yield trial


def shown(steps: Steps) -> str:
    return ".".join(map(str, steps))


def test_the_complete_record_has_every_key_of_the_model() -> None:
    # A change has a window or phases, not both.
    phases = {"phases": yaml.load(PHASED.read_text("utf-8"), Loader=yaml.CBaseLoader)["phases"]}
    assert list(missing_keys(Change, RECORD | phases)) == []
    assert len(list(steps_of(RECORD))) > 250


def hold_misspelled(found: Tried, steps: Steps) -> None:
    """Hold that a key that nobody knows is named on its line."""
    wrong = f"{steps[-1]}x"
    line = found.source.keys[(*steps[:-1], wrong)][0]
    assert any(line == at_line and repr(wrong) in message for at_line, message in found.problems), found
    assert (found.refused, found.disagreement) == (True, []), found.name


def hold_wrong_type(found: Tried, steps: Steps) -> None:
    """Hold that a value of a wrong type is named on its line."""
    key = (found.source.keys.get(steps) or found.source.places[steps])[0]
    value = found.source.places[steps][0]
    assert any(key <= at_line <= value + 1 for at_line, message in found.problems), found
    assert (found.refused, found.disagreement) == (True, []), found.name


def hold_other_words(found: Tried, steps: Steps) -> None:
    """Hold that the schema takes other words as the check does."""
    assert found.disagreement == [], found.name


def hold_deleted(found: Tried, steps: Steps) -> None:
    """Hold that what is deleted is named, or provably optional."""
    assert found.disagreement == [], found.name
    hold_deleted_key(found, steps) if isinstance(steps[-1], str) else hold_deleted_item(found, steps)


MUTATIONS = {
    "misspelled": hold_misspelled,
    "given a wrong type": hold_wrong_type,
    "given other words": hold_other_words,
    "deleted": hold_deleted,
}


@pytest.mark.slow
@pytest.mark.parametrize("how", MUTATIONS)
def test_a_mutated_section_is_told(tried: Trial, how: str) -> None:
    for section in RECORD:
        MUTATIONS[how](tried((section,), how), (section,))


@pytest.mark.parametrize("section", INSIDE)
@pytest.mark.parametrize("how", MUTATIONS)
def test_a_mutation_inside_a_section_is_told(tried: Trial, how: str, section: str) -> None:
    for steps in INSIDE[section]:
        if how != "misspelled" or isinstance(steps[-1], str):
            MUTATIONS[how](tried(steps, how), steps)


def hold_deleted_key(found: Tried, steps: Steps) -> None:
    """Hold that a record without a key is right, where the key is optional, or told that it is missing."""
    key = steps[-1]
    owner = next((step for step in reversed(steps[:-1]) if isinstance(step, str)), None)
    if steps in LEANT_ON:
        assert any(LEANT_ON[steps] in message for _, message in found.problems), found
    elif (key in OPTIONAL or (owner, key) in OPTIONAL_AT) and (owner, key) not in REQUIRED_AT:
        assert found.problems == [], found.name
    else:
        missing = (found.source.place(steps[:-1])[0], f"{dotted(steps)} is missing; add it")
        assert missing in [(line, message.partition(":")[0]) for line, message in found.problems], found


def hold_deleted_item(found: Tried, steps: Steps) -> None:
    """Hold that a record without an item of a list is right, or told what leans on it."""
    if leant := LEANT_ON.get(steps) or (steps not in RIGHT_WITHOUT and LEANT_ON.get(steps[:-1])):
        assert any(leant in message for _, message in found.problems), found
    elif (steps[-2] in ("for", "answers") or steps[1:4:2] in TO_DO) and steps[:2] != ("visible", 1):
        assert any("the list is empty" in message for _, message in found.problems), found
    else:
        assert found.problems == [], found.name
