"""Imports point one way, and only the doors know MkDocs."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

from conftest import ROOT

PACKAGE = ROOT / "macros" / "changebook"
# From the first to import to the last. A module imports only from lines above its own, or from its own package.
ORDER = [
    "characters",
    "printing",
    "errors",
    "letters",
    "names",
    "shipped",
    "language",
    "cache",
    "source",
    "model",
    "editing",
    "git",
    "book",
    "tickets",
    "schedule",
    "editions",
    "naming",
    "privacy",
    "checks",
    "readiness",
    "scaffold",
    "render",
    "since",
    "views",
    "search",
    "feeds",
    "pages",
    "outside",
    "exports",
    "checking",
    "migrating",
    "renaming",
    "recording",
    "review",
    "cli",
    "site",
    "macros",
]
DOORS = {"site", "macros"}
PRINTING = {
    "print",
    "click.echo",
    "click.echo_via_pager",
    "click.secho",
    "click.confirm",
    "click.prompt",
    "sys.stdout",
    "sys.stderr",
}


def modules() -> list[tuple[str, Path]]:
    """Return each module's place in the order, and its file."""
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if file != PACKAGE / "__init__.py"]
    return [(file.relative_to(PACKAGE).parts[0].removesuffix(".py"), file) for file in files]


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_module_has_a_place_in_the_order() -> None:
    assert {name for name, _ in modules()} == set(ORDER)


def test_the_picture_in_contributing_is_this_order() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    picture = text.partition("## The house")[2].partition("```text\n")[2].partition("```")[0].splitlines()
    # A line of names, then what they are for, indented.
    floors = [line for line in picture if not line.startswith(" ")]
    assert [name for floor in floors for name in floor.split()] == ORDER
    assert len(floors) * 2 == len(picture)


def test_the_linter_reads_every_file_of_the_package_and_its_tests() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--show-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    every = {str(file) for folder in ("macros", "hooks", "tests") for file in (ROOT / folder).rglob("*.py")}
    assert every - set(done.stdout.splitlines()) == set()


def test_a_module_imports_only_from_those_above_it() -> None:
    wrong = []
    for name, file in modules():
        for imported in imports(file):
            package, _, rest = imported.partition(".")
            part = rest.partition(".")[0]
            if package == "changebook" and part != name and ORDER.index(part) >= ORDER.index(name):
                wrong.append(f"{file.relative_to(PACKAGE)} imports {imported}")
    assert wrong == []


def test_only_the_doors_import_mkdocs() -> None:
    knowing = {
        name for name, file in modules() if any(item.split(".")[0].startswith("mkdocs") for item in imports(file))
    }
    assert knowing == DOORS


def test_a_command_imports_no_other_and_a_build_not_even_the_model() -> None:
    script = "import sys; from changebook.cli import main; main.commands['build']; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert {name for name in imported if name.startswith("changebook.cli.")} == {
        "changebook.cli.build",
        "changebook.cli.door",
        "changebook.cli.options",
        "changebook.cli.swap",
    }
    assert not imported & {"pydantic", "jinja2", "mkdocs", "changebook.model"}


def test_git_is_asked_at_the_doors_only() -> None:
    asking = {name for name, file in modules() if any(part in ("repository", "subprocess") for part in parts(file))}
    assert asking <= {"git", "cli", *DOORS}


def parts(file: Path) -> set[str]:
    """Return every part of the names that a file imports."""
    return {part for item in imports(file) for part in item.split(".")}


def test_the_package_is_never_imported_by_its_folder() -> None:
    files = [*PACKAGE.rglob("*.py"), ROOT / "macros" / "main.py", *(ROOT / "hooks").glob("*.py")]
    assert not [file for file in files if any(item.startswith("macros.") for item in imports(file))]


def test_a_long_module_says_why() -> None:
    long = [file for _, file in modules() if len(file.read_text(encoding="utf-8").splitlines()) > 200]
    assert long == []


def test_the_sample_book_is_named_in_one_place() -> None:
    # By that name a test is known to be about the sample; see `needs.py`.
    naming = [file.name for file in (ROOT / "tests").glob("*.py") if f'ROOT / "{"changes"}"' in file.read_text("utf-8")]
    assert naming == ["conftest.py"]


def test_one_module_prints() -> None:
    # Every other way out would print what a record or a file name holds as it is.
    last = {name.rpartition(".")[2] for name in PRINTING}
    printing = {
        file.relative_to(PACKAGE).as_posix()
        for _, file in modules()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Name | ast.Attribute) and _last(node) in last and ast.unparse(node) in PRINTING
    }
    # The door lets go of a stream that cannot be written.
    assert printing - {"cli/door.py"} == {"printing/terminal.py"}
    assert "print(" not in (PACKAGE / "cli" / "door.py").read_text("utf-8")


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_a_view_takes_two_arguments_by_place_and_the_rest_by_name() -> None:
    by_place = [
        f"{file.name}: {function.name}"
        for name, file in modules()
        if name == "views"
        for function in tree_of(file).body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_") and len(function.args.args) > 2
    ]
    assert by_place == []


def test_no_public_name_means_two_things() -> None:
    # A macro keeps its name for the handbook's sake, and a view is called otherwise; so far nothing needs an exception.
    homes: dict[str, list[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for name in defined(file):
            homes.setdefault(name, []).append(file.relative_to(PACKAGE).as_posix())
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def defined(file: Path) -> set[str]:
    """Return the public names that a file defines for others: its classes, functions and constants."""
    names: set[str] = set()
    for node in tree_of(file).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return {name for name in names if not name.startswith("_")}
