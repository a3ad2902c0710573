"""Former and misspelled names are found in text, and ordinary prose is left alone."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from building import build
from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.model.record import takes_old_words
from changebook.model.wording import Synonyms
from changebook.naming.excuses import excused_lines
from changebook.naming.fields import texts
from changebook.naming.finder import NameFinder, finder_of
from changebook.pages.reference import record_classes
from conftest import GOOD, HARBOR, ROOT, lines, load, project

FINDER = NameFinder(
    [
        ("FHIR Patient Lookup R4", ["MPI lookup upgrade", "new search (pilot)", "Dave's fix"]),
        ("Portal Sign-in Text", ["portal error cleanup"]),
        ("Formulary Sync", []),
        ("Claims API 2.4", ["Claims API 2"]),
        ("Lab Feed", []),
        ("Lab Feed Retry", ["lab feed"]),
        ("Gateway", ["Hub"]),
    ],
    kept={"Portal Sign-In"},
)

FORMER = [
    ("Ask about MPI lookup upgrade.", "MPI lookup upgrade", "FHIR Patient Lookup R4"),
    ("the MPI\n  lookup upgrade is", "MPI\n  lookup upgrade", "FHIR Patient Lookup R4"),
    ("# the MPI lookup\n# upgrade is", "MPI lookup\n# upgrade", "FHIR Patient Lookup R4"),
    ("MPI  lookup upgrade's", "MPI  lookup upgrade", "FHIR Patient Lookup R4"),
    ("a new search (pilot).", "new search (pilot)", "FHIR Patient Lookup R4"),
    ("'Dave''s fix'", "Dave''s fix", "FHIR Patient Lookup R4"),
    ('summary: "portal error cleanup"', "portal error cleanup", "Portal Sign-in Text"),
    ("the lab feed is", "lab feed", "Lab Feed Retry"),
    ("Use Claims API 2 no more.", "Claims API 2", "Claims API 2.4"),
    ("the Hub is down", "Hub", "Gateway"),
]
MISSPELT = [
    ("FHIR patient lookup R4 is slow", "FHIR patient lookup R4", "FHIR Patient Lookup R4"),
    ("fhir patient lookup r4", "fhir patient lookup r4", "FHIR Patient Lookup R4"),
    ("FHIR Patient Look-up R4", "FHIR Patient Look-up R4", "FHIR Patient Lookup R4"),
    ("FHIR-Patient-Lookup-R4", "FHIR-Patient-Lookup-R4", "FHIR Patient Lookup R4"),
    ("FHIRPatientLookupR4", "FHIRPatientLookupR4", "FHIR Patient Lookup R4"),
    ("FHIR  Patient Lookup R4", "FHIR  Patient Lookup R4", "FHIR Patient Lookup R4"),
    ("FHIR Patient Lookup R 4", "FHIR Patient Lookup R 4", "FHIR Patient Lookup R4"),
    ("FHIR Patient Lokup R4", "FHIR Patient Lokup R4", "FHIR Patient Lookup R4"),
    ("FHIR Pateint Lookup R4", "FHIR Pateint Lookup R4", "FHIR Patient Lookup R4"),
    ("the Portal Signin Text", "Portal Signin Text", "Portal Sign-in Text"),
    ("the Portal Sign-In Text", "Portal Sign-In Text", "Portal Sign-in Text"),
    ("Formulary Sinc", "Formulary Sinc", "Formulary Sync"),
    ("FORMULARY SYNC", "FORMULARY SYNC", "Formulary Sync"),
    ("FormularySync", "FormularySync", "Formulary Sync"),
    ("Formularly Sync", "Formularly Sync", "Formulary Sync"),
    ("Claims API 2-4", "Claims API 2-4", "Claims API 2.4"),
    ("claims API 2.4", "claims API 2.4", "Claims API 2.4"),
]
FINE = [
    "FHIR Patient Lookup R4",
    "FHIR Patient Lookup R4 slow",
    "FHIR Patient\n    Lookup R4",
    "> FHIR Patient\n> Lookup R4",
    "FHIR Patient Lookup R4's window",
    "(FHIR Patient Lookup R4)",
    "FHIR Patient Lookup R5",
    "FHIR Patient Lookup",
    "mpi lookup upgrade",
    "MPI lookup upgrades",
    "MPI lookup. Upgrade",
    "formulary sync runs at night, and formulary syncs do too",
    "Formulary sync runs at night",
    "Formulary Syncs",
    "Formulary. Sync",
    "Formulary\n\nSync",
    "- Formulary\n- Sync",
    "Formulary, Sync",
    "Formulary | Sync",
    "the portal sign-in text",
    "Portal Sign-In",
    "Claims API 24 hours a day",
    "Claims API 2.4.1",
    "Claims API 2.5",
    "../changes/fhir-patient-lookup-r4/",
    "fhir_patient_lookup_r4_seconds",
    "REL-FHIR-PATIENT-LOOKUP-R4",
    "#bridge-Formulary-Sync",
    "FORMULARY-SYNC",
    "Lab Feed",
    "Lab Feed Retry",
    "gateway, GATEWAY, Gatewey",
    "the hub",
    "Hub-and-spoke",
    "",
]


@pytest.mark.parametrize(("text", "found", "right"), FORMER, ids=lambda part: part)
def test_a_former_name_is_found_as_it_was_written(text: str, found: str, right: str) -> None:
    assert [(hit.text, hit.right, hit.why) for hit in FINDER.wrong(text)] == [(found, right, "former")]


@pytest.mark.parametrize(("text", "found", "right"), MISSPELT, ids=lambda part: part)
def test_a_misspelt_name_is_found(text: str, found: str, right: str) -> None:
    assert [(hit.text, hit.right, hit.why) for hit in FINDER.wrong(text)] == [(found, right, "misspelled")]


@pytest.mark.parametrize("text", FINE)
def test_exact_names_prose_and_identifiers_are_left_alone(text: str) -> None:
    assert FINDER.wrong(text) == []


def test_a_name_is_found_at_its_line_and_column() -> None:
    text = "Dash\n– see MPI lookup upgrade,\r\nand FHIR Patient Lokup R4."
    assert [(wrong.line, wrong.column) for wrong in FINDER.places(text)] == [(2, 7), (3, 5)]


@pytest.mark.slow
def test_the_sample_uses_former_names_only_where_they_belong(sample: Book) -> None:
    finder = finder_of(sample)
    for change in sample.changes.values():
        for steps, text in texts(change):
            assert finder.wrong(text) == [], (change.id, steps)
    for page in (ROOT / "docs").rglob("*.md"):
        assert list(finder.places(page.read_text("utf-8"))) == [], page


@pytest.mark.slow
def test_a_thousand_changes_are_looked_for_in_a_long_text_in_well_under_a_second() -> None:
    source = random.Random(1)
    vocabulary = ["".join(source.choices("abcdeiklmnoprstu", k=source.randint(3, 9))) for _ in range(4000)]
    names = [(" ".join(source.sample(vocabulary, 3)).title(), [f"{word} project"]) for word in vocabulary[:1000]]
    text = " ".join(source.choices([*vocabulary, "the", "a", "of", "is"], k=100_000)) + f" {names[7][1][0]}"
    started = time.process_time()
    hits = NameFinder(names).wrong(text)
    seconds = time.process_time() - started
    print(f"{len(text) // 1000} KB in {seconds:.2f} s")
    assert names[7][1][0] in [hit.text for hit in hits]
    assert seconds < 1.5  # 0.3 s on an idle core; the bound is for busy ones


RECORD = (GOOD / "complete-change.yaml").read_text("utf-8")
WRONG = "'the old lookup' is now called 'Complete Change'; write that"


def put(folder: Path, record: str) -> list[str]:
    (folder / "complete-change.yaml").write_text(record, encoding="utf-8")
    return lines(load(folder))


@pytest.fixture
def renamed() -> str:
    """A record with a former name."""
    assert "name: Complete Change\n" in RECORD
    start, _, rest = RECORD.partition("former_names:\n")
    return f"{start}former_names:\n  - the old lookup\n{rest}"


def test_a_former_name_in_a_record_is_shown_where_it_stands(small: Path, renamed: str) -> None:
    text = renamed.replace("sentence: ", "sentence: After the old lookup, ")
    line = next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith("sentence: "))
    assert put(small, text) == [f"changes/complete-change.yaml:{line}:17: sentence: {WRONG}"]


def test_a_former_name_in_folded_text_is_shown_on_its_own_line(small: Path, renamed: str) -> None:
    start, _, rest = renamed.partition("\nwhy: ")
    text = f"{start}\nwhy: >\n  It was slow, as the\n  old lookup was, the old lookup.\n{rest.partition(chr(10))[2]}"
    line = next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith("why: "))
    assert put(small, text) == [
        f"changes/complete-change.yaml:{line + 1}:19: why: {WRONG}",
        f"changes/complete-change.yaml:{line + 2}:19: why: {WRONG}",
    ]


@pytest.mark.parametrize("key", ["callers_say", "must_find", "before"])
def test_old_words_belong_where_callers_speak(small: Path, renamed: str, key: str) -> None:
    text, changed = [], False
    for line in renamed.split("\n"):
        after = bool(text) and text[-1].strip() == f"{key}:"
        if (after or f"{key}: " in line) and not changed:
            head = line[: line.index("- ") + 2] if after else line[: line.index(": ") + 2]
            text.append(f"{head}the old lookup, {key}")
            changed = True
        else:
            text.append(line)
    assert changed
    assert put(small, "\n".join(text)) == []


def test_a_line_is_excused_with_a_reason(small: Path, renamed: str) -> None:
    text = renamed.replace("\nwhy: ", "\nwhy: Not the old lookup.  # name-ok: the vendor's own word\nx: ")
    text = "\n".join(line for line in text.split("\n") if not line.startswith("x: "))
    assert put(small, text) == []
    without = text.replace("name-ok: the vendor's own word", "name-ok")
    line = next(number for number, line in enumerate(without.split("\n"), 1) if "name-ok" in line)
    assert put(small, without) == [
        f"changes/complete-change.yaml:{line}:10: why: {WRONG}",
        f"changes/complete-change.yaml:{line}:27: name-ok gives no reason; write 'name-ok: REASON', or delete it",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a # name-ok: history", True),
        ("a <!-- name-ok: history -->", True),
        ("a // name-ok: history", True),
        ("a # name-ok:", False),
        ("a <!-- name-ok -->", False),
        ("a#name-ok: part of a word", False),
        ("a", False),
    ],
)
def test_an_excuse_is_a_comment_with_a_reason(line: str, expected: bool) -> None:
    assert excused_lines(f"first\n{line}\n") == ({2} if expected else set())


def test_the_desks_own_lists_are_looked_through(small: Path, renamed: str) -> None:
    file = small / "desk" / "status.yaml"
    text = file.read_text("utf-8").replace("says: ", "says: Since the old lookup, ", 1)
    file.write_text(text, encoding="utf-8")
    assert [line.split(" ", 1)[1] for line in put(small, renamed)] == [f"says: {WRONG}"]


def test_a_page_beside_the_book_is_looked_through(small: Path, renamed: str) -> None:
    docs = small.parent / "docs" / "handbook"
    docs.mkdir(parents=True)
    text = "# Old\n\nAsk for the old lookup.\n\nThe old one: the old lookup. <!-- name-ok: history -->\n"
    (docs / "old.md").write_text(text, encoding="utf-8")
    (docs / "odd.md").write_bytes(b"# Odd\n\nCaf\xe9\n")
    assert put(small, renamed) == [
        "docs/handbook/odd.md:3:4: not read: byte 0xe9 is not UTF-8; save the file as UTF-8",
        f"docs/handbook/old.md:3:9: {WRONG}",
    ]


def test_loading_needs_no_pages(small: Path) -> None:
    assert load_book(small, clock=lambda: load(small).book.now).problems == []  # type: ignore[union-attr]


def test_a_build_stops_at_a_former_name_on_a_page(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", HARBOR)
    (folder / "docs" / "handbook" / "old.md").write_text("# Old\n\nAsk for The end of faxes.\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    said = "docs/handbook/old.md:3:9: 'The end of faxes' is now called 'Fax End'; write that"
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_handbook_names_every_field_where_old_words_belong() -> None:
    page = (ROOT / "docs" / "handbook" / "one-name.md").read_text("utf-8")
    for cls in record_classes():
        for name, info in cls.model_fields.items():
            if takes_old_words(info):
                assert f"`{name}`" in page or cls is Synonyms
