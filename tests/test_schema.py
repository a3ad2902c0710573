"""The schemas that editors read: made from the model, up to date, and of one mind with `changebook check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from changebook.book import Book
from changebook.cli import main
from changebook.model import Change, Scenario
from changebook.model.record import key_of, readers_of
from changebook.pages.reference import record_classes
from changebook.scaffold.schema import schema_of, schemas
from conftest import GOOD, ROOT, SAMPLE

BAD = ROOT / "tests" / "records" / "bad"
# What only `changebook check` can know, by what it says, and why no schema does.
ONLY_CHECK = {
    r"belongs in .*\.yaml; rename the file": "a schema does not know the name of the file",
    r"is (its own|the) name|is a former name of": "names are compared across records",
    r"no change '|no playbook or page '": "a schema does not know the other records and pages",
    r"is not among affects\.": "one field leans on another",
    r"nobody notices an outage that is not there": "one field leans on another",
    r"the cause is not known; add|no next update": "one field leans on another",
    r"has no '(before|after)'": "whether it is needed depends on what happens to the thing",
    r"does not begin with 'Complete Change'|does not begin with '": "an alert is compared with the change's name",
    r"a rule that routes needs a queue": "depends on what the rule does",
    r"no code .* in the contract|no playbook of .* is called": "one field leans on another",
    r"there is no go_no_go|go_no_go says": "whether it is needed depends on the status",
    r"no escalate entry goes to|escalate has several teams|'to' needs 'then: escalate'": "one field leans on another",
    r"no result leads to the (general )?checks below|no check follows": "entries of a list are read together",
    r"\d+ words, \d+ at most": "words are counted, not matched",
    r"a .* change needs a window|but the window starts at|the window ends before": "times are compared, with now too",
    r"ends before the window starts": "times are compared",
    r"starts then too|is here already": "entries are compared",
    r"an exchange has two ends": "two fields are compared",
    r"already has an answer|is already asked|reads like|listed here twice|is the title of": "entries are compared",
    r"no change '|leads back to itself": "a change is looked up among the others",
    r"is this same playbook|name another team": "two fields, or a field and the file, are compared",
    r"is invisible or reverses text|one mark too many|is not UTF-8|larger than|old Mac": "about the file's bytes",
    r"an escape makes|which is invisible|of a lost letter|git left two versions": "about the file's characters",
    r"as a comment; |YAML joins the line|more than \d+ values|in double quotes a": "about how YAML is written",
    r"of the text, '|of the text: '|at line \d+ of the text|of the text has": "Markdown is read, not matched",
    r"would look different on its page|would become": "Markdown is read, not matched",
    r"plain text has no lists": "lines are looked at, not the whole text",
    r"does not belong here": "curly quotes and wide spaces are text to YAML",
    r"which look alike|only looks like": "letters are looked up in Unicode's tables",
    r"Windows keeps": "a word that a pattern would have to leave out",
    r"lines, 300 at most|opening brackets|runs of back-ticks|of the text is nested": "Markdown is counted, not matched",
    r"this text has a tab": "a tab is a blank to a pattern",
    r"is here again": "a key that is there twice is for the YAML parser to say",
    r"the (alias|anchor|tag) |merge keys|% directive|second document|nested more than": "about how YAML is written",
    r"a comma would silently split this text": "about how YAML is written",
    r"YAML reads .* as ": "plain words that YAML 1.1 retypes and 1.2 does not",
    r"is not a (time|date): |does not exist: clocks|happens twice|the offset .* is not that of": "a calendar is needed",
    r"the link .* is not a complete web address": "links are read inside Markdown",
}


class CoreLoader(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: only these words and numbers are not text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(pattern), [*first, ""] if tag == "null" else list(first)
    )


def schema(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["schema", *map(str, arguments)])


@pytest.fixture(scope="module")
def rules(book: Book) -> Draft202012Validator:
    """The schema of a change, with the terms of the small desk."""
    return Draft202012Validator(schema_of(Change, book.desk))


def disagreement(refused: list[str], wrong: list[str]) -> list[str]:
    """Return where a schema, by what it refuses, and the check disagree, less what only the check can know."""
    if refused:
        return [] if wrong else [f"only the schema refuses: {message}" for message in refused]
    return [message for message in wrong if not any(re.search(known, message) for known in ONLY_CHECK)]


@pytest.mark.parametrize("case", sorted(BAD.glob("*.yaml")), ids=lambda case: case.stem)
def test_schema_and_check_agree_on_a_bad_record(rules: Draft202012Validator, case: Path) -> None:
    said = case.with_suffix(".txt").read_text("utf-8").splitlines()
    try:
        values = yaml.load(case.read_text("utf-8"), Loader=CoreLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return  # an editor says so without a schema
    # A value may be nested too deep to be printed.
    refused = [] if rules.is_valid(values) else ["this record"]
    assert disagreement(refused, [line for line in said if "gap:" not in line]) == []


@pytest.mark.parametrize("record", sorted(GOOD.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_good_record_is_right_by_the_schema(rules: Draft202012Validator, record: Path) -> None:
    values = yaml.load(record.read_text("utf-8"), Loader=CoreLoader)
    assert [error.message for error in rules.iter_errors(values)] == []


@pytest.mark.slow
def test_every_record_and_scenario_of_the_sample_is_right_by_its_schema(sample: Book) -> None:
    for cls, folder in ((Change, SAMPLE), (Scenario, SAMPLE / "desk" / "scenarios")):
        node = schema_of(cls, sample.desk)
        Draft202012Validator.check_schema(node)
        for file in sorted(folder.glob("*.yaml")):
            values = yaml.load(file.read_text("utf-8"), Loader=CoreLoader)
            wrong = [f"{file.name}: {error.message}" for error in Draft202012Validator(node).iter_errors(values)]
            assert wrong == []


def test_every_key_says_what_it_holds_and_who_reads_it(harbor: Book) -> None:
    node = schema_of(Change, harbor.desk)
    records = {"Change": node, **node["$defs"]}
    seen = 0
    for cls in record_classes():
        for name, info in cls.model_fields.items() if cls.__name__ in records else ():
            if name != "id":
                said = records[cls.__name__]["properties"][key_of(name, info)]
                assert said["description"].startswith(info.description)
                assert said["readers"] == readers_of(info)
                seen += 1
    assert seen > 80


def test_the_desks_terms_carry_what_they_mean(harbor: Book) -> None:
    terms = schema_of(Change, harbor.desk)["$defs"]["systems"]
    assert terms["enum"] == list(harbor.desk.systems)
    assert terms["enumDescriptions"][0].startswith("Chart. Chart holds ")


def test_the_site_publishes_the_schemas(site: Path, sample: Book) -> None:
    for path, text in schemas(sample.desk).items():
        assert (site / path.relative_to("docs")).read_text("utf-8") == text


def test_a_schema_is_written_again_when_the_desk_has_changed(small: Path) -> None:
    done = schema("--book", small)
    assert done.exit_code == 0
    file = small.parent / "docs" / "schema" / "change.json"
    assert f"{file.as_posix()} is written." in done.output
    assert schema("--book", small).output == ""
    teams = small / "desk" / "teams.yaml"
    teams.write_text(teams.read_text("utf-8").replace("Runs the engine", "Minds the engine"), encoding="utf-8")
    assert f"{file.as_posix()} is written." in schema("--book", small).output
    assert "Minds the engine" in file.read_text("utf-8")


def test_two_branches_that_add_a_partner_do_not_meet_in_the_schemas() -> None:
    assert "/docs/schema/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_broken_desk_makes_no_schema(small: Path) -> None:
    (small / "desk" / "teams.yaml").write_text("a: [\n", encoding="utf-8")
    done = schema("--book", small)
    assert done.exit_code == 1
    assert "desk/teams.yaml:1:" in done.output
    assert not (small.parent / "docs").exists()


def test_the_editors_settings_point_at_the_schemas(sample: Book) -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert {Path(path) for path in settings["yaml.schemas"]} == schemas(sample.desk).keys()
    for glob in settings["yaml.schemas"].values():
        assert list(ROOT.glob(glob))
    first = {file.read_text("utf-8").splitlines()[0] for file in SAMPLE.glob("*.yaml")}
    assert first == {"# yaml-language-server: $schema=../docs/schema/change.json"}
