"""Pages in another language: what nobody translated is found, and English stays what it is."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from gettext import NullTranslations
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup

from changebook.book import Book
from changebook.language import ENGLISH, LANGUAGES, speak
from changebook.language.catalog import FOLDER, PSEUDO, catalog
from changebook.language.markup import translated
from changebook.language.scripts import script_in
from changebook.pages import blocks, pages_of
from changebook.pages.filling import block_of
from changebook.render import Block, Renderer
from changebook.views.due import due_of
from conftest import HARBOR, ROOT, load
from saying import OwnWords, own_words

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from catalog import catalog_of, missing, texts_in

_HIDDEN = re.compile(r"<(style|script|code)\b.*?</\1>|<[^>]+>", re.S)
_READ_ALOUD = re.compile(r'(?:aria-label|title|placeholder|data-h|data-label|alt)="([^"]*)"')


@pytest.fixture
def brackets() -> Iterator[None]:
    """The pseudo-locale: each text of the program is in brackets."""
    speak(PSEUDO)
    yield
    speak(ENGLISH)


@pytest.fixture
def german() -> Iterator[None]:
    """German."""
    speak("de")
    yield
    speak(ENGLISH)


@pytest.mark.slow
def test_no_page_has_a_text_that_cannot_be_translated(brackets: None) -> None:
    book = loaded_again()
    left = {name: found for name, block in every_block(book) if (found := english_in(block, book))}
    assert left == {}


@pytest.mark.slow
def test_every_text_that_a_page_asks_for_is_translated(german: None, monkeypatch: pytest.MonkeyPatch) -> None:
    book, unknown = loaded_again(), Unknown()
    monkeypatch.setattr(catalog("de"), "_fallback", unknown)
    for _name, block in every_block(book):
        html_of(block, book)
    # What is put into a text may have been translated before.
    known = {said for message in catalog_of("de") for said in both(message.string)}
    assert unknown.asked - known == set()


def test_german_says_by_how_much_something_is_late(german: None) -> None:
    now = datetime(2026, 12, 3, 9, 42, tzinfo=UTC)
    assert due_of(now - timedelta(hours=3), now).words == "3 Stunden überfällig"


class Unknown(NullTranslations):
    """What answers where a catalog does not; it keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def test_the_brackets_find_what_is_not_translated(brackets: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("changebook.views.retrospective._", lambda text, **_facts: text)
    book = loaded_again()
    found = {line for name, block in every_block(book) if name == "retrospective" for line in english_in(block, book)}
    assert {"Announced", "Affected", "Tested"} <= found


def loaded_again() -> Book:
    """Return the tests' own book as it is loaded in the language that is spoken: sentences are filled in then."""
    found = load(HARBOR).book
    assert found
    return found


def every_block(book: Book) -> Iterator[tuple[str, Block]]:
    """Yield what each page of a book and each macro without arguments places, by the name of the macro."""
    for page in pages_of(book):
        yield page.call.partition("(")[0].strip("{ "), block_of(page, book)
    for macro in blocks.BLOCKS:
        if list(inspect.signature(macro).parameters) in (["book"], ["book", "days"]):
            yield macro.__name__, macro(book)


def html_of(block: Block, book: Book) -> str:
    """Return what a page places, without its icons."""
    return renderer(book).html(block, root="/")


@lru_cache(maxsize=1)  # a book is loaded in one language
def renderer(book: Book) -> Renderer:
    """Return what writes the pages of a book."""
    return Renderer(book, lambda name: Markup(""))


def english_in(block: Block, book: Book) -> list[str]:
    """Return what a page says outside of brackets that no record says."""
    html = html_of(block, book)
    shown = [unescape(text) for text in (_HIDDEN.sub("\n", html), *_READ_ALOUD.findall(html))]
    return sorted(set().union(*map(records().left_in, shown)))


@cache
def records() -> OwnWords:
    """Return what the records of the tests' own book say."""
    book = load(HARBOR).book
    assert book
    return own_words(book)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Starts {{ age }}</p>", ["Starts {1}"]),
        ("<b>{{ name }}</b>", []),
        ('<a title="Next day" class="big red">{{ day }}</a>', ["Next day"]),
        ("{% if late %} Late {% endif %} by {{ a }}{{ b }}", ["Late", "by {1}{2}"]),
        ("{{ cell('met', 'Fixed') }}", ["Fixed"]),
        ("{% if state == 'All clear' %}{% endif %}", []),
        ("{{ {'New rule': 'is new'}[x] }}", ["is new"]),
        ("{{ n }} {{ n | plural('file', 'files') }}", [("file", "files")]),
        ("<code>changebook new NAME</code> makes one", ["makes one"]),
    ],
)
def test_a_text_is_what_people_read(source: str, found: list[str]) -> None:
    assert list(texts_in(source)) == found


def test_a_text_says_its_parts_in_the_order_of_its_language() -> None:
    said = translated("<p>\n  {{- a }} of {{ b | f }} <b>x</b></p>", {"{1} of {2}": "von {2} sind {1}"}.get)
    assert said == "<p>von {{ b | f }} sind {{ a }} <b>x</b></p>"


@pytest.mark.slow
def test_a_language_is_offered_when_every_text_is_translated() -> None:
    assert [text for language in LANGUAGES if language != ENGLISH for text in missing(language)] == []


@pytest.mark.parametrize("language", sorted(file.stem for file in FOLDER.glob("*.po")))
def test_a_translation_fills_in_what_its_text_does(language: str) -> None:
    blank = re.compile(r"\{[^{}]*\}|%s")
    wrong = [
        (one, said)
        for message in catalog_of(language)
        for one, said in zip(both(message.id), both(message.string), strict=False)
        if said and sorted(blank.findall(one)) != sorted(blank.findall(said))
    ]
    assert wrong == []


def both(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('say("Ready to send");', 'say("READY TO SEND");'),
        ("say(`${left} blanks of ${all} to fill`);", "say(`${left} BLANKS OF ${all} TO FILL`);"),
        ('find("[data-cb-now]"); add("cb-late cb-due");', 'find("[data-cb-now]"); add("cb-late cb-due");'),
        ('// It says "Not yet".\n', '// It says "Not yet".\n'),
        ('key === "Enter" && say(\'"cb-root:\')', 'key === "Enter" && say(\'"cb-root:\')'),
        ('say(`${late ? "Due since" : ""}`);', 'say(`${late ? "DUE SINCE" : ""}`);'),
        ('key === "enter" && say(/* said */ "open")', 'key === "enter" && say(/* said */ "OPEN")'),
        ('say(/* said: of a row */ "open")', 'say(/* said: of a row */ "OPEN|OF A ROW")'),
    ],
)
def test_a_script_says_its_strings(source: str, said: str) -> None:
    assert script_in(source, lambda text: text.upper()) == said


@pytest.mark.parametrize(
    "file", sorted((ROOT / "overrides" / "assets" / "js").rglob("*.js")), ids=lambda file: file.stem
)
def test_every_script_can_be_read(file: Path) -> None:
    source = file.read_text("utf-8")
    assert script_in(source, lambda text: text.partition("|")[0]) == source
