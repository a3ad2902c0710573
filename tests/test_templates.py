"""Templates take arguments: what a macro shows is handed to it, and what a page shows is its block's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import nodes
from markupsafe import Markup

from changebook.render import Renderer
from conftest import ROOT

FOLDER = ROOT / "macros" / "changebook" / "templates"
PAGES = sorted(FOLDER.glob("*.html.j2"))
MACROS = sorted([*FOLDER.glob("parts/*.j2"), *FOLDER.glob("shared/*.j2")])
ENVIRONMENT = Renderer(datetime(2026, 12, 3, tzinfo=UTC), lambda name: Markup("")).environment
# What Jinja itself gives inside a loop and inside a macro that is called with a block.
GIVEN = {"loop", "caller"}


def name_of(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def parsed(file: Path) -> nodes.Template:
    return ENVIRONMENT.parse(file.read_text("utf-8"))


def free_names(node: nodes.Node) -> set[str]:
    """Return the names that a macro or a whole template reads and does not set itself."""
    names = list(node.find_all(nodes.Name))
    own = {name.name for name in names if name.ctx in ("store", "param")} | set(definitions(node))
    return {name.name for name in names if name.ctx == "load"} - own - set(ENVIRONMENT.globals) - GIVEN


def definitions(node: nodes.Node) -> Iterator[str]:
    """Yield the names that imports and macros below `node` define."""
    for found in node.find_all((nodes.Import, nodes.FromImport, nodes.Macro)):
        if isinstance(found, nodes.Import):
            yield found.target
        elif isinstance(found, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in found.names)
        elif isinstance(found, nodes.Macro):
            yield found.name


def test_no_line_of_a_template_is_over_160_characters() -> None:
    files = [file for file in FOLDER.rglob("*") if file.is_file()]
    long = [
        f"{name_of(file)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if len(line) > 160
    ]
    assert len(files) > 60
    assert long == []


@pytest.mark.parametrize("file", [*PAGES, *MACROS], ids=name_of)
def test_a_template_is_imported_not_included(file: Path) -> None:
    assert list(parsed(file).find_all((nodes.Include, nodes.Extends))) == []
    # An import that sees the names around it would be an include by another name.
    imports = parsed(file).find_all((nodes.Import, nodes.FromImport))
    assert [found.lineno for found in imports if found.with_context] == []


@pytest.mark.parametrize("file", [*PAGES, *MACROS], ids=name_of)
def test_a_macro_reads_what_it_is_given(file: Path) -> None:
    template = parsed(file)
    around = set(definitions(template))
    for macro in template.find_all(nodes.Macro):
        assert free_names(macro) - around == set(), macro.name


@pytest.mark.parametrize("file", MACROS, ids=name_of)
def test_a_file_of_macros_holds_nothing_else(file: Path) -> None:
    assert free_names(parsed(file)) == set()
    shown = [
        item
        for output in parsed(file).body
        if isinstance(output, nodes.Output)
        for item in output.nodes
        if not (isinstance(item, nodes.TemplateData) and not item.data.strip())
    ]
    assert shown == []
