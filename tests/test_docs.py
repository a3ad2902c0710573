"""The handbook says everything: every field, check, macro, command and dependency."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from changebook.checks import CHECKS
from changebook.cli import main
from changebook.macros import define_env
from changebook.model.record import key_of, readers_of
from changebook.pages.reference import MACROS, record_classes
from changebook.readiness import change_rules
from conftest import ROOT, SAMPLE

HANDBOOK = ROOT / "docs" / "handbook"
FIELDS = [(cls, name) for cls in record_classes() for name in cls.model_fields if name != "id"]


@pytest.mark.parametrize(("cls", "name"), FIELDS, ids=lambda item: getattr(item, "__name__", item))
def test_a_field_says_what_it_holds_and_who_reads_it(harbor_site: Path, cls: type, name: str) -> None:
    info = cls.model_fields[name]  # type: ignore[attr-defined]
    assert info.description
    assert info.description.endswith(".")
    assert readers_of(info) in ("everyone", "desk")
    page = (harbor_site / "handbook" / "fields" / "index.html").read_text("utf-8")
    assert f"<code>{key_of(name, info)}</code>" in page


@pytest.mark.parametrize("rule", [*CHECKS, *change_rules()], ids=lambda rule: rule.__name__)
def test_a_check_is_in_the_handbook(harbor_site: Path, rule: object) -> None:
    page = (harbor_site / "handbook" / "checks" / "index.html").read_text("utf-8")
    assert inspect.getdoc(rule)
    assert f"<code>{rule.__name__}</code>" in page  # type: ignore[attr-defined]


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.__name__)
def test_a_macro_has_arguments_errors_and_an_example(harbor_site: Path, macro: object) -> None:
    text = inspect.getdoc(macro) or ""
    arguments = [name for name in inspect.signature(macro).parameters if name != "book"]  # type: ignore[arg-type]
    assert f"Example: {{{{ {macro.__name__}(" in text  # type: ignore[attr-defined]
    assert all(f"`{name}`" in text for name in arguments)
    assert ("Errors:" in text) == any(
        name in ("change", "scenario", "system", "group", "partner") for name in arguments
    )
    page = (harbor_site / "handbook" / "macros" / "index.html").read_text("utf-8")
    assert f"<code>{macro.__name__}</code>" in page  # type: ignore[attr-defined]


def test_every_macro_can_be_called_on_a_page_by_its_name() -> None:
    told: dict[str, object] = {}
    define_env(SimpleNamespace(macro=lambda call, name: told.update({name: inspect.getdoc(call)})))
    assert told == {macro.__name__: inspect.getdoc(macro) for macro in MACROS}


def test_every_check_of_the_package_is_run() -> None:
    defined = set()
    for file in (ROOT / "macros" / "changebook" / "checks").glob("*.py"):
        defined |= set(re.findall(r"^def (check_\w+)", file.read_text("utf-8"), flags=re.M))
    assert {check.__name__ for check in CHECKS} == defined


@pytest.mark.parametrize("command", sorted(main.commands))
def test_a_command_is_documented_and_has_help_with_an_example(command: str) -> None:
    text = (HANDBOOK / "commands.md").read_text("utf-8")
    assert f"## changebook {command}" in text
    shown = CliRunner().invoke(main, [command, "--help"])
    assert shown.exit_code == 0
    assert "Example" in shown.output
    for option in main.commands[command].params:
        if isinstance(option, click.Option):
            assert option.help
            assert option.opts[0] in text


def test_every_make_command_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.M)
    text = (HANDBOOK / "commands.md").read_text("utf-8")
    assert [target for target in targets if target != "help" and f"`make {target}`" not in text] == []


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    named = [line for line in text.splitlines() if re.match(r'\s+"[a-z0-9-]+[>=]', line)]
    assert named
    assert [line for line in named if not re.search(r"# \w", line)] == []


def test_every_dependency_is_locked_with_hashes() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *settings["project"]["dependencies"],
        *(dep for group in settings["dependency-groups"].values() for dep in group),
    ]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for requirement in wanted:
        name = re.split(r"[>=<]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}==\S+ .*\\\n\s+--hash=sha256:", lock, flags=re.M | re.I), name
    assert "://" not in lock


def test_the_first_record_of_the_handbook_is_right(small: Path) -> None:
    text = (HANDBOOK / "first-record.md").read_text("utf-8")
    record = text.partition("```yaml\n")[2].partition("```")[0]
    assert len(record.strip().splitlines()) == 6
    book = SAMPLE
    name = re.search(r"`changes/([a-z0-9-]+)\.yaml`", text)
    assert name
    (small / f"{name[1]}.yaml").write_text(record, encoding="utf-8")
    # The sample's desk knows the kind and the team; the small one does not.
    for table in ("kinds", "teams"):
        (small / "desk" / f"{table}.yaml").write_text(
            (book / "desk" / f"{table}.yaml").read_text("utf-8"), encoding="utf-8"
        )
    shown = CliRunner().invoke(main, ["check", str(small / f"{name[1]}.yaml")])
    assert shown.exit_code == 0, shown.output


def test_the_gate_of_the_handbook_says_what_it_says_there() -> None:
    text = (HANDBOOK / "readiness.md").read_text("utf-8")
    told = text.partition('$ changebook gate "ADT Mapping 2026.4"\n')[2].partition("```")[0]
    shown = CliRunner().invoke(main, ["gate", "--book", str(SAMPLE), "ADT Mapping 2026.4"])
    said = " ".join(shown.output.replace(f"{ROOT}/", "").split())
    for part in told.split("...\n"):
        assert " ".join(part.split()) in said


def test_what_contributors_are_led_to_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    below = (ROOT, ROOT / "macros" / "changebook")
    named = re.findall(r"`(?:\S+/python |\S+/pytest )?([a-z_/]+(?:/|\.py|\.md|\.yaml))(?: [^`]*)?`", text)
    assert len(named) > 10
    assert [name for name in named if not any((folder / name).exists() for folder in below)] == []
    assert "(CONTRIBUTING.md)" in (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.M)
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= set(targets)


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert CliRunner().invoke(main, ["--version"], prog_name="changebook").output == f"changebook, version {version}\n"
    assert f"changebook-{version}-py3" in (ROOT / "docs" / "handbook" / "hosting.md").read_text("utf-8")
    released = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.M)
    # Above the version is only what was built since.
    assert released.index(version) == ("Unreleased" in released)
    assert "Unreleased" not in released[1:]
