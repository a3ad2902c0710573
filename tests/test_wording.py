"""Plain words: jargon where staff read, phrases of a machine where callers are answered, vague words in triggers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.cli import main
from changebook.readiness import readiness
from changebook.readiness.phrases import Phrases
from conftest import GOOD, SAMPLE, lines, load

WORDING = """\
jargon:
  - words: [ADT]
    plain: admission message
  - words: [API, endpoint]
    plain: connection
  - words: [interface engine]
    plain: the system that passes messages on
robotic:
  - has been logged
vague:
  - several
  - if needed
"""
Gaps = Callable[[str, str], list[str]]


@pytest.fixture
def desk(small: Path) -> Path:
    """The small desk with lists of words, and the complete change."""
    (small / "desk" / "wording.yaml").write_text(WORDING, encoding="utf-8")
    shutil.copy(GOOD / "complete-change.yaml", small)
    return small


@pytest.fixture
def gaps(desk: Path) -> Gaps:
    """Tell the names of the gaps once a text of the complete change is replaced, with what each says."""
    return lambda old, new: [said.split(": gap: ")[1] for said in _told(desk, "complete-change.yaml", old, new)]


def _told(desk: Path, name: str, old: str, new: str) -> list[str]:
    file = desk / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return lines(load(desk))


def test_the_desks_words_are_no_gap_where_they_do_not_stand(desk: Path) -> None:
    assert lines(load(desk)) == []


def plain(field: str) -> str:
    """Return a field as the name of a gap has it: without the places in lists."""
    return re.sub(r"\[\d+\]", "", field)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("sentence: Patient", "sentence: ADT patient", "sentence"),
        ("Clerks could not", "The endpoints could not", "why"),
        ("Record numbers stay.", "The ADT stays.", "unchanged[0]"),
        ("what: Match score", "what: Match score of the API", "visible[0].what"),
        ("What score is safe", "What endpoint is safe", "questions[0].question"),
        ("90 or more, when", "90 or more from the Endpoint, when", "questions[0].answer"),
        ("Do not register anyone twice.", "Do not call the interface\n        engine.", "announcement.staff.do_not[0]"),
    ],
)
def test_jargon_is_a_gap_where_staff_read_it(gaps: Gaps, old: str, new: str, field: str) -> None:
    (said,) = gaps(old, new)
    assert said.startswith(f"{field}: says '")
    assert f"(jargon/{plain(field)}:" in said


def test_a_gap_names_each_word_of_jargon_and_the_plain_one(gaps: Gaps) -> None:
    (said,) = gaps("Clerks could not", "ADT, APIs and the API could not")
    assert said.startswith(
        "why: says 'ADT' and 'API', which staff do not know; write 'admission message' and 'connection'."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ask for the code.", "Ask for the ADT code."),  # the desk's announcement
        ("Keep your address.", "Keep your API."),  # partners'
        ("No, its address stays.", "No, its API stays."),  # a question of partners
        ("before: NO ROWS", "before: NO API"),
        ("Nobody matches. (SRC-404)", "No API matches. (SRC-404)"),  # on the screen, after
        ("The score comes from the index.", "The score comes from the API."),  # details
        ("How sure the match is.", "How sure the API is."),
    ],
)
def test_jargon_is_no_gap_where_staff_do_not_read(gaps: Gaps, old: str, new: str) -> None:
    assert gaps(old, new) == []


@pytest.mark.parametrize(
    "text",
    [
        "Clerks of Plain API 2 could not see it.",
        'Clerks read "API not found" and could not see it.',
        "Clerks met ADT-404 and could not see it.",
        "Clerks in need of adt could not see it.",
        "Clerks on the APIARY could not see it.",
        "Clerks call the ADT Team.",
        "Clerks look into the API Store.",
    ],
)
def test_a_name_a_screen_text_and_a_code_hold_no_jargon(desk: Path, text: str) -> None:
    draft = "name: Plain API 2\nkind: quiet-change\nstatus: draft\nowner: interfaces\nsentence: It is new.\n"
    (desk / "plain-api-2.yaml").write_text(draft, encoding="utf-8")
    teams = desk / "desk" / "teams.yaml"
    teams.write_text(teams.read_text("utf-8").replace("Records Team", "ADT Team"), encoding="utf-8")
    systems = desk / "desk" / "systems.yaml"
    systems.write_text(systems.read_text("utf-8").replace("name: Far Lab", "name: API Store"), encoding="utf-8")
    assert [said for said in _told(desk, "complete-change.yaml", CLERKS, text) if "(jargon/" in said] == []


CLERKS = "Clerks could not see how sure a match was."


@pytest.mark.parametrize("named", ["name: Interface Engine", "name: Engine\n  other_names: [Interface Engine]"])
def test_a_name_of_a_system_is_no_jargon_whatever_it_is_made_of(desk: Path, named: str) -> None:
    systems = desk / "desk" / "systems.yaml"
    text = systems.read_text("utf-8")
    (said,) = _told(desk, "complete-change.yaml", CLERKS, "The Interface Engine could not tell.")
    assert "says 'interface engine'" in said
    systems.write_text(text.replace("name: Engine", named), encoding="utf-8")
    assert lines(load(desk)) == []


@pytest.mark.parametrize(
    "written",
    [
        "why: The ADT could not say.  # plain-ok: ADT is on the screen",
        "why: >-  # plain-ok: ADT is on the screen\n  The ADT\n  could not say.",
        "why: The ADT\n  could not say. # plain-ok: ADT is on the screen",
    ],
)
def test_a_comment_with_a_reason_excuses_jargon_on_its_line(desk: Path, written: str) -> None:
    file = desk / "complete-change.yaml"
    text = file.read_text("utf-8").replace(f"why: {CLERKS}", written)
    file.write_text(text, encoding="utf-8")
    assert lines(load(desk)) == []
    file.write_text(
        text.replace("  # plain-ok: ADT is on the screen", "").replace(" # plain-ok: ADT is on the screen", "")
    )
    (said,) = lines(load(desk))
    assert "says 'ADT'" in said


def test_an_excuse_is_of_its_own_line_only_and_gives_a_reason(desk: Path) -> None:
    file = desk / "complete-change.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(CLERKS, f"{CLERKS} # plain-ok: it is on the screen"), encoding="utf-8")
    assert lines(load(desk)) == []
    file.write_text(file.read_text("utf-8").replace("Record numbers stay.", "ADT numbers stay."), encoding="utf-8")
    (said,) = lines(load(desk))
    assert "(jargon/unchanged:" in said
    file.write_text(text.replace(CLERKS, f"{CLERKS} # plain-ok"), encoding="utf-8")
    (said,) = lines(load(desk))
    assert said.endswith("plain-ok gives no reason; write 'plain-ok: REASON', or delete it")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Thank you. The search is new;", "Your call HAS BEEN\n      logged;", "playbooks[0].first_response"),
        ("Ask for the code.\n", "Say that it has been logged.\n", "announcement.desk.do[0]"),
        ("A new column.", "A column that has been logged.", "announcement.staff.expect[0]"),
        ("Do not resend.", "What has been logged is not resent.", "announcement.partners.do_not[0]"),
    ],
)
def test_a_phrase_of_a_machine_is_a_gap_where_it_is_said(gaps: Gaps, old: str, new: str, field: str) -> None:
    (said,) = gaps(old, new)
    assert said.startswith(
        f"{field}: says 'has been logged', which sounds like a machine; say what is being done, and when"
    )
    assert f"(robotic/{plain(field)}:" in said


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("No site finds anyone for 5", "Several sites find no one for 5", "playbooks[0].severity[0].when"),
        ("Two sites report it", "Two sites report it, if needed", "playbooks[0].escalate[0].when"),
        ("Two severity 1 calls", "Several severity 1 calls", "rollback.criteria[0]"),
        ("1 in 20 for ten", "1 in 20 for several", "watch[0].incident_when"),
        ("A patient registered an", "Several patients registered an", "contract[0].answers[0].desk.defect_when"),
    ],
)
def test_a_vague_word_is_a_gap_in_a_trigger(gaps: Gaps, old: str, new: str, field: str) -> None:
    (said,) = gaps(old, new)
    word = "if needed" if "if needed" in new else "several"
    assert said.startswith(f"{field}: two people would read {word!r} differently; write a number, a place or a time.")
    assert f"(vague/{plain(field)}:" in said


def test_a_vague_word_is_no_gap_elsewhere(gaps: Gaps) -> None:
    assert gaps("Ask every caller for the code.", "Ask several callers for the code, if needed.") == []


def test_a_waiver_accepts_jargon_by_its_name(desk: Path) -> None:
    reason = "The board asked for the word."
    name = "jargon/why:the-api-could-not-tell"
    waiver = f'  - {{gap: "{name}", reason: {reason}, approver: front-desk, expires: 2026-12-20}}\n'
    file = desk / "complete-change.yaml"
    text = file.read_text("utf-8").replace(CLERKS, "The API could not tell.")
    file.write_text(text.replace("waivers:\n", f"waivers:\n{waiver}"), encoding="utf-8")
    loaded = load(desk)
    assert lines(loaded) == []
    assert loaded.book
    assert name in [waived.gap.name for waived in readiness(loaded.book)["complete-change"].waived]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("Thank you. I am searching", "It has been logged. I am searching", "robotic/first_response:it-has-been"),
        ("Nobody is found at one site", "Nobody is found at several sites", "vague/severity.when:nobody-is"),
        ("Three unrelated user sessions", "Several user sessions", "vague/escalate.when:several-user"),
    ],
)
def test_a_standing_playbook_is_told_at_its_file_and_no_change_waits(desk: Path, old: str, new: str, name: str) -> None:
    (said,) = _told(desk, "desk/scenarios/patient-not-found.yaml", old, new)
    assert said.startswith("changes/desk/scenarios/patient-not-found.yaml:")
    assert f"Records Team closes it. ({name}" in said
    gate = CliRunner().invoke(main, ["gate", "--book", str(desk)])
    assert gate.exit_code == 0, gate.output


def test_the_longest_listed_phrase_is_found_and_a_plural_is_the_same_word() -> None:
    jargon = Phrases(["engine", "interface engine", "API"], plural=True)
    assert [hit.word for hit in jargon.hits("Interface engines and an engine have APIs, no apis.")] == [
        "interface engine",
        "engine",
        "API",
    ]
    assert list(Phrases([]).hits("Anything at all.")) == []


def test_the_sample_speaks_plainly() -> None:
    said = [line for line in lines(load(SAMPLE)) if "(jargon/" in line or "(robotic/" in line or "(vague/" in line]
    assert said == []
