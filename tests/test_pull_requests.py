"""What runs on a pull request does what it says, with no rights to lose."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from building import quick_program, with_quick_program
from changebook.book import Book
from conftest import ROOT, SAMPLE, SMALL, Repository

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITHUB = ROOT / ".github" / "workflows" / "changes.yml"
CODE = ROOT / ".github" / "workflows" / "code.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
JOBS_OF_CODE = ("quick", "browser")
RECORD = "changes/fhir-patient-lookup-r4.yaml"


def plain(file: Path) -> Any:
    """Return a YAML file with every scalar as text: `on` is a key, not true."""
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)


def steps(workflow: Path = GITHUB) -> list[dict[str, Any]]:
    return [step for job in plain(workflow)["jobs"].values() for step in job["steps"]]


@pytest.fixture
def clone(repository: Repository) -> Repository:
    """A clean clone of the sample book without the handbook, with what `make install` makes, and a proposal on top."""
    for folder in (SAMPLE, ROOT / "docs"):
        shutil.copytree(folder, repository.folder / folder.name, ignore=shutil.ignore_patterns("handbook"))
    (repository.folder / ".gitignore").write_text(".venv\n", encoding="utf-8")
    repository.commit("The book")
    (repository.folder / ".venv" / "bin").mkdir(parents=True)
    (repository.folder / ".venv" / "bin" / "changebook").symlink_to(quick_program())
    file = repository.folder / RECORD
    file.write_text(file.read_text("utf-8").replace("why: ", "why: In short, ", 1), encoding="utf-8")
    repository.commit("The proposal")
    return repository


def run(clone: Repository, commands: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a step as a forge does: one that fails ends them."""
    return subprocess.run(
        ["bash", "-e", "-c", commands],
        cwd=clone.folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_strangers_pull_request_gets_no_rights(file: Path) -> None:
    workflow = plain(file)
    assert list(workflow["on"]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    assert [job for job in workflow["jobs"].values() if "permissions" in job or "environment" in job] == []
    for step in steps(file):
        assert "secrets" not in str(step)
        assert "token" not in str(step)
        assert "${{" not in step.get("run", ""), "text of a pull request would be run"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_action_is_pinned_to_a_commit_and_leaves_no_token_behind(file: Path) -> None:
    used = [step for step in steps(file) if "uses" in step]
    for step in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
    checkouts = [step for step in used if step["uses"].startswith("actions/checkout@")]
    assert checkouts
    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}
    pinned = [line for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    assert all(re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line) for line in pinned)


def test_every_job_has_an_end() -> None:
    assert [job for file in WORKFLOWS for job in plain(file)["jobs"].values() if "timeout-minutes" not in job] == []
    assert [name for name in ("changes", *JOBS_OF_CODE) if "timeout" not in plain(GITLAB)[name]] == []


def test_the_merge_request_jobs_run_for_merge_requests_only_and_read_nothing_secret() -> None:
    pipeline = plain(GITLAB)
    assert pipeline["workflow"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert set(pipeline) == {"workflow", "changes", *JOBS_OF_CODE}
    script = "\n".join(line for name in ("changes", *JOBS_OF_CODE) for line in pipeline[name]["script"])
    assert set(re.findall(r"\$\{?(\w+)", script)) == {"CI_MERGE_REQUEST_DIFF_BASE_SHA"}
    assert set(pipeline["changes"]["variables"]) == {"GIT_DEPTH"}
    assert [name for name in JOBS_OF_CODE if "variables" in pipeline[name]] == []


def test_a_change_of_code_runs_the_same_at_both_forges() -> None:
    workflow, pipeline = plain(CODE), plain(GITLAB)
    assert set(workflow["jobs"]) == set(JOBS_OF_CODE)
    for name in JOBS_OF_CODE:
        run = "\n".join(step.get("run", "") for step in workflow["jobs"][name]["steps"])
        assert [line for line in run.splitlines() if line] == pipeline[name]["script"]
        globs = [glob.removesuffix("/*") for glob in pipeline[name]["rules"][0]["changes"]]
        assert globs == workflow["on"]["pull_request"]["paths"]


def test_a_change_of_code_runs_lint_types_and_every_test() -> None:
    scripts = [line for name in JOBS_OF_CODE for line in plain(GITLAB)[name]["script"]]
    assert "make quick" in scripts
    makefile = (ROOT / "Makefile").read_text("utf-8")
    checks = re.findall(r"^\t\$\(BIN\)/((?:ruff|mypy).*)$", makefile.partition("\ntest:")[2].partition("\n\n")[0], re.M)
    quick = makefile.partition("\nquick:")[2].partition("\n\n")[0]
    assert [check for check in checks if f"/{check}" not in quick and f".venv/bin/{check}" not in scripts] == []
    left_out = re.findall(r"not (\w+)", quick)
    (others,) = (line for line in scripts if "pytest" in line)
    assert left_out == re.search(r'-m "(.*)"', others)[1].split(" or ")  # type: ignore[index]


def test_every_make_command_of_the_jobs_is_one() -> None:
    text = "".join(file.read_text("utf-8") for file in (GITHUB, CODE, GITLAB))
    used = {target for targets in re.findall(r"\bmake ([\w ]+)", text) for target in targets.split()}
    assert used == {"install", "site", "quick", "browser", "editor"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [target for target in used if not re.search(rf"^{target}:", makefile, flags=re.M)] == []


def test_the_commands_of_the_workflow_work_in_a_clean_clone(clone: Repository, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    commands = [step["run"] for step in steps() if "changebook" in step.get("run", "")]
    assert len(commands) == 2
    for command in commands:
        done = run(clone, command, GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, done.stderr
    said = summary.read_text("utf-8")
    assert said == (clone.folder / "review.md").read_text("utf-8")
    assert "**Changed**: `FHIR Patient Lookup R4` (change): `why`" in said
    assert "`Desk Lead`: reviews every proposal" in said


def test_a_problem_fails_the_check_on_its_line_and_the_review_still_comes(clone: Repository, tmp_path: Path) -> None:
    file = clone.folder / RECORD
    file.write_text(file.read_text("utf-8").replace("owner: interop-platform", "owner: nobody", 1), encoding="utf-8")
    clone.commit("A mistake")
    check, review = (step for step in steps() if "changebook" in step.get("run", ""))
    done = run(clone, check["run"])
    assert done.returncode == 1
    assert f"::error file={RECORD},line=5,col=8::owner: no team 'nobody'" in done.stdout
    assert "!cancelled()" in review["if"]
    summary = tmp_path / "summary.md"
    assert run(clone, review["run"], GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    assert f"**New** `{RECORD}:5` `owner: no team 'nobody'" in summary.read_text("utf-8")


def test_the_commands_of_the_merge_request_job_work_in_a_clean_clone(clone: Repository) -> None:
    script = [line for line in plain(GITLAB)["changes"]["script"] if not line.startswith("make ")]
    done = run(clone, "\n".join(script), CI_MERGE_REQUEST_DIFF_BASE_SHA=clone.git("rev-parse", "HEAD^"))
    assert done.returncode == 0, done.stderr
    assert "`FHIR Patient Lookup R4`" in (clone.folder / "review.md").read_text("utf-8")


def test_both_forges_ask_an_author_the_same() -> None:
    github = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    assert (ROOT / ".gitlab" / "merge_request_templates" / "Default.md").read_text("utf-8") == github


def test_both_forges_offer_the_same_reports() -> None:
    github = {}
    for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = plain(file)
        fields = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
        assert len({part["id"] for part in form["body"] if part["type"] != "markdown"}) == len(fields)
        github[form["name"]] = fields
    gitlab = {
        file.stem: re.findall(r"^## (.*)$", file.read_text("utf-8"), flags=re.M)
        for file in (ROOT / ".gitlab" / "issue_templates").glob("*.md")
    }
    assert gitlab == github
    assert set(github) == {"A page is wrong", "The program is wrong"}


def test_the_code_owners_are_teams_of_the_desk_and_own_what_they_are_asked_about(sample: Book) -> None:
    lines = [line.split() for line in (ROOT / "CODEOWNERS").read_text("utf-8").splitlines() if line[:1] == "/"]
    teams = {path: owner.removeprefix("@service-desk/") for path, owner in lines}
    assert set(teams.values()) <= set(sample.desk.teams)
    assert teams["/changes/"] == sample.desk.settings.reviewer
    scenarios = {f"/changes/desk/scenarios/{item.id}.yaml": item.owner for item in sample.desk.scenarios.values()}
    assert {path: team for path, team in teams.items() if fnmatch(path, "*.yaml")} == scenarios
    assert all((ROOT / path.strip("/")).exists() for path in teams)


def test_the_hook_stops_a_wrong_record_and_lets_a_right_one_pass(repository: Repository, tmp_path: Path) -> None:
    hook = Repository(tmp_path / "hook")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hook.folder)
    config = {"repos": [{"repo": str(hook.folder), "rev": hook.commit(), "hooks": [{"id": "changebook-check"}]}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    shutil.copytree(SMALL, repository.folder / "changes")
    repository.commit()

    def committed(name: str, text: str) -> subprocess.CompletedProcess[str]:
        (repository.folder / "changes" / name).write_text(text, encoding="utf-8")
        repository.git("add", "--all")
        there = with_quick_program(PRE_COMMIT_HOME=str(tmp_path / "home"))
        return run(repository, f"{sys.executable} -m pre_commit run", **there)

    wrong = committed("wrong.yaml", "name: Wrong\n")
    assert wrong.returncode == 1
    assert "changes/wrong.yaml:1:1: kind is missing" in wrong.stdout
    (repository.folder / "changes" / "wrong.yaml").unlink()
    right = committed("six-lines.yaml", (ROOT / "tests/records/good/six-lines.yaml").read_text("utf-8"))
    assert right.returncode == 0, right.stdout
    assert "Passed" in right.stdout
    # No record, no check.
    (repository.folder / "notes.txt").write_text("words\n", encoding="utf-8")
    repository.commit()
    (repository.folder / "notes.txt").write_text("other words\n", encoding="utf-8")
    repository.git("add", "--all")
    assert (
        "Skipped"
        in run(repository, f"{sys.executable} -m pre_commit run", PRE_COMMIT_HOME=str(tmp_path / "home")).stdout
    )


def test_the_hook_finds_a_book_that_is_not_at_the_top(repository: Repository, tmp_path: Path) -> None:
    hook = Repository(tmp_path / "hook")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hook.folder)
    wanted = {"id": "changebook-check", "args": ["kb/changes"]}
    config = {"repos": [{"repo": str(hook.folder), "rev": hook.commit(), "hooks": [wanted]}]}
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    shutil.copytree(SMALL, repository.folder / "kb" / "changes")
    repository.commit()
    there = with_quick_program(PRE_COMMIT_HOME=str(tmp_path / "home"))
    for name, text in (("changes/wrong.yaml", "name: Wrong\n"), ("docs/page.md", "A <!-- name-ok -->\n")):
        file = repository.folder / "kb" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        repository.git("add", "--all")
        done = run(repository, f"{sys.executable} -m pre_commit run", **there)
        assert done.returncode == 1
        assert f"kb/{name}:1:" in done.stdout
        repository.git("rm", "--quiet", "--force", f"kb/{name}")
