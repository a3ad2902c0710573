"""Text in records is data: nothing in it is evaluated, parsed as HTML, or led out of its page."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from attacking import HIDDEN, accepted, hostile_book, is_free, leaves, said_of, texts, told_at
from browsing import open_page, serve
from building import build
from changebook.book import Book
from changebook.pages import pages_of
from changebook.pages.blocks.change import Named
from changebook.pages.files import ledger_files
from changebook.pages.ledger import ledger_csv
from changebook.render import Block, Listed, Renderer, prose
from changebook.site.slots import Slots
from conftest import ROOT, lines, load, project, tags, whole
from test_editions import models
from test_search_browser import ask

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
HUB = "changes/score-search/index.html"


def test_every_record_of_the_model_is_attacked() -> None:
    owners = {leaf.owner for leaf in leaves()}
    assert [cls for cls in models() if not any(issubclass(owner, cls) for owner in owners)] == []


@pytest.mark.slow
def test_every_free_text_of_the_model_is_attacked(tmp_path: Path) -> None:
    every = {(leaf.owner.__name__, leaf.path[-1].name) for leaf in leaves() if is_free(leaf.path[-1])}
    assert len(every) > 120
    assert every - hostile_book(tmp_path, ATTACKS, by_shape=accepted)[1].fields == set()


@pytest.mark.slow
def test_what_hides_acts_or_turns_text_around_is_refused_in_every_field_at_its_place() -> None:
    records = [(leaf, f'"a{hidden}b"') for leaf in leaves() for hidden in HIDDEN]
    assert len(records) > 10_000
    assert [(leaf, value) for leaf, value in records if not told_at(leaf, value)] == []


@pytest.mark.slow
def test_a_hostile_text_in_any_field_is_accepted_or_refused_at_its_place() -> None:
    # A dozen texts a field, other ones for the next: all fields of a shape have each of them.
    every = [(leaf, f'"{text}"') for number, leaf in enumerate(leaves()) for text in texts()[number % 8 :: 8]]
    refused = [(leaf, value, problem) for leaf, value in every for problem in said_of(leaf, value)]
    assert len(refused) > 1000
    assert len(every) - len(refused) > 1000
    for leaf, value, (line, column, message) in refused:
        # What is wrong with a list as a whole, or with a key, is named before its value.
        assert line == 1, (leaf, value)
        assert 0 < column <= len(leaf.record(value)), (leaf, value)
        assert len(message) < 400
        assert "; " in message, (value, message)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile book."""
    folder = tmp_path_factory.mktemp("attacked")
    book, _ = hostile_book(folder, ATTACKS, by_shape=accepted)
    assert [line for line in lines(load(book)) if "gap:" not in line] == []
    done = build(project(folder / "project", book))
    assert done.returncode == 0, done.stderr
    return folder / "project" / "site"


@pytest.fixture(scope="module")
def pages(attacked: Path) -> dict[str, str]:
    """The HTML of every page of the hostile book."""
    return {file.relative_to(attacked).as_posix(): file.read_text("utf-8") for file in attacked.rglob("*.html")}


def test_nothing_is_evaluated(pages: dict[str, str]) -> None:
    hub = pages[HUB]
    assert "{{ 7*7 }}" in hub
    assert not [
        name for name, html in pages.items() if re.search(r">49<| 49 (?!gaps|late)|(?<!x)x{9}(?!x)|&lt;class '", html)
    ]


def test_no_script_of_a_record_is_markup(pages: dict[str, str]) -> None:
    scripts = {script for html in pages.values() for script in re.findall(r"<script>(.*?)</script>", html, re.S)}
    for name, html in pages.items():
        # The binder has its filter in it.
        inline = tags(html).count(("script", {}))
        assert inline == (name == "downtime/index.html"), name
        for tag, attributes in tags(html):
            assert not [key for key in attributes if key.startswith("on")], (name, tag)
            assert tag != "img", name
            own = tag == "script" and inline and not attributes
            assert tag != "script" or own or "src" in attributes or attributes.get("type") == "application/json", name
            assert "evil" not in (attributes.get("class", ""), attributes.get("id", "")), name
    assert len(scripts) == 1


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


def test_the_search_index_is_no_page_and_holds_text_as_it_is(attacked: Path) -> None:
    files = [file for file in (attacked / "search").rglob("*") if file.is_file()]
    assert {file.suffix for file in files} == {".json"}
    assert any("<script>alert" in file.read_text("utf-8") for file in files)


@pytest.mark.slow
def test_no_cell_of_a_download_is_a_formula(tmp_path: Path) -> None:
    # Where a text has no room for all of them it has one: each ledger has many.
    folder, _ = hostile_book(tmp_path, ["=1+1", "@SUM(1)", "-1+1", "\uff1d1+1"])
    book = load(folder).book
    assert book
    ledgers = [csv.reader(ledger_csv(book, book.changes[name]).splitlines()) for name in ledger_files(book).values()]
    cells = [cell for ledger in ledgers for row in ledger for cell in row]
    assert any(cell.startswith(("'=", "'＝", "'@", "'-")) for cell in cells)
    assert [cell for cell in cells if unicodedata.normalize("NFKC", cell.strip())[:1] in {*"=+-@"}] == []


def _links_of(html: str) -> Iterator[str]:
    for _, attributes in tags(html):
        yield attributes.get("href", "")


@pytest.fixture(scope="module")
def links(pages: dict[str, str]) -> list[SplitResult]:
    """Every address that a page of the hostile book leads to."""
    return [urlsplit(link) for link in {link for html in pages.values() for link in _links_of(html)}]


def test_a_mail_has_a_subject_and_a_text_and_no_one_to_go_to(links: list[SplitResult]) -> None:
    mails = [link for link in links if link.scheme == "mailto"]
    assert mails
    assert [mail for mail in mails if mail.path or set(parse_qs(mail.query)) != {"subject", "body"}] == []


def test_every_link_leads_to_a_page_a_number_or_a_mail(links: list[SplitResult]) -> None:
    assert {link.scheme for link in links} <= {"", "http", "https", "mailto", "tel"}


def test_no_page_of_any_kind_runs_asks_or_complains_in_a_browser(attacked: Path, chromium: Browser) -> None:
    kinds = {
        re.sub(r"\(" + r".*", "", page.call): page.address for page in pages_of(whole(attacked.parents[1] / "book"))
    }
    by_hand = ["", "downtime/", "404.html", "handbook/", "search/", "since/", "upkeep/", "on-call/"]
    there = [
        address
        for address in by_hand
        if (attacked / address).is_file() or (attacked / address / "index.html").is_file()
    ]
    with serve(attacked, missing=attacked / "404.html") as base:
        page, complaints = open_page(chromium, base)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        for address in (*there, *kinds.values()):
            page.goto(f"{base}{address}")
        page.goto(base)
        ask(page, "script alert w1w")
        assert page.locator(".cb-result__name:visible").count()
        assert page.evaluate("document.querySelectorAll('.cb-results script, .cb-results img').length") == 0
        page.context.close()
    assert (asked, complaints) == ([], [])


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


def test_no_record_takes_more_than_a_second_and_256_mb() -> None:
    # The system stops each one that does: limits of the process, and no clock.
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "bench" / "limits.py"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


# Files that are hostile by what they are: the name below `changes/`, its bytes or where it links to, and what is said.
_SIX = b"kind: fhir-resource-update\nstatus: draft\nowner: interfaces\nsentence: One thing changes.\n"
FILES: dict[str, tuple[bytes | str, str]] = {
    "linked.yaml": ("../../secret.yaml", "not read: a symbolic link"),
    "self.yaml": ("self.yaml", "not read: a symbolic link"),
    "Patient-Lookup.yaml": (b"name: Patient Lookup\n" + _SIX, "file name: "),
    "patient-lookup.yml": (b"name: Patient Lookup\n" + _SIX, "a record ends in .yaml"),
    "..yaml": (b"name: A\n" + _SIX, "not read: "),
    "a..b.yaml": (b"name: A..b\n" + _SIX, "file name: "),
    "nul.yaml": (b"name: Nul\n" + _SIX, "file name: "),
    "p\u0430tient.yaml": (b"name: A\n" + _SIX, "file name: "),
    "climbs.yaml": (b"name: ../../climbs\n" + _SIX, "name: "),
    "looks-alike.yaml": ("name: L\u043eoks Alike\n".encode() + _SIX, "mixes letters of Cyrillic and Latin"),
    "utf-16.yaml": (("name: UTF 16\n" + _SIX.decode()).encode("utf-16"), "not UTF-8"),
    "latin.yaml": (b"name: Latin\nwhy: caf\xe9\n" + _SIX, "byte 0xe9 is not UTF-8"),
    "overlong.yaml": (b"name: Overlong\nwhy: \xc0\xaf\n" + _SIX, "byte 0xc0 is not UTF-8"),
    "surrogate.yaml": (b"name: Surrogate\nwhy: \xed\xa0\x80\n" + _SIX, "byte 0xed is not UTF-8"),
    "zero.yaml": (b"name: Zero\nwhy: a\0b\n" + _SIX, "U+0000"),
    "twice.yaml": (
        b"name: Twice\n" + _SIX + b"window: {start: 2026-11-01 01:30, end: 2026-11-01 04:00}\n",
        "happens twice",
    ),
    "skipped.yaml": (b"name: Skipped\n" + _SIX + b"board: 2027-03-14 02:30\n", "does not exist"),
    "offset.yaml": (b"name: Offset\n" + _SIX + b"board: 2026-12-02 21:00+99:00\n", "is not a time"),
    "other-offset.yaml": (b"name: Other Offset\n" + _SIX + b"board: 2026-12-02 21:00+01:00\n", "the offset +01:00"),
    "bomb.yaml": (b"name: Bomb\na: &a [x, x]\nb: [*a, *a]\n" + _SIX, "the anchor &a is not allowed"),
    "merge.yaml": (b"name: Merge\n<<: {a: b}\n" + _SIX, "merge keys"),
    "included.yaml": (b"name: Included\nwhy: !include ../../secret.yaml\n" + _SIX, "the tag !include"),
    "python.yaml": (b"name: Python\nwhy: !!python/object/apply:os.system [id]\n" + _SIX, "the tag "),
    "directive.yaml": (b"%TAG ! tag:x,2026:\n---\nname: Directive\n" + _SIX, "a % directive"),
    "second.yaml": (b"name: Second\n" + _SIX + b"---\nname: Third\n", "a second document"),
    "again.yaml": (b"name: Again\n" + _SIX + b"owner: front-desk\n", "'owner' is here again"),
    "folder.yaml/x.yaml": (b"name: X\n" + _SIX, "not read: "),
}


def test_each_hostile_file_is_named_with_its_place_and_no_other(small: Path) -> None:
    (small.parent / "secret.yaml").write_text("password: hunter2\n", encoding="utf-8")
    for name, (held, _) in FILES.items():
        (small / name).parent.mkdir(exist_ok=True)
        if isinstance(held, str):
            (small / name).symlink_to(held)
        else:
            (small / name).write_bytes(held)
    (small / "right.yaml").write_bytes(b"name: Right\n" + _SIX)
    told = lines(load(small))
    for name, (_, said) in FILES.items():
        own = [line for line in told if line.startswith(f"changes/{name.partition('/')[0]}:")]
        assert any(said in line for line in own), (name, own)
    named = {line.split(":")[0].removeprefix("changes/") for line in told}
    assert named == {name.partition("/")[0] for name in FILES}
    assert "hunter2" not in "\n".join(told)
