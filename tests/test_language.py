"""Pages in another language: what nobody translated is found, and English stays what it is."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup

from changebook.book import Book
from changebook.language import ENGLISH, LANGUAGES, speak
from changebook.language.catalog import FOLDER, PSEUDO
from changebook.language.markup import texts_in, translated
from changebook.language.scripts import script_in
from changebook.naming.fields import texts
from changebook.pages import blocks, pages_of
from changebook.pages.filling import block_of
from changebook.render import Block, Renderer
from conftest import HARBOR, ROOT, load

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from catalog import catalog_of, missing

# The pages that an analyst and a reader of release notes see first; what else a book has is told in `LATER`.
FIRST = {
    *("hub", "playbook", "scenario", "release_note", "questions", "updates", "contract", "system", "group", "partner"),
    *("recent_changes", "live_changes", "heard_today", "search_field", "symptoms", "scenario_matrix", "on_call"),
    *("question_list", "release_notes", "change_list", "known_outages", "known_errors", "first_responses", "now_board"),
    *("group_list", "partner_list", "systems", "now_strip", "top_known_errors", "launches", "next_changes"),
    *("kind_table", "lessons", "retrospectives_to_hold", "rules_to_remove", "tickets_to_expect", "unanswered_searches"),
}
# What only the authors of changes and those who run the desk read has English in it still.
LATER = {
    *("burden_by_kind", "changed_since", "go_live_calendar", "launch", "missing_articles", "playbooks_by_use"),
    *("readiness_board", "readiness_sheet", "retrospective", "since_strip", "stale_articles"),
}
# Words that English is full of and German has not.
ENGLISH_ONLY = frozenset(
    "the and of is not with for to by are what when who how yet more from at than since until this that has its".split()
)
_HIDDEN = re.compile(r"<(style|script|code)\b.*?</\1>|<[^>]+>", re.S)
_READ_ALOUD = re.compile(r'(?:aria-label|title|placeholder|data-h|data-label|alt)="([^"]*)"')
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile("[A-Za-z]{2}")
_BETWEEN = re.compile(r"[\0“”\[\],.;:()|·–/]|\d[\d:.]*")


@pytest.fixture
def brackets() -> Iterator[None]:
    """The pseudo-locale: each text of the program is in brackets."""
    speak(PSEUDO)
    yield
    speak(ENGLISH)


@pytest.fixture
def german() -> Iterator[None]:
    """German, which no book can choose yet."""
    speak("de")
    yield
    speak(ENGLISH)


def test_pages_that_are_seen_first_have_no_text_that_cannot_be_translated(brackets: None) -> None:
    book = loaded_again()
    left = {name: found for name, block in every_block(book) if name in FIRST and (found := english_in(block, book))}
    assert left == {}


def test_every_kind_of_page_is_first_or_later(harbor: Book) -> None:
    kinds = {name for name, _block in every_block(harbor)}
    assert kinds == FIRST | LATER
    assert not FIRST & LATER


def test_pages_that_are_seen_first_have_no_english_in_german(german: None) -> None:
    book = loaded_again()
    said = {line for name, block in every_block(book) if name in FIRST for line in english_in(block, book)}
    assert [line for line in sorted(said) if ENGLISH_ONLY & {*line.lower().split()} and not quotes_a_record(line)] == []


def quotes_a_record(line: str) -> bool:
    """Return whether three words in a row are a record's, which is English in this book, beside a text of ours."""
    words = line.lower().split()
    return any(" ".join(words[at : at + 3]) in records()[1] for at in range(len(words) - 2))


@pytest.mark.parametrize("name", sorted(LATER & {"readiness_board", "retrospective"}))
def test_the_brackets_find_what_is_not_translated(name: str, brackets: None) -> None:
    book = loaded_again()
    assert any(english_in(block, book) for kind, block in every_block(book) if kind == name)


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


def english_in(block: Block, book: Book) -> list[str]:
    """Return what a page says outside of brackets that no record says."""
    html = Renderer(book, lambda name: Markup("")).html(block, root="/")
    shown = [_SAID.sub("\0", unescape(text)) for text in (_HIDDEN.sub("\n", html), *_READ_ALOUD.findall(html))]
    zones = {f"{book.now.replace(month=month):%Z}" for month in (1, 7)}
    return sorted({run for text in shown for run in runs(text) if run not in zones and not is_a_records(run)})


def runs(text: str) -> Iterator[str]:
    """Yield what is between the signs of a text, where it holds a word."""
    found = (run.strip(" -?!'’→…") for line in text.splitlines() for run in _BETWEEN.split(line))
    return (run for run in found if _WORD.search(run))


def is_a_records(run: str) -> bool:
    """Return whether a run of words is a record's: a whole one between two signs there, or three words in a row."""
    whole, said = records()
    return run.lower() in whole or (run.count(" ") > 1 and run.lower() in said)


@cache
def records() -> tuple[frozenset[str], str]:
    """Return every run of words in the records of the tests' own book, and all that they say."""
    book = load(HARBOR).book
    assert book
    desk = (one for part in vars(book.desk).values() if isinstance(part, dict) for one in part.values())
    every = [*book.changes.values(), book.desk.settings, book.desk.calendar, *desk]
    said = [" ".join(text.split()) for one in every for _steps, text in texts(one, old_words=True)]
    return frozenset(run.lower() for text in said for run in runs(text.replace("`", "\0"))), "\n".join(said).lower()


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


def test_a_language_is_offered_when_every_text_is_translated() -> None:
    assert {language: missing(language) for language in LANGUAGES if language != ENGLISH} == {}


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
    ],
)
def test_a_script_says_its_strings(source: str, said: str) -> None:
    assert script_in(source, lambda text: text.upper()) == said


@pytest.mark.parametrize(
    "file", sorted((ROOT / "overrides" / "assets" / "js").rglob("*.js")), ids=lambda file: file.stem
)
def test_every_script_can_be_read(file: Path) -> None:
    source = file.read_text("utf-8")
    assert script_in(source, str) == source
