"""A book in German: its search, the ids that its names make, and what a new one begins with."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import snowballstemmer
import yaml
from babel.messages.pofile import read_po
from click.testing import CliRunner
from playwright.sync_api import Browser

from browsing import open_page, put_back, serve
from changebook.book import Book
from changebook.checking.searching import index_of
from changebook.cli import main
from changebook.names import slug
from changebook.scaffold.lists import starter_folder, starter_lists
from changebook.scaffold.starter import Answers, starter_files
from changebook.search.engine import Engine
from changebook.search.index import Index, SearchResults
from changebook.search.lexicon import everywhere, language_data
from conftest import AUENTAL, ROOT, lines, load
from test_search import IN_THE_PAGE, MOST, agree

# Each with what finds it: the id of a general playbook, of a change, or an anchor.
QUERIES: list[dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "search" / "german.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
# Forms of one word, as callers write them.
FORMS = (
    "Befund Befunde Befunden Befundes",
    "fehlt fehlen gefehlt fehlend",
    "kommt kommen gekommen kam",
    "angekommen ankommen",
    "abgelehnt ablehnen Ablehnung",
    "übermittelt übermitteln Übermittlung uebermittelt Uebermittlung ubermittelt",
    "verspätet verspaetet verspatet Verspätung",
    "Passwort Passwörter Passwoerter",
    "Gerät Geräte Geräten",
    "Haus Häuser",
    "Arzt Ärzte Aerzte Ärztin",
    "gesperrt sperren sperrt",
    "druckt drucken gedruckt Drucker",
    "Maß Mass",
)
NOT_IN_THE_BOOK = (
    "Wann macht die Kantine auf",
    "Beamer im Konferenzraum geht nicht an",
    "VPN im Homeoffice verbindet nicht",
    "Excel stürzt beim Öffnen ab",
    "Outlook Postfach voll",
    "WLAN für Besucher",
    "wie hoch ist die Dosis Paracetamol beim Kind",
    "Tastatur klemmt",
    "Feueralarm im Treppenhaus",
    "Fortbildung Reanimation buchen",
    "Taxi für Patient bestellen",
    "Gebiss verloren",
    "Besuchszeiten auf der Intensiv",
    "Netzlaufwerk nicht verbunden",
    "Dolmetscher für Arabisch",
    "Bewerbung als Pflegekraft",
    "Zoom Meeting ohne Ton",
)
ASKED = Answers("Klinikum Süd", "Hotline", "100", "Europe/Berlin", "de", "https://github.com/klinikum/wissen", "DE")
# Words that are alike and are not one.
APART = ("Befund Bund", "Karte Kartei", "Wert Wertung", "Labor Arbeit", "Steuer Stute", "quer Kur")


@pytest.fixture(scope="module")
def german(german_folder: Path) -> Book:
    loaded = load(german_folder / "changes", search=True)
    assert lines(loaded) == []
    assert loaded.book
    return loaded.book


@pytest.fixture(scope="module")
def index(german: Book, german_folder: Path) -> Index:
    return index_of(german, german_folder / "changes")


@pytest.fixture(scope="module")
def answers(index: Index) -> dict[str, SearchResults]:
    return {query["ask"]: index.ask(query["ask"], shown=MOST) for query in QUERIES}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine("de")


def stems(engine: Engine, text: str) -> set[str]:
    return {word["stem"] for word in engine.call("words", text)}


def finds(found: SearchResults, query: dict[str, Any]) -> bool:
    right = [query["finds"]] if isinstance(query["finds"], str) else query["finds"]
    return any(one in hit.document.address for hit in found.hits[:3] for one in right)


@pytest.mark.slow
def test_callers_words_find_their_page_among_the_first_three(answers: dict[str, SearchResults]) -> None:
    assert len(QUERIES) >= 85
    missed = [query["ask"] for query in QUERIES if not finds(answers[query["ask"]], query)]
    assert len(missed) <= 0.03 * len(QUERIES), missed


@pytest.mark.parametrize("forms", FORMS)
def test_the_forms_of_a_word_are_one(engine: Engine, forms: str) -> None:
    assert len({frozenset(stems(engine, form)) for form in forms.split()}) == 1


@pytest.mark.slow
def test_search_joins_the_forms_that_snowball_joins(engine: Engine) -> None:
    """Search joins more than Snowball does, such as fehlt and gefehlt; it parts only what means two things."""
    said = german_words()
    assert len(said) > 3000
    assert list(parted(engine, said)) == [{"dat", "date", "daten"}]
    nouns = [word for word in said if word[0].isupper()]
    made = {f"{noun}{ending}" for noun in nouns for ending in ("", "e", "en", "er", "es", "s")}
    assert len(made) > 7000
    assert len(list(parted(engine, made))) < 0.05 * len(made) / 6


def german_words() -> set[str]:
    """Return the words of the catalog, of the German book, of what a new one begins with, and of search."""
    package = ROOT / "macros" / "changebook"
    folders = (AUENTAL, starter_folder("de"))
    files = [*(file for folder in folders for file in folder.rglob("*.*")), ROOT / "tests" / "search" / "german.yaml"]
    files += (package / "search" / "languages").glob("de.*.yaml")
    catalog = read_po((package / "language" / "de.po").open("rb"))
    texts = [form for message in catalog for form in both(message.string)]
    texts += [file.read_text("utf-8") for file in files if file.is_file()]
    return {word for text in texts for word in re.findall("[A-Za-zÄÖÜäöüß]{3,}", text)}


def both(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def parted(engine: Engine, words: set[str]) -> Iterator[set[str]]:
    """Yield each group of words that Snowball's stemmer makes one and search does not, as search reads them."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    snowball = snowballstemmer.stemmer("german")
    for word in words:
        groups[plain(snowball.stemWord(word.lower()))].add(plain(word.lower()))
    stem = {one["text"]: one["stem"] for one in engine.call("words", " ".join(set().union(*groups.values())))}
    return (group for group in groups.values() if len({stem[word] for word in group}) > 1)


def plain(word: str) -> str:
    """Return a word in lower case as search reads it."""
    return word.translate(str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"}))


@pytest.mark.parametrize("words", APART)
def test_words_that_only_look_alike_are_two(engine: Engine, words: str) -> None:
    one, other = (stems(engine, word) for word in words.split())
    assert not one & other


@pytest.mark.parametrize("typed", ["Röntgenbilder gelöscht", "Roentgenbilder geloescht", "rontgenbilder geloscht"])
def test_dots_may_be_written_out_or_left_off(index: Index, typed: str) -> None:
    assert index.ask(typed).good
    assert "bilder-fehlen" in index.ask(typed).hits[0].document.address


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Labor Befund verspätet", "befund-verspaetet"),
        ("Dialysebefund verspätet", "befund-verspaetet"),
        ("Laborbefundverspätung", "befund-verspaetet"),
        ("Blutkulturbefund kommt nicht an", "befund-verspaetet"),
        ("Karten Lesegerät blinkt", "gesundheitskarte"),
        ("Stationsarbeitsliste leer", "bilder-fehlen"),
        ("das System lehnt die Nachricht vom Labor ab", "nachricht-abgewiesen"),
        ("Kennwor", "anmeldung-schlaegt-fehl"),
    ],
)
def test_compounds_are_found_by_their_parts_and_verbs_by_what_they_leave_behind(
    index: Index, typed: str, found: str
) -> None:
    assert any(found in hit.document.address for hit in index.ask(typed).hits[:3])


def test_every_word_that_the_language_lists_is_as_search_reads_it(engine: Engine) -> None:
    source = (ROOT / "macros" / "changebook" / "search" / "languages" / "de.js").read_text("utf-8")
    listed = [word for word in source.split() if word.isalpha() and not word.isascii()]
    assert listed == []


def test_shorthand_is_of_the_language(index: Index, german: Book) -> None:
    assert {"bga", "krea", "egk", "oru"} <= everywhere("de").keys()
    assert not {"bid", "er", "half eight"} & everywhere("de").keys()
    assert everywhere("xx") == {}
    # What an interface says means the same in every language.
    assert everywhere("de")["oru"][0] == "Befund"
    assert "BGA" not in json.dumps(index.ask("toner").subject)


def test_german_shorthand_is_in_order_and_each_spelling_once() -> None:
    entries = language_data("shorthand", "de")
    order = [(entry["field"], entry["short"][0].lower()) for entry in entries]
    assert order == sorted(order)
    spellings = Counter(short.lower() for entry in entries for short in entry["short"])
    assert [short for short, times in spellings.items() if times > 1] == []


def test_what_no_playbook_is_about_is_told_in_german(index: Index) -> None:
    assert index.ask("mein Lohnsteuerbescheid und die Kündigung").good is False
    assert index.ask("Kündigung").subject == "Personal und Gehalt"


def test_what_nobody_here_answers_has_no_good_match(index: Index) -> None:
    sure = [ask for ask in NOT_IN_THE_BOOK if index.ask(ask).good]
    assert len(sure) <= 1, sure
    assert index.ask("es geht nicht").vague


@pytest.mark.parametrize(
    ("name", "language", "made"),
    [
        ("Größere Übergabe", "de", "groessere-uebergabe"),
        ("Größere Übergabe", "en", "grossere-ubergabe"),
        ("Ärztebrief für Köln", "de", "aerztebrief-fuer-koeln"),
        ("Señales Łódź", "de", "senales-lodz"),
    ],
)
def test_an_id_is_ascii_as_the_language_writes_it(name: str, language: str, made: str) -> None:
    assert slug(name, language) == made


def changebook(folder: Path, *arguments: str) -> str:
    # What a command speaks ends with it, as its process does.
    done = copy_context().run(CliRunner().invoke, main, [*arguments, "--book", str(folder / "changes")])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.slow
def test_commands_make_german_ids_and_german_sentences(german_folder: Path, tmp_path: Path) -> None:
    without = shutil.ignore_patterns(".git", "site*")
    book = Path(shutil.copytree(german_folder, tmp_path / "kb", ignore=without))
    changebook(book, "new", "Größere Übergabe", "--kind", "fhir-resource-update", "--owner", "schnittstellen", "--yes")
    draft = (book / "changes" / "groessere-uebergabe.yaml").read_text("utf-8")
    assert "sentence: Größere Übergabe wird vorbereitet; noch ist nichts anders." in draft
    changebook(book, "rename", "Größere Übergabe", "Übergabe für Ärzte", "--yes")
    assert (book / "changes" / "uebergabe-fuer-aerzte.yaml").is_file()
    export = tmp_path / "teams.csv"
    export.write_text("name,phone,queue,hours,does\nÖffentliche Geräte,8199,OEG,always,Betreut Kioske.\n", "utf-8")
    changebook(book, "desk", "import", "teams", str(export), "--yes")
    assert "\noeffentliche-geraete:\n" in (book / "changes" / "desk" / "teams.yaml").read_text("utf-8")
    told = ("--owner", "schnittstellen", "--backup", "schichtleitung", "--category", "befunde/verspaetet")
    changebook(book, "new-scenario", "Kühlschrank meldet Wärme", *told, "--system", "kis", "--yes")
    playbook = (book / "changes" / "desk" / "scenarios" / "kuehlschrank-meldet-waerme.yaml").read_text("utf-8")
    assert "Danke für Ihren Anruf." in playbook
    assert lines(load(book / "changes")) == []


@pytest.mark.slow
def test_a_reply_found_at_the_terminal_is_german_to_its_reference(german_folder: Path) -> None:
    said = changebook(german_folder, "search", "Patientenindex")
    assert "Referenz: PB-" in said
    assert "Jetzt: " in said


def test_a_new_german_book_is_right_and_says_nothing_in_english_that_pages_show(tmp_path: Path) -> None:
    told = ("--organization", "Klinikum Süd", "--desk", "Hotline", "--phone", "100", "--zone", "Europe/Berlin")
    told = (*told, "--country", "DE", "--language", "de", "--yes")
    done = CliRunner().invoke(main, ["init", str(tmp_path / "kb"), *told])
    assert done.exit_code == 0, done.output
    changes = tmp_path / "kb" / "changes"
    assert lines(load(changes)) == []
    assert "name: Beispieländerung" in (changes / "beispielaenderung.yaml").read_text("utf-8")
    theirs, ours = (everything_said(starter_lists(language)["kinds"]) for language in ("en", "de"))
    assert {text for text in theirs & ours if " " in text} == set()
    assert "language: de" in (changes / "desk" / "book.yaml").read_text("utf-8")
    assert "paper: a4" in (changes / "desk" / "book.yaml").read_text("utf-8")


def everything_said(listed: str) -> set[str]:
    def texts(value: Any) -> set[str]:
        if isinstance(value, str):
            return {value}
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return {text for one in inner for text in texts(one)}

    return texts(yaml.load(listed, Loader=yaml.CSafeLoader))


def test_the_numbers_of_the_german_desk_are_nobodys() -> None:
    """The ranges that Germany's regulator keeps free for films: 040 66969 and 089 99998."""
    said = "".join(file.read_text("utf-8") for file in AUENTAL.rglob("*.yaml"))
    outside = re.findall(r"\b0\d{2,4} \d[\d-]+", said)
    assert outside
    assert [number for number in outside if not number.startswith(("040 66969-", "089 99998-"))] == []


def test_the_browser_and_the_terminal_agree_in_german(
    chromium: Browser, german_folder: Path, answers: dict[str, SearchResults]
) -> None:
    with serve(german_folder / "site") as address:
        page, complaints = open_page(chromium, address)
        page.locator(".cb-search__field:visible").focus()
        page.wait_for_function("Boolean(globalThis.changebookSearch?.prepare)")
        theirs = page.evaluate(IN_THE_PAGE, [list(answers), MOST])
        other = [ask for (ask, ours), found in zip(answers.items(), theirs, strict=True) if not agree(ours, found)]
        assert other == []
        assert complaints == []
        put_back(page)


def test_the_makefile_of_a_german_book_does_what_an_english_one_does() -> None:
    english, german = (starter_files(replace(ASKED, language=language))["Makefile"] for language in ("en", "de"))
    assert rules(german) == rules(english)
    assert set(comments(german)) & set(comments(english)) == set()


def rules(makefile: str) -> str:
    """Return what a Makefile does, without what it says."""
    return re.sub(r"#.*|echo .*", "", makefile)


def comments(makefile: str) -> list[str]:
    return re.findall(r"#+ [\w`].*", makefile)


@pytest.mark.parametrize("path", ["README.md", "overrides/README.md", ".github/pull_request_template.md"])
def test_what_people_read_in_a_new_german_repository_is_german(path: str) -> None:
    english, german = (starter_files(replace(ASKED, language=language))[path] for language in ("en", "de"))
    assert {line for line in english.splitlines() if line.count(" ") > 3} & set(german.splitlines()) == set()
