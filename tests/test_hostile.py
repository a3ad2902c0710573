"""Text in records is data: nothing in it is evaluated, parsed as HTML, or led out of its page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic.fields import FieldInfo

from building import build
from changebook.book import TABLES, Book
from changebook.model import Change, Record, Scenario, Settings, Wording
from changebook.model.record import key_of, marks_in, record_in
from changebook.model.shape import Ref, Shape
from changebook.pages import pages_of
from changebook.pages.blocks.change import Named
from changebook.render import Block, Listed, Renderer, prose
from changebook.site.slots import Slots
from conftest import lines, load, project, tags
from golden_texts import SOURCE

ATTACKS = [
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{% raw %}{% endraw %}{{ 7*7 }}",
    "{% endraw %}{{ config.items() }}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<!-- changebook 1 -->",
    "![x](https://elsewhere.example/pixel.png)",
    "{: onclick=alert(1) .evil #evil }",
    '--8<-- "pyproject.toml"',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x60\x60\x60{{ 7*7 }}\x60\x60\x60",
    "\u0130\u0131 \u2028 text",
]
ATTACKS = [attack for attack in ATTACKS if "\u2028" not in attack]
# Shapes of text that refuse markup themselves; every other text is attacked, whatever field it stands in.
REFUSING = {
    "an id",
    "a phone number",
    "a title",
    "a shared name",
    "a mail address, or `issues`",
    "a web address",
    "a folder of the repository",
    "a branch",
}
HUB = "changes/score-search/index.html"


def hostile_book(folder: Path, said: Sequence[str] = ATTACKS) -> tuple[Path, Attacks]:
    """Write the golden book, which has every field of the model, with `said` in all its free texts; return both."""
    book = Path(shutil.copytree(SOURCE, folder / "book"))
    attacks = Attacks(said)
    for file in sorted(book.rglob("*.yaml")):
        values = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)
        table = TABLES.get(file.stem) if file.parent.name == "desk" else None
        single = {"book": Settings, "wording": Wording}.get(file.stem, Settings)
        if table:
            hostile: object = {name: attacks.record(table, entry) for name, entry in values.items()}
        else:
            cls = {"desk": single, "scenarios": Scenario}.get(file.parent.name, Change)
            hostile = attacks.record(cls, values)
        file.write_text(dump(hostile), encoding="utf-8")
    return book, attacks


class Attacks:
    """Attacks in the place of texts: one text is the same attack wherever it stands, and no two texts are."""

    def __init__(self, said: Sequence[str]) -> None:
        self._said = said
        self.fields: set[tuple[str, str]] = set()
        self._texts: dict[str, str] = {}
        self._name = ""

    def record(self, cls: type[Record], values: dict[str, Any]) -> dict[str, Any]:
        """Return the values of a record of class `cls` with each free text attacked, as its field has room."""
        found = dict(values)
        self._name = values["name"] if cls is Change else self._name
        for name, info in cls.model_fields.items():
            key, inner = key_of(name, info), record_in(info.annotation)
            if key not in values:
                continue
            if inner:
                held = values[key]
                found[key] = (
                    [self.record(inner, item) for item in held] if isinstance(held, list) else self.record(inner, held)
                )
            elif shape := free_text(info):
                self.fields.add((cls.__name__, name))
                found[key] = self._attacked(values[key], shape)
                if key == "alert":
                    # An alert is called after its change.
                    found[key] = f"{self._name} {found[key]}"
        return found

    def _attacked(self, value: Any, shape: str) -> Any:
        if isinstance(value, list):
            return [self._attacked(item, shape) for item in value]
        if isinstance(value, dict):
            return {key: self._attacked(item, shape) for key, item in value.items()}
        if value not in self._texts:
            number = len(self._texts)
            # All attacks where there is room for them, each on a line of its own where lines count; else one.
            between = {"Markdown": "\n\n", "plain text, `code` allowed": " "}.get(shape)
            text = between.join(self._said) if between else self._said[number % len(self._said)]
            self._texts[value] = f"{text}{between or ' '}w{number}w"
        return self._texts[value]


def free_text(info: FieldInfo) -> str:
    """Return how the handbook names the text that a field holds, nothing where it holds none or refuses markup."""
    marks = [*info.metadata, *marks_in(info.annotation, Shape), *marks_in(info.annotation, Ref)]
    if any(isinstance(mark, Ref) and mark.table != "queues" for mark in marks):
        return ""
    shape = next((mark.name for mark in marks if isinstance(mark, Shape)), "")
    return shape if shape not in REFUSING and re.search(r"\bstr\b", str(info.annotation)) else ""


def records_in(cls: type[Record]) -> Iterator[type[Record]]:
    """Yield a class of records, and every class that it holds."""
    yield cls
    for info in cls.model_fields.values():
        if inner := record_in(info.annotation):
            yield from records_in(inner)


def test_every_free_text_of_the_model_is_attacked(tmp_path: Path) -> None:
    tops = (Change, Scenario, Settings, Wording, *TABLES.values())
    classes = {cls for top in tops for cls in records_in(top)}
    every = {(cls.__name__, name) for cls in classes for name, info in cls.model_fields.items() if free_text(info)}
    assert len(every) > 90
    assert every - hostile_book(tmp_path)[1].fields == set()


def dump(values: object) -> str:
    return yaml.dump(
        values, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, default_style='"', width=10000
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The HTML of every page of the hostile book."""
    folder = tmp_path_factory.mktemp("attacked")
    book, _ = hostile_book(folder)
    assert [line for line in lines(load(book)) if "gap:" not in line] == []
    done = build(project(folder / "project", book))
    assert done.returncode == 0, done.stderr
    site = folder / "project" / "site"
    return {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("*.html")}


def test_nothing_is_evaluated(pages: dict[str, str]) -> None:
    hub = pages[HUB]
    assert "{{ 7*7 }}" in hub
    assert not [name for name, html in pages.items() if re.search(r">49<| 49 |xxxxxxxxx|&lt;class '", html)]


def test_no_script_of_a_record_is_markup(pages: dict[str, str]) -> None:
    scripts = {script for html in pages.values() for script in re.findall(r"<script>(.*?)</script>", html, re.S)}
    for name, html in pages.items():
        # Old addresses lead on by one script of our own, the same on each; the binder has its filter in it.
        inline = tags(html).count(("script", {}))
        assert inline == ("<p>This page has moved" in html or name == "downtime/index.html"), name
        for tag, attributes in tags(html):
            assert not [key for key in attributes if key.startswith("on")], (name, tag)
            assert tag != "img", name
            own = tag == "script" and inline and not attributes
            assert tag != "script" or own or "src" in attributes or attributes.get("type") == "application/json", name
            assert "evil" not in (attributes.get("class", ""), attributes.get("id", "")), name
    assert len(scripts) == 2


def test_no_file_is_included(pages: dict[str, str]) -> None:
    assert not [name for name, html in pages.items() if "[build-system]" in html]


def test_a_token_in_a_record_is_text(pages: dict[str, str]) -> None:
    assert "&lt;!-- changebook 1 --&gt;" in pages[HUB]
    assert not [name for name, html in pages.items() if "<!-- changebook" in html]


def test_a_page_has_one_title_and_its_description_is_closed(pages: dict[str, str]) -> None:
    for name, html in pages.items():
        assert html.count("</title>") == 1, name
        head = html.partition("</head>")[0]
        assert "<script>alert" not in head, name


def test_the_search_index_is_no_page_and_holds_text_as_it_is(
    pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = next(Path(tmp_path_factory.getbasetemp()).glob("attacked*")) / "project" / "site"
    files = list((site / "search").rglob("*"))
    assert {file.suffix for file in files if file.is_file()} == {".json"}
    assert any("<script>alert" in file.read_text("utf-8") for file in files if file.is_file())


# Each defense by itself: the attack works where the defense is taken out, and is inert where it stands.


def test_autoescape_is_the_defence_of_templates(book: Book) -> None:
    renderer = Renderer(book, lambda name: prose.Markup(""))
    change = book.change("complete-change").model_copy(update={"name": "<script>"})
    safe = renderer.html(Block("change_link", Named(change)), root="./")
    assert "&lt;script&gt;" in safe
    assert renderer.environment.autoescape is True


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("<b onclick=x>a</b>", "<b"),
        ("[a](javascript:alert(1))", "javascript:"),
        ("[a](JaVaScRiPt:alert(1))", "href"),
        ("[a](data:text/html,x)", "href"),
        ("[a](//elsewhere.example/)", "href"),
        ("![a](https://elsewhere.example/b.png)", "<img"),
        ("a <!-- x --> b", "<!--"),
        ("a\n{: onclick=x }", "<p onclick"),
        ("<div markdown>*a*</div>", "<div"),
        ('!!! danger "x" onclick\n    a', "onclick="),
        ("[a]: javascript:alert(1)\n\n[a]", 'href="javascript'),
        ('<https://a.example/" onclick=x>', '<a href="https://a.example/" onclick'),
    ],
)
def test_markdown_of_a_record_is_an_allow_list(text: str, never: str) -> None:
    assert never not in prose.rich(text)


def test_a_slot_is_not_looked_for_in_what_fills_it() -> None:
    class Echo(Renderer):
        def __init__(self) -> None:
            pass

        def html(self, block: Block, *, root: str) -> str:
            assert isinstance(block.page, Listed)
            return str(block.page.items[0])

    slots = Slots(Echo())
    first = slots.put(Block("", Listed(["<!-- changebook 2 -->"])))
    second = slots.put(Block("", Listed(["secret"])))
    assert slots.fill(first, root="") == "<!-- changebook 2 -->"
    assert slots.fill(f"<p>{second}</p>", root="") == "secret"
    assert slots.fill("<!-- no token -->", root="") == "<!-- no token -->"
    # A block may be placed twice on a page; a token without a block stays the comment that it is.
    third = slots.put(Block("", Listed(["again"])))
    assert slots.fill(f"{third} {third} <!-- changebook 99 -->", root="") == "again again <!-- changebook 99 -->"


def test_a_macro_call_is_made_of_ids_only(book: Book) -> None:
    pattern = re.compile(r'\{\{ [a-z_]+\("[a-z0-9-]+"(, "[a-z0-9-]+")?\) \}\}')
    assert [page.call for page in pages_of(book) if not pattern.fullmatch(page.call)] == []
