"""Every key and leaf of a complete record, in turn deleted, misspelled and given a wrong type.

Each mutation is either named on its own line, or provably optional: the record without it is right.
A key that is deleted is named where it is missing, at the line its mapping begins on or above.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from changebook.model import Change
from changebook.model.reading import dotted
from changebook.source import Source, load_source
from changebook.source.events import Steps
from conftest import GOOD, load
from model_fields import missing_keys

COMPLETE = GOOD / "complete-change.yaml"
# Keys that a change may lack; every other key is required where its mapping stands.
OPTIONAL = {
    *("communications", "announcement", "staff", "do_not", "expect"),
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
        "timeout",
    ),
    *("retry", "missing_field", "normal_failure", "validation", "desk", "defect_when", "title", "callers_say"),
    *("otherwise", "codes", "file_as", "queue", "checks", "first_response", "escalate", "within", "give", "severity"),
    *("workaround", "rollback"),
    *("must_find", "watch", "queue_rules", "still_alerts", "removed"),
    *("board", "revised", "compliance", "tests", "article"),
    *("found_in", "rehearsals", "briefing", "first_15_minutes", "bridge", "waivers", "known_errors"),
    *("affected", "confusion"),
}
# Optional where they stand; but the complete record leans on them elsewhere, and that place is named.
LEANT_ON = {
    ("window",): "status: a live change needs a window",
    ("affects",): "is not among affects.groups",
    ("affects", "systems"): "is not among affects.systems",
    ("affects", "groups"): "is not among affects.groups",
    ("affects", "partners"): "is not among affects.partners",
    ("announcement", "desk"): "announcement.desk: nothing is said",
    ("announcement", "staff"): "announcement.staff: nothing is said",
    ("announcement", "partners"): "announcement.partners: nothing is said",
    ("watch", 0, "normal"): "what is normal is not said",
    ("rollback", "criteria"): "name the counts and times that stop the change",
    ("rollback", "steps"): "write how it is undone",
    ("rollback", "decided_by"): "name the team that decides",
    ("compliance", "at"): "not reviewed yet",
    ("tests", 0, "differs_from_production"): "not said how the test environment differs",
    ("tests", 0, "accept"): "not said that support finds the transaction",
    ("tests", 0, "runs"): "not run before production",
    ("tests", 0, "runs", 1): "the last run before production failed",
    ("tests", 0, "runs", 0, "fixed_in"): "failed, and no playbook was fixed",
    ("tests", 0, "runs", 1, "found_in"): "no 'found_in' says how long it took",
    ("tests", 0, "runs", 2, "found_in"): "no 'found_in' says how long it took",
    ("briefing", "recording"): "no recording",
    ("briefing", "attended"): "nobody but the owner is written down",
    ("go_no_go",): "there is no go_no_go",
    ("go_no_go", "reason"): "'go' without a reason",
    ("unchanged",): "unchanged: missing from this FHIR resource update",
    ("contract",): "contract: missing from this FHIR resource update",
    ("playbooks", 0, "callers_say"): "no words of a caller",
    ("playbooks", 0, "severity", 0, "cadence"): "no cadence, here or in the standing playbook",
    ("playbooks", 0, "escalate"): "no entry under escalate is to 'interfaces'",
    ("queue_rules", 0, "to"): "a rule that routes says where to",
    ("visible", 0, "after"): "is added and has no 'after'",
    ("visible", 1, "before"): "is reworded and has no 'before'",
    ("visible", 1, "after"): "is reworded and has no 'after'",
}
# Required in one mapping, optional in another.
OPTIONAL_AT = {
    *(("severity", "do"), ("desk", "scenario"), ("desk", "do"), ("staff", "do"), ("partners", "do")),
    *(("tests", "answer"), ("tests", "user_sees"), ("known_errors", "scenario"), ("results", "do"), ("results", "to")),
}
REQUIRED_AT = {("known_errors", "title"), ("known_errors", "workaround"), ("known_errors", "severity")}
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


def at(values: object, steps: Steps) -> object:
    for step in steps:
        values = values[step]  # type: ignore[index]
    return values


def mutated(steps: Steps, how: str) -> str:
    """Return the complete record with one key or item mutated, every text in quotes: nothing else can be wrong."""
    record = yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader)
    parent, last = at(record, steps[:-1]), steps[-1]
    if how == "deleted":
        del parent[last]  # type: ignore[attr-defined]
    elif how == "misspelled":
        items = [(f"{key}x" if key == last else key, value) for key, value in parent.items()]  # type: ignore[attr-defined]
        parent.clear()  # type: ignore[attr-defined]
        parent.update(items)  # type: ignore[attr-defined]
    elif how == "given other words":
        value = parent[last]  # type: ignore[index]
        parent[last] = f"{value}-x" if isinstance(value, str) else [*value, *value][: len(value) + 1]  # type: ignore[index]
    else:
        value = parent[last]  # type: ignore[index]
        parent[last] = {"wrong": "type"} if isinstance(value, (str, list)) else "a text"  # type: ignore[index]
    return str(
        yaml.dump(record, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, default_style='"', width=1000)
    )


def mutate(folder: Path, steps: Steps, how: str) -> tuple[Source, list[tuple[int, str]]]:
    """Return the mutated record and the (line, message) of its problems and gaps."""
    file = folder / COMPLETE.name
    file.write_text(mutated(steps, how), encoding="utf-8")
    problems = load(folder).problems
    return load_source(file), [(problem.line, problem.message) for problem in problems]


ALL = list(steps_of(yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader)))
KEYS = [steps for steps in ALL if isinstance(steps[-1], str)]


def shown(steps: Steps) -> str:
    return ".".join(map(str, steps))


def test_the_complete_record_has_every_key_of_the_model() -> None:
    values = yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader)
    missing = list(missing_keys(Change, values))
    assert missing == []


@pytest.mark.parametrize("steps", KEYS, ids=shown)
def test_a_misspelt_key_is_named_on_its_line(small: Path, steps: Steps) -> None:
    source, problems = mutate(small, steps, "misspelled")
    wrong = f"{steps[-1]}x"
    line = source.keys[(*steps[:-1], wrong)][0]
    assert any(line == at_line and repr(wrong) in message for at_line, message in problems), problems


@pytest.mark.parametrize("steps", ALL, ids=shown)
def test_a_wrong_type_is_named_on_its_line(small: Path, steps: Steps) -> None:
    source, problems = mutate(small, steps, "given a wrong type")
    key = (source.keys.get(steps) or source.places[steps])[0]
    value = source.places[steps][0]
    assert any(key <= at_line <= value + 1 for at_line, message in problems), problems


@pytest.mark.parametrize("steps", KEYS, ids=shown)
def test_a_deleted_key_is_named_or_provably_optional(small: Path, steps: Steps) -> None:
    source, problems = mutate(small, steps, "deleted")
    key = steps[-1]
    owner = next((step for step in reversed(steps[:-1]) if isinstance(step, str)), None)
    if steps in LEANT_ON:
        assert any(LEANT_ON[steps] in message for _, message in problems), problems
    elif (key in OPTIONAL or (owner, key) in OPTIONAL_AT) and (owner, key) not in REQUIRED_AT:
        assert problems == []
    else:
        missing = (source.place(steps[:-1])[0], f"{dotted(steps)} is missing; add it")
        assert missing in [(line, message.partition(":")[0]) for line, message in problems], problems


@pytest.mark.parametrize("steps", [steps for steps in ALL if isinstance(steps[-1], int)], ids=shown)
def test_a_deleted_item_leaves_a_right_record_or_is_named(small: Path, steps: Steps) -> None:
    _, problems = mutate(small, steps, "deleted")
    if leant := LEANT_ON.get(steps) or (steps not in RIGHT_WITHOUT and LEANT_ON.get(steps[:-1])):
        assert any(leant in message for _, message in problems), problems
    elif steps[-2] in ("for", "answers") and steps[:2] != ("visible", 1):
        assert any("the list is empty" in message for _, message in problems), problems
    else:
        assert problems == []
