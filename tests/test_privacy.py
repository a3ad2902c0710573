"""Patient data and secrets are refused by rule and place, and no output ever repeats them."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import quickjs
import yaml
from click.testing import CliRunner, Result

from changebook.cli import main
from changebook.privacy.check import check_privacy
from changebook.privacy.finding import private_in
from changebook.privacy.hushing import hushed
from changebook.privacy.library import library_rules
from changebook.privacy.masking import masked, masking_script
from changebook.privacy.numbers import has_nhs_check_digit
from conftest import GOOD, ROOT, SMALL, Repository, lines, load, project

HERE = ROOT / "tests" / "privacy"
RECORD = (GOOD / "complete-change.yaml").read_text("utf-8")
MRN = "looks like a medical record number (mrn); delete it, and describe the case without it"
OR = "or write 'privacy-ok: REASON' on its line"


def read(name: str) -> Any:
    return yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


TUNED = [(rule, text) for rule, texts in read("with").items() for text in texts]
HARMLESS = read("without")


def texts(name: str) -> list[str]:
    return [item["text"] for item in read(name)]


def judged(hand: str) -> tuple[int, int, int]:
    """Return how many private texts of one hand there are, how many are found, and how many false alarms there are."""
    private, harmless = texts(f"{hand}-with"), texts(f"{hand}-without")
    found, false = sum(bool(private_in(text)) for text in private), sum(bool(private_in(text)) for text in harmless)
    print(f"found {found} of {len(private)}, {false} false alarms in {len(harmless)}")
    return len(private), found, false


def rules_of(text: str) -> list[str]:
    return [found.rule for found in private_in(text)]


def test_private_data_is_found_by_its_rule() -> None:
    assert len(TUNED) > 300
    assert [(rule, text) for rule, text in TUNED if rule not in rules_of(text)] == []


def test_what_only_looks_private_passes() -> None:
    assert len(HARMLESS) > 200
    assert {text: rules for text in HARMLESS if (rules := rules_of(text))} == {}


@pytest.mark.slow
def test_of_the_texts_of_the_first_hand_hardly_any_is_missed_and_none_is_a_false_alarm() -> None:
    private, found, false = judged("first-hand")
    assert private == 200
    assert found >= 0.99 * private
    assert false == 0


@pytest.mark.slow
def test_of_texts_written_without_sight_of_the_rules_hardly_any_is_misjudged() -> None:
    # Nobody tunes on them, so only counts are told.
    private, found, false = judged("held-out")
    enough = found >= 0.95 * private
    few = false <= 1
    assert (enough, few) == (True, True)


@pytest.mark.parametrize(
    ("number", "right"),
    [("9434765919", True), ("9434765918", False), ("4505577104", True), ("9991234560", False), ("943476591", False)],
)
def test_an_nhs_number_is_known_by_its_check_digit(number: str, right: bool) -> None:
    assert has_nhs_check_digit(number) is right


@pytest.mark.slow
def test_every_file_of_the_repository_is_free_of_private_data() -> None:
    for folder in ("changes", "docs", "tests/golden", "tests/book", "tests/records"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".yaml", ".md", ".txt"):
                assert list(check_privacy(file.read_text("utf-8", "replace"), file)) == []


def test_the_librarys_patterns_are_read_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket", None)
    assert len(library_rules()) > 20
    assert masked("key AKIAQ3EGR7XZ2MPLW5TD here") == "key [token] here"


def put(folder: Path, record: str, name: str = "complete-change.yaml") -> list[str]:
    (folder / name).write_text(record, encoding="utf-8")
    return lines(load(folder))


def with_why(written: str) -> tuple[str, int]:
    """Return the complete record with another `why`, and the line of its key."""
    start, _, rest = RECORD.partition("\nwhy: ")
    return f"{start}\nwhy: {written}\n{rest.partition(chr(10))[2]}", start.count("\n") + 2


def test_private_data_is_told_at_its_line_and_column(small: Path) -> None:
    record, line = with_why("Nobody finds MRN 4471902.")
    assert put(small, record) == [f"changes/complete-change.yaml:{line}:23: {MRN}, {OR}"]


def test_in_a_text_of_several_lines_it_is_told_at_its_own_line(small: Path) -> None:
    record, line = with_why("|-\n  Nobody finds it.\n\n  It is MRN 4471902.")
    assert put(small, record) == [f"changes/complete-change.yaml:{line + 3}:13: {MRN}, {OR}"]


def test_a_number_on_the_line_after_its_label_is_found(small: Path) -> None:
    record, line = with_why(">-\n  Nobody finds the MRN\n  4471902 there.")
    assert put(small, record) == [f"changes/complete-change.yaml:{line + 2}:3: {MRN}, {OR}"]


def test_an_escape_hides_nothing(small: Path) -> None:
    record, line = with_why(r'"Nobody finds MRN \u0034\u0034\u0037\u0031902."')
    assert put(small, record) == [f"changes/complete-change.yaml:{line}:6: {MRN}, {OR}"]


def test_a_comment_is_no_place_for_it_either(small: Path) -> None:
    record, line = with_why("Nobody finds it.  # it is MRN 4471902")
    assert put(small, record) == [f"changes/complete-change.yaml:{line}:36: {MRN}, {OR}"]


def test_a_file_that_is_no_yaml_is_looked_through_too(small: Path) -> None:
    told = put(small, "name: 'Broken\nwhy: MRN 4471902\n")
    assert f"changes/complete-change.yaml:2:10: {MRN}, {OR}" in told


@pytest.mark.slow
def test_a_hand_written_page_and_a_download_beside_it_are_looked_through(tmp_path: Path, small: Path) -> None:
    docs = project(tmp_path / "project", small) / "docs"
    (docs / "page.md").write_text("# Page\n\n- MRN 4471902\n", encoding="utf-8")
    (docs / "list.csv").write_text("name,mrn\nx,MRN 4471902\n", encoding="utf-8")
    told = [line for line in lines(load(docs.parent / "changes")) if "(mrn)" in line]
    assert [line.partition(": ")[0] for line in told] == ["docs/list.csv:2:7", "docs/page.md:3:7"]


def test_a_line_is_excused_with_a_reason(small: Path) -> None:
    record, line = with_why("Nobody finds MRN 4471902.  # privacy-ok: from the vendor's own picture")
    assert put(small, record) == []
    said = put(small, record.replace(": from the vendor's own picture", ""))
    assert [text.rpartition("yaml:")[2].partition(";")[0] for text in said] == [
        f"{line}:23: {MRN.partition(';')[0]}",
        f"{line}:33: privacy-ok gives no reason",
    ]


def test_an_excuse_at_the_key_covers_a_text_of_several_lines(small: Path) -> None:
    assert (
        put(small, with_why("|-  # privacy-ok: it is in the manual\n  Nobody finds it.\n  It is MRN 4471902.")[0]) == []
    )


def test_an_excuse_of_nothing_is_a_problem(small: Path) -> None:
    record, line = with_why("Nobody finds it.  # privacy-ok: it was there once")
    assert put(small, record) == [f"changes/complete-change.yaml:{line}:24: privacy-ok excuses nothing here; delete it"]


def test_an_excuse_covers_its_own_line_only(small: Path) -> None:
    record, line = with_why("|-\n  MRN 4471902\n  MRN 4471908\n# privacy-ok: not here")
    assert [text.rpartition("yaml:")[2].partition(": ")[0] for text in put(small, record)] == [
        f"{line + 1}:7",
        f"{line + 2}:7",
        f"{line + 3}:1",
    ]


def test_a_page_shows_an_excuse_without_having_one(tmp_path: Path, small: Path) -> None:
    docs = project(tmp_path / "project", small) / "docs"
    excused, shown, idle = (
        "MRN 4471902 <!-- privacy-ok: a form -->",
        "`<!-- privacy-ok: why -->`",
        "x <!-- privacy-ok: y -->",
    )
    text = f"# P\n\n{excused}\n\n{shown}\n\n{idle}\n"
    (docs / "page.md").write_text(text, encoding="utf-8")
    told = lines(load(docs.parent / "changes"))
    assert told == ["docs/page.md:7:3: privacy-ok excuses nothing here; delete it"]


def test_the_desks_own_phones_pass(small: Path) -> None:
    desk = small / "desk" / "book.yaml"
    text = desk.read_text("utf-8")
    assert 'phone: "110"' in text
    desk.write_text(text.replace('phone: "110"', "phone: 943 476 5919"), encoding="utf-8")
    assert put(small, with_why("It says 943 476 5919 on the wall.")[0]) == []
    assert "(nhs-number)" in put(small, with_why("It says 401 023 2137 on the wall.")[0])[0]


# What a message quotes: an id, a former name, a word of jargon, a key, a name of a file's entry.
LEAKS: list[tuple[str, str]] = [
    ("\nowner: interfaces\n", "\nowner: {}\n"),
    ("\nstatus: live\n", "\nstatus: {}\n"),
    ("\nwhy: ", '\n"{}": x\nwhy: '),
    ("name: Complete Change\n", "name: {}\n"),
]
SECRETS = ["AKIAQ3EGR7XZ2MPLW5TD", "sftp://svc_lab:Winter-2026@files.northmere.health", "MRN 4471902 of Maria Gonzalez"]
WORDS = {SECRETS[0]: ["AKIA"], SECRETS[1]: ["Winter", "2026@"], SECRETS[2]: ["44719"]}


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments], catch_exceptions=False)


@pytest.mark.slow
@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("leak", LEAKS, ids=["owner", "status", "key", "name"])
@pytest.mark.parametrize(
    "command", ["check", "check --format json", "check --format github", "gate", "list", "search x"]
)
def test_no_output_repeats_it(
    small: Path, monkeypatch: pytest.MonkeyPatch, secret: str, leak: tuple[str, str], command: str
) -> None:
    found, put_there = leak
    assert found in RECORD
    monkeypatch.chdir(small.parent)
    (small / "complete-change.yaml").write_text(RECORD.replace(found, put_there.format(secret)), encoding="utf-8")
    done = run(small, *command.split())
    assert "looks like" in done.output
    assert [word for word in WORDS[secret] if word in done.output] == []


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_a_review_does_not_repeat_it(repository: Repository, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(repository.folder)
    record = shutil.copytree(SMALL, repository.folder / "changes") / "complete-change.yaml"
    record.write_text(RECORD, encoding="utf-8")
    repository.commit()
    record.write_text(RECORD.replace("name: Complete Change", "name: MRN 4471902 Change"), encoding="utf-8")
    repository.commit()
    done = run(repository.folder, "review", "HEAD~1..HEAD", "--format", form)
    assert "(mrn)" in done.output
    assert "4471902" not in done.output


def test_a_message_that_cuts_a_text_short_does_not_repeat_its_beginning() -> None:
    assert hushed("no team 'AKIAQ3EG...'; write one", ("AKIAQ3EGR7XZ2MPLW5TD",)) == "no team '[hidden]'; write one"
    assert hushed("at akiaq3egr7xz2mplw5td.yaml", ("AKIAQ3EGR7XZ2MPLW5TD",)) == "at [hidden].yaml"


def test_a_handed_in_search_is_masked(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent)
    file = tmp_path / "kept.csv"
    head = "words,times,last\n"
    rows = '"cant find mrn 4471902",2,2026-12-03T09:00:00Z\n"maria gonzalez dob 3/14/62",1,2026-12-03T09:00:00Z\n'
    file.write_text(head + rows, encoding="utf-8")
    for form in ("text", "json"):
        output = run(small, "search", "--misses", str(file), "--format", form).output
        assert "cant find mrn [mrn]" in output
        assert "[name-and-birth]" in output
        assert "4471902" not in output
        assert "gonzalez" not in output


@pytest.fixture(scope="module")
def in_browser() -> Any:
    """The function that masks a search in a browser."""
    context = quickjs.Context()
    context.eval("globalThis.changebook = {};")
    context.eval(masking_script((ROOT / "overrides/assets/js/private.js").read_text("utf-8")))
    return context.eval("changebook.masked")


@pytest.mark.slow
def test_a_browser_masks_what_the_check_refuses(in_browser: Any) -> None:
    shown = []
    for rule, text in TUNED:
        hidden = in_browser(text)
        start, end = next((found.start, found.end) for found in private_in(text) if found.rule == rule)
        if text[start:end] in hidden:
            shown.append((rule, text, hidden))
    assert shown == []


def test_a_browser_keeps_ordinary_searches_as_they_were_typed(in_browser: Any) -> None:
    asked = re.findall(r'ask: "([^"]+)"', (ROOT / "tests/search/queries.yaml").read_text("utf-8"))
    assert len(asked) > 100
    asked += ["password expired", "token 401", "LKP-504", "call 4400", "mrn not found", "key INC0048213", "born 1962"]
    assert [words for words in asked if in_browser(words) != words] == []


PIECES = [
    *(
        "MRN is ",
        "MRN 12 34 ",
        "12-34-5",
        "password for a a a ",
        "password is ",
        "born Maria Gonzalez ",
        "dob 3/14/62 ",
    ),
    *("Maria Gonzalez 1962-03-14 ", "PID|1||4471902^^|", "resourceType: Patient id: ", "-----BEGIN PRIVATE KEY-----\n"),
    *(
        "://a:b",
        "a@b ",
        "?token=a",
        "a1",
        "eyJaaaaaaaa1.",
        "log in as a a ",
        "user a / ",
        "SSN is the ",
        "family=a&birthdate",
        "mrn,",
        "mrn,1\n4471902,2\n",
        "|password",
        "PID#1##",
        "NM1*IL*1*a*b\n",
        "NM1*IL*1*a*b ",
        "docker -p ",
        "user -u a:",
        "sqlplus a/b ",
        "Private-Lines: 1\n",
        "a:5432:",
        "echo pass:",
        "net use a ",
        "MRN a is ",
        "mrn_",
        "dob_",
        "(password) ",
        "passwordpassword",
        "X-Auth-",
        "0010,0030) ",
        '"d":"',
    ),
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize(("size", "most"), [(4, 0.5), pytest.param(64, 3, marks=pytest.mark.slow)])
def test_no_text_makes_the_check_slow(piece: str, size: int, most: float) -> None:
    text = (piece * (size * 1024 // len(piece) + 1))[: size * 1024]
    started = time.process_time()
    private_in(text)
    assert time.process_time() - started < most  # a quarter of that on an idle core; the bound is for busy ones
