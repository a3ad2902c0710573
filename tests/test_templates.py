"""Templates take arguments: what a macro shows is handed to it, and what a page shows is its block's record."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Callable, Iterator
from contextvars import copy_context
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, nodes
from jinja2.meta import find_undeclared_variables
from markupsafe import Markup

from changebook.book import Book
from changebook.language import speak
from changebook.language.loader import in_language
from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.pages.reference import MACROS
from changebook.render import Block, Renderer
from changebook.render.compiled import Compiled
from conftest import HARBOR, ROOT, whole

FOLDER = ROOT / "macros" / "changebook" / "render" / "templates"
PAGES = sorted(FOLDER.glob("*.html.j2"))
PARTS = sorted([*FOLDER.glob("parts/*.j2"), *FOLDER.glob("shared/*.j2")])


@cache
def environment() -> Environment:
    """Return the environment of the templates, with all that they may use."""
    return Renderer(whole(HARBOR), lambda name: Markup("")).environment


def name_of(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


@cache
def parsed(file: Path) -> nodes.Template:
    return environment().parse(file.read_text("utf-8"))


def free_names(node: nodes.Node) -> set[str]:
    """Return the names that a template or a macro in it reads from around it."""
    template = node if isinstance(node, nodes.Template) else nodes.Template([node]).set_environment(environment())
    assert isinstance(template, nodes.Template)
    return find_undeclared_variables(template) - set(environment().globals)


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
    assert len(files) > 50
    assert long == []


@pytest.mark.parametrize("file", [*PAGES, *PARTS], ids=name_of)
def test_a_template_is_imported_not_included(file: Path) -> None:
    assert list(parsed(file).find_all((nodes.Include, nodes.Extends))) == []
    # An import that sees the names around it would be an include by another name.
    imports = parsed(file).find_all((nodes.Import, nodes.FromImport))
    assert [found.lineno for found in imports if found.with_context] == []


@pytest.mark.parametrize("file", [*PAGES, *PARTS], ids=name_of)
def test_a_macro_reads_what_it_is_given(file: Path) -> None:
    template = parsed(file)
    around = set(definitions(template))
    for macro in template.find_all(nodes.Macro):
        assert free_names(macro) - around == set(), macro.name


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_a_page_shows_the_record_of_its_block_and_nothing_else(file: Path) -> None:
    template = parsed(file)
    assert free_names(template) - set(definitions(template)) <= {"page", "root"}


@pytest.mark.parametrize("file", PARTS, ids=name_of)
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


@pytest.mark.parametrize("file", [*PAGES, *PARTS], ids=name_of)
def test_what_is_compiled_holds_for_every_book(file: Path) -> None:
    # Jinja applies a filter to a constant while it compiles, and our filters know their book.
    # What other tests look at is shared, and looking at it applies these already.
    fresh = environment().parse(file.read_text("utf-8"))
    compiled = [found for found in fresh.find_all(nodes.Filter) if isinstance(found.node, nodes.Literal)]
    assert [found.name for found in compiled] == []


def test_a_template_is_compiled_again_where_blank_lines_are_cut_away() -> None:
    cache, loader = Compiled(), DictLoader({"page": "{% if 1 %}\nshown{% endif %}"})
    shown = [
        Environment(loader=loader, bytecode_cache=cache, trim_blocks=cut).get_template("page").render()
        for cut in (False, True, False)
    ]
    assert shown == ["\nshown", "shown", "\nshown"]


def test_an_edited_template_is_compiled_again() -> None:
    texts, cache = {"page": "before"}, Compiled()

    def shown() -> str:
        environment = Environment(loader=DictLoader(texts), autoescape=True, bytecode_cache=cache)
        return environment.get_template("page").render()

    assert shown() == "before"
    [kept] = cache.kept.values()
    assert shown() == "before"
    assert [*cache.kept.values()] == [kept]
    texts["page"] = "after"
    assert shown() == "after"


@pytest.mark.parametrize("spoil", [bytes, lambda code: code[:20], lambda code: code[:60], lambda code: b"x" + code])
def test_an_installed_template_is_compiled_for_later_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    installed, kept = tmp_path / "installed", tmp_path / "kept"
    installed.mkdir()

    def shown(cache: Compiled) -> str:
        environment = Environment(loader=FileSystemLoader(installed), autoescape=True, bytecode_cache=cache)
        return environment.get_template("page").render()

    (installed / "page").write_text("before", encoding="utf-8")
    assert shown(Compiled(folder=kept)) == "before"
    assert not kept.exists()
    assert shown(Compiled(installed, folder=kept)) == "before"
    [file] = kept.iterdir()
    # The next run takes what it finds, whole; what is broken or cannot be written is compiled.
    later = Compiled(installed, folder=kept)
    code = file.read_bytes()
    file.write_bytes(spoil(code))
    assert shown(later) == "before"
    assert [*kept.iterdir()] == [file]
    assert file.read_bytes() == code
    (installed / "page").write_text("after", encoding="utf-8")
    assert shown(Compiled(installed, folder=kept)) == "after"
    assert shown(Compiled(installed, folder=installed / "page")) == "after"


def test_what_was_compiled_before_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    class Idle(Environment):
        def compile(self, *_: object, **__: object) -> NoReturn:
            raise AssertionError

    installed, kept = tmp_path / "installed", tmp_path / "kept"
    installed.mkdir()
    (installed / "page").write_text("{{ 1 }} change", encoding="utf-8")

    def shown(language: str, kind: type[Environment]) -> str:
        speak(language)
        loader = in_language(FileSystemLoader(installed))
        return kind(loader=loader, bytecode_cache=Compiled(installed, folder=kept)).get_template("page").render()

    # A book in another language comes in between.
    for kind in (Environment, Idle):
        assert [copy_context().run(shown, language, kind) for language in ("en", "de")] == ["1 change", "1 Änderung"]


def test_what_a_block_shows_is_a_frozen_record(book: Book) -> None:
    lists = [macro(book) for macro in MACROS if about_all(macro)]
    shown = [block.page for block in (*lists, *(block_of(page, book) for page in pages_of(book))) if block.page]
    assert len({type(page) for page in shown}) > 15
    assert all(map(dataclasses.is_dataclass, shown))
    for page in shown:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(page, dataclasses.fields(page)[0].name, None)


def about_all(macro: Callable[..., Block]) -> bool:
    """Return whether `macro` can be called with the book alone."""
    _, *others = inspect.signature(macro).parameters.values()
    return all(given.default is not given.empty for given in others)


def test_a_folder_whose_name_is_no_text_has_templates_of_its_own() -> None:
    # As Python has the name of a folder with an umlaut where the locale is ASCII.
    keys = {Compiled().get_cache_key("page", f"{folder}/page") for folder in ("/\udcc3\udcbc", "/\udcc3\udcb6", "/u")}
    assert len(keys) == 3
