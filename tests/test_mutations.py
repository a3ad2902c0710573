"""Every key and leaf of a complete record: deleted, misspelled, given a wrong type and given other words.

Each mutation is either named on its own line, or provably optional: the record without it is right.
A key that is deleted is named where it is missing, at the line its mapping begins on or above.
As every problem of a record is named at once, one record holds many mutations, none of them beside or inside of
another; what may be right without a key or an item is tried with nothing else wrong.
Of each the schema that editors read thinks as the check does. That makes hundreds of small books, which are left to
`make test`; bad records of each kind are among the quick tests.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
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
    ("briefing", "attended"): "nobody is listed as attending",
    ("briefing", "attended", 0): "only the owner is listed",
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
# The steps to every key and item.
EVERY = list(steps_of(RECORD))


def at(values: object, steps: Steps) -> Any:
    for step in steps:
        values = values[step]  # type: ignore[index]
    return values


def mutated(every: Sequence[Steps], how: str) -> Any:
    """Return the complete record with some keys or items mutated, none inside of another."""
    record = json.loads(WRITTEN)
    for steps in every:
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


def dealt(every: Iterable[Steps]) -> list[list[Steps]]:
    """Deal out mutations to as few records as hold none beside or inside of another, so that each has its own lines."""
    records: list[list[Steps]] = []
    for steps in every:
        for record in records:
            if not any(meet(steps, other) for other in record):
                record.append(steps)
                break
        else:
            records.append([steps])
    return records


def meet(one: Steps, other: Steps) -> bool:
    """Return whether a key or item is beside or inside of another."""
    shorter = min(len(one), len(other))
    return one[:-1] == other[:-1] or one[:shorter] == other[:shorter]


@dataclass
class Tried:
    """A mutated record as it was written, the (line, message) of its problems and gaps, and of its problems alone.

    `loaded` is whether it was read as a change, so that the checks of a whole book had their say.
    """

    name: str
    source: Source
    problems: list[tuple[int, str]]
    wrong: list[tuple[int, str]]
    loaded: bool


class Trials:
    """What makes one mutated record after the other, checks it, and holds it against its schema."""

    def __init__(self, folder: Path, book: Book) -> None:
        self.folder = folder
        whole = schema_of(Change, book.desk)
        self.whole = Draft202012Validator(whole)
        # What is wrong inside a section is seen with the rules of that section alone; every other one is as it was.
        self.rules = {
            name: Draft202012Validator({**part, "$defs": whole["$defs"]}) for name, part in whole["properties"].items()
        }

    def tried(self, every: Sequence[Steps], how: str) -> Tried:
        """Return what is said of a record with these mutations."""
        file = self.folder / COMPLETE.name
        # Every text is in quotes, so that nothing else can be wrong, and an editor reads the same values: as JSON,
        # which YAML reads, with a line for each key and item.
        text = json.dumps(mutated(every, how), ensure_ascii=False, separators=(",\n", ": "))
        file.write_text(text, encoding="utf-8")
        found = load(self.folder)
        return Tried(
            name=f"{' '.join(map(shown, every))} {how}",
            source=load_source(file),
            problems=[(problem.line, problem.message) for problem in found.problems],
            wrong=[(problem.line, problem.message) for problem in found.problems if not problem.gap],
            loaded=found.book is not None and COMPLETE.stem in found.book.changes,
        )

    def refused(self, steps: Steps, how: str) -> list[str]:
        """Return what the schema refuses of a record with one mutation."""
        record, inside = mutated([steps], how), len(steps) > 1
        seen = self.rules[steps[0]] if inside else self.whole
        return [error.message for error in seen.iter_errors(record[steps[0]] if inside else record)]


@pytest.fixture(scope="module")
def trials(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    """The small desk, and another change, beside which mutated records are tried."""
    folder = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("mutated") / "changes"))
    shutil.copy(OTHER, folder)
    # No record is tried twice, so none is kept.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, OFF)
        yield Trials(folder, book)


def shown(steps: Steps) -> str:
    return ".".join(map(str, steps))


def test_the_complete_record_has_every_key_of_the_model() -> None:
    # A change has a window or phases, not both.
    phased = yaml.load(PHASED.read_text("utf-8"), Loader=yaml.CBaseLoader)
    own = {key: phased[key] for key in ("phases", "postponed")}
    assert list(missing_keys(Change, RECORD | own)) == []
    assert len(EVERY) > 250


@pytest.mark.parametrize("how", ["misspelled", "given a wrong type"])
def test_everything_misspelled_or_of_a_wrong_type_is_named_on_its_line(trials: Trials, how: str) -> None:
    every = [steps for steps in EVERY if how != "misspelled" or isinstance(steps[-1], str)]
    for together in dealt(every):
        found = trials.tried(together, how)
        for steps in together:
            hold_misspelled(found, steps) if how == "misspelled" else hold_wrong_type(found, steps)
            assert trials.refused(steps, how), f"{shown(steps)} {how}"


def hold_misspelled(found: Tried, steps: Steps) -> None:
    """Hold that a key that nobody knows is named on its line."""
    wrong = f"{steps[-1]}x"
    line = found.source.keys[(*steps[:-1], wrong)][0]
    assert any(line == at_line and repr(wrong) in message for at_line, message in found.wrong), (shown(steps), found)


def hold_wrong_type(found: Tried, steps: Steps) -> None:
    """Hold that a value of a wrong type is named on its line, on which is nothing else that is wrong."""
    line = found.source.places[steps][0]
    assert line in [at_line for at_line, _ in found.wrong], (shown(steps), found)


def test_the_schema_takes_other_words_as_the_check_does(trials: Trials) -> None:
    how = "given other words"
    refused = [steps for steps in EVERY if trials.refused(steps, how)]
    assert 0 < len(refused) < len(EVERY)
    for together in dealt(refused):
        hold_named(trials, together, how)
    for together in dealt(steps for steps in EVERY if steps not in refused):
        hold_taken(trials, together, how)


def hold_named(trials: Trials, every: Sequence[Steps], how: str) -> None:
    """Hold that each mutation is named on its lines, at the latest once what keeps it from being read is fixed."""
    left = untold(trials.tried(every, how), every)
    assert len(left) < len(every), f"{' '.join(map(shown, left))} {how}"
    if left:
        hold_named(trials, left, how)


def hold_taken(trials: Trials, every: Sequence[Steps], how: str) -> None:
    """Hold that the check names only what no schema can know, as it reads the record and as it reads the book."""
    found = trials.tried(every, how)
    assert disagreement([], messages(found)) == [], found
    if not found.loaded:
        left = untold(found, every)
        assert len(left) < len(every), found
        hold_taken(trials, left, how)


def untold(found: Tried, every: Sequence[Steps]) -> list[Steps]:
    """Return the mutations on whose lines nothing is wrong."""
    told = {line for line, _ in found.wrong}
    return [steps for steps in every if not told & {*lines_of(found.source, steps)}]


def messages(found: Tried) -> list[str]:
    return [message for _, message in found.wrong]


def lines_of(source: Source, steps: Steps) -> range:
    """Return the lines that a key or an item and all that is in it take."""
    inner = [place[0] for place_of, place in source.places.items() if place_of[: len(steps)] == steps]
    return range(min(inner), max(inner) + 1)


def test_a_key_that_a_mapping_needs_is_named_where_it_is_missing(trials: Trials) -> None:
    for together in dealt(filter(needed, EVERY)):
        found = trials.tried(together, "deleted")
        for steps in together:
            missing = (found.source.place(steps[:-1])[0], f"{dotted(steps)} is missing; add it")
            assert missing in [(line, message.partition(":")[0]) for line, message in found.problems], found
            assert trials.refused(steps, "deleted"), f"{shown(steps)} deleted"


@pytest.mark.parametrize("section", RECORD)
def test_a_record_without_what_it_may_lack_is_right_or_told_what_leans_on_it(trials: Trials, section: str) -> None:
    for steps in (steps for steps in EVERY if steps[0] == section and not needed(steps)):
        found = trials.tried([steps], "deleted")
        assert disagreement(trials.refused(steps, "deleted"), messages(found)) == [], found.name
        hold_deleted_key(found, steps) if isinstance(steps[-1], str) else hold_deleted_item(found, steps)


def needed(steps: Steps) -> bool:
    """Return whether a mapping has to have this key, whatever else is written."""
    key = steps[-1]
    owner = next((step for step in reversed(steps[:-1]) if isinstance(step, str)), None)
    optional = (key in OPTIONAL or (owner, key) in OPTIONAL_AT) and (owner, key) not in REQUIRED_AT
    return isinstance(key, str) and steps not in LEANT_ON and not optional


def hold_deleted_key(found: Tried, steps: Steps) -> None:
    """Hold that a record without an optional key is right, or told what leans on it."""
    if steps in LEANT_ON:
        assert any(LEANT_ON[steps] in message for _, message in found.problems), found
    else:
        assert found.problems == [], found.name


def hold_deleted_item(found: Tried, steps: Steps) -> None:
    """Hold that a record without an item of a list is right, or told what leans on it."""
    if leant := LEANT_ON.get(steps) or (steps not in RIGHT_WITHOUT and LEANT_ON.get(steps[:-1])):
        assert any(leant in message for _, message in found.problems), found
    elif (steps[-2] in ("for", "answers") or steps[1:4:2] in TO_DO) and steps[:2] != ("visible", 1):
        assert any("the list is empty" in message for _, message in found.problems), found
    else:
        assert found.problems == [], found.name
