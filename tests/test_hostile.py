"""Text in records is data: nothing in it is evaluated, parsed as HTML, or led out of its page."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from changebook import prose
from changebook.book import Book
from changebook.pages import pages_of
from changebook.render import Block, Renderer
from changebook.slots import Slots
from conftest import GOOD, SMALL, build, lines, load, project, tags

ATTACKS = [
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{% raw %}{% endraw %}{{ 7*7 }}",
    "{% endraw %}{{ config.__class__ }}",
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
# Every field of the complete record that is free text, reached by its steps.
TEXTS = [
    ("sentence",),
    ("why",),
    ("details",),
    ("former_names", 0),
    ("visible", 0, "what"),
    ("visible", 1, "before"),
    ("visible", 1, "after"),
    ("unchanged", 0),
    ("questions", 0, "question"),
    ("questions", 0, "answer"),
    ("data_set", "in_scope", 0, "business"),
    ("data_set", "in_scope", 0, "technical"),
    ("data_set", "out_of_scope", 0),
    ("contract", 0, "version", "old"),
    ("contract", 0, "retry"),
    ("contract", 0, "missing_field"),
    ("contract", 0, "normal_failure"),
    ("contract", 0, "validation", 0),
    ("contract", 0, "answers", 0, "code"),
    ("contract", 0, "answers", 0, "status"),
    ("contract", 0, "answers", 0, "means"),
    ("contract", 0, "answers", 0, "user_sees"),
    ("contract", 0, "answers", 0, "desk", "action"),
    ("contract", 0, "answers", 0, "desk", "defect_when"),
    ("playbooks", 0, "callers_say", 0),
    ("playbooks", 0, "otherwise", 0, "when"),
    ("playbooks", 0, "codes", 0),
    ("playbooks", 0, "checks", 0, "do"),
    ("playbooks", 0, "checks", 0, "then"),
    ("playbooks", 0, "first_response"),
    ("playbooks", 0, "escalate", 0, "when"),
    ("playbooks", 0, "escalate", 0, "give", 0),
    ("playbooks", 0, "severity", 0, "when"),
    ("playbooks", 0, "severity", 0, "do"),
    ("playbooks", 0, "workaround", 0),
    ("playbooks", 0, "rollback", 0),
    ("watch", 0, "what"),
    ("watch", 0, "normal"),
    ("watch", 0, "incident_when"),
    ("rollback", "criteria", 0),
    ("rollback", "steps", 0),
    ("compliance", "privacy"),
    ("compliance", "audit"),
    ("compliance", "in_tickets"),
    ("tests", 0, "user_sees"),
    ("tests", 0, "differs_from_production"),
    ("tests", 0, "runs", 0, "evidence"),
    ("rehearsals", 0, "reported"),
    ("rehearsals", 0, "next"),
    ("briefing", "first_15_minutes", 0),
    ("bridge", "channel"),
    ("queue_rules", 0, "what"),
    ("queue_rules", 0, "ends_when"),
    ("go_no_go", "reason"),
    ("waivers", 0, "reason"),
    ("known_errors", 0, "id"),
    ("known_errors", 0, "title"),
    ("known_errors", 0, "workaround"),
]


def hostile_book(folder: Path) -> Path:
    """Write the small book with every free text full of attacks, the desk's too."""
    book = Path(shutil.copytree(SMALL, folder / "book"))
    record = yaml.load((GOOD / "complete-change.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    for number, steps in enumerate(TEXTS):
        parent = record
        for step in steps[:-1]:
            parent = parent[step]
        attack = ATTACKS[number % len(ATTACKS)]
        # All attacks where a field has room for them, one where it is short.
        roomy = steps[-1] in ("sentence", "why", "details", "answer", "first_response", "then", "action")
        parent[steps[-1]] = " ".join(ATTACKS) if roomy else attack
    # A tested code is one of the contract's.
    record["tests"][0]["answer"] = record["contract"][0]["answers"][0]["code"]
    # A former name that stands elsewhere too would be a problem.
    record["former_names"][0] += " of old"
    # An image is no whole web address to a record's own check; the checks are tried elsewhere.
    (book / "complete-change.yaml").write_text(dump(record), encoding="utf-8")
    for table, field in (("systems", "about"), ("groups", "about"), ("teams", "does"), ("kinds", "driver")):
        file = book / "desk" / f"{table}.yaml"
        values = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        for entry in values.values():
            entry[field] = " ".join(ATTACKS)
        file.write_text(dump(values), encoding="utf-8")
    return book


def dump(values: object) -> str:
    return yaml.dump(values, sort_keys=False, allow_unicode=True, default_style='"', width=10000)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The HTML of every page of the hostile book."""
    folder = tmp_path_factory.mktemp("hostile")
    book = hostile_book(folder)
    assert [line for line in lines(load(book)) if "gap:" not in line] == []
    done = build(project(folder / "project", book))
    assert done.returncode == 0, done.stderr
    site = folder / "project" / "site"
    return {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("*.html")}


def test_nothing_is_evaluated(pages: dict[str, str]) -> None:
    hub = pages["changes/complete-change/index.html"]
    assert "{{ 7*7 }}" in hub
    assert not [name for name, html in pages.items() if re.search(r">49<| 49 |xxxxxxxxx|&lt;class '", html)]


def test_no_script_of_a_record_is_markup(pages: dict[str, str]) -> None:
    for name, html in pages.items():
        for tag, attributes in tags(html):
            assert not [key for key in attributes if key.startswith("on")], (name, tag)
            assert tag != "img", name
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/json", name
            assert "evil" not in (attributes.get("class", ""), attributes.get("id", "")), name


def test_no_file_is_included(pages: dict[str, str]) -> None:
    assert not [name for name, html in pages.items() if "[build-system]" in html]


def test_a_token_in_a_record_is_text(pages: dict[str, str]) -> None:
    assert "&lt;!-- changebook 1 --&gt;" in pages["changes/complete-change/index.html"]
    assert not [name for name, html in pages.items() if "<!-- changebook" in html]


def test_a_page_has_one_title_and_its_description_is_closed(pages: dict[str, str]) -> None:
    for name, html in pages.items():
        assert html.count("</title>") == 1, name
        head = html.partition("</head>")[0]
        assert "<script>alert" not in head, name


def test_the_search_index_is_no_page_and_holds_text_as_it_is(
    pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = next(Path(tmp_path_factory.getbasetemp()).glob("hostile*")) / "project" / "site"
    files = list((site / "search").rglob("*"))
    assert {file.suffix for file in files if file.is_file()} == {".json"}
    assert any("<script>alert" in file.read_text("utf-8") for file in files if file.is_file())


# Each defence by itself: the attack works where the defence is taken out, and is inert where it stands.


def test_autoescape_is_the_defence_of_templates() -> None:
    renderer = Renderer(datetime(2026, 12, 3, tzinfo=UTC), lambda name: prose.Markup(""))
    change = type("Change", (), {"id": "a", "name": "<script>"})
    safe = renderer.html(Block("change_link", {"change": change}), root="./")
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
            return str(block.facts["text"])

    slots = Slots(Echo())
    first = slots.put(Block("", {"text": "<!-- changebook 2 -->"}))
    second = slots.put(Block("", {"text": "secret"}))
    assert slots.fill(first, root="") == "<!-- changebook 2 -->"
    assert slots.fill(f"<p>{second}</p>", root="") == "secret"
    assert slots.fill("<!-- no token -->", root="") == "<!-- no token -->"


def test_a_macro_call_is_made_of_ids_only(book: Book) -> None:
    pattern = re.compile(r'\{\{ [a-z_]+\("[a-z0-9-]+"(, "[a-z0-9-]+")?\) \}\}')
    assert [page.call for page in pages_of(book) if not pattern.fullmatch(page.call)] == []
