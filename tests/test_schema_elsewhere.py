"""The schemas in other people's tools: JavaScript's patterns, ajv and check-jsonschema take them and the sample."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from conftest import GOOD, ROOT, SAMPLE
from test_schema import CoreLoader

MODULES = ROOT / ".venv" / "editor" / "node_modules"
RECORDS = ("change", "scenario")
COMPILE = """
const { patterns } = JSON.parse(require("fs").readFileSync(0, "utf-8"));
for (const pattern of patterns) new RegExp(pattern, "u");
console.log(patterns.length);
"""
VALIDATE = """
const Ajv = require("ajv/dist/2020").default;
const { schema, records } = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
const wrong = Object.keys(records).filter((name) => !validate(records[name]));
console.log(JSON.stringify(wrong));
"""


def sample_records(name: str) -> list[Path]:
    """Return the files of the sample that a schema is of."""
    folder = SAMPLE if name == "change" else SAMPLE / "desk" / "scenarios"
    return sorted(folder.glob("*.yaml"))


def in_node(script: str, given: object) -> Any:
    """Run a script in Node.js with JSON on its standard input, and return what it prints."""
    environment = {**os.environ, "NODE_PATH": str(MODULES)}
    command = ["node", "-e", script]
    done = subprocess.run(
        command, input=json.dumps(given), env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def patterns(schema: object) -> Iterator[str]:
    """Yield every pattern of a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for inner in schema.values():
            yield from patterns(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from patterns(inner)


def check_jsonschema(*arguments: object) -> str:
    """Run check-jsonschema and return what it says where it refuses, nothing where it agrees."""
    # Whoever only collects the tests does not import it.
    done = CliRunner().invoke(import_module("check_jsonschema").main, [*map(str, arguments)])
    return "" if done.exit_code == 0 else f"{done.output}{done.exception}"


@pytest.mark.parametrize("name", RECORDS)
def test_every_pattern_is_one_of_javascript_with_its_u_flag(name: str, schema_files: Path) -> None:
    found = sorted(set(patterns(json.loads((schema_files / f"{name}.json").read_text("utf-8")))))
    assert in_node(COMPILE, {"patterns": found}) == len(found) > 5


def test_no_pattern_means_another_thing_to_python(schema_files: Path) -> None:
    # Python's \\d knows the digits of every script.
    schemas = (json.loads((schema_files / f"{name}.json").read_text("utf-8")) for name in RECORDS)
    assert [pattern for schema in schemas for pattern in patterns(schema) if "\\d" in pattern or "\\w" in pattern] == []


@pytest.mark.parametrize("name", RECORDS)
def test_ajv_takes_the_schema_and_the_sample(name: str, schema_files: Path) -> None:
    schema = json.loads((schema_files / f"{name}.json").read_text("utf-8"))
    records = {file.name: yaml.load(file.read_text("utf-8"), Loader=CoreLoader) for file in sample_records(name)}
    assert len(records) > 5
    broken = {"broken": next(iter(records.values())) | {"owner": "nobody-at-all"}}
    assert in_node(VALIDATE, {"schema": schema, "records": records | broken}) == ["broken"]


@pytest.mark.slow
def test_check_jsonschema_takes_both_schemas(schema_files: Path) -> None:
    assert check_jsonschema("--check-metaschema", *schema_files.iterdir()) == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDS)
def test_check_jsonschema_takes_the_sample(name: str, schema_files: Path) -> None:
    assert check_jsonschema("--schemafile", schema_files / f"{name}.json", *sample_records(name)) == ""


@pytest.mark.slow
def test_check_jsonschema_refuses_a_record_of_another_desk(schema_files: Path) -> None:
    assert "'interfaces' is not one of" in check_jsonschema(
        "--schemafile", schema_files / "change.json", GOOD / "complete-change.yaml"
    )
