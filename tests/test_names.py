from __future__ import annotations

import re
import unicodedata

import pytest

from changebook.names import (
    anchor,
    answer_anchor,
    change_address,
    did_you_mean,
    id_fault,
    name_fault,
    nearest,
    page_anchor,
    slug,
)

GOOD_NAMES = ["FHIR Patient Lookup R4", "Claims API 2.4", "A", "ADT/ORU Routing (east)", "X" * 60, "C++"]
BAD_NAMES = ["", "4 Sites", " Lead", "Two  Spaces", "Trail ", "X" * 61, "Name <b>", "{{ 7*7 }}", "A\nB", "A&B", "`A`"]
# Letters that look like others, and what no language writes.
BAD_NAMES += [
    "L\u043eokup",
    "\u0421\u041e\u0420\u0415 \u0410",
    "\u039fffice",
    "\u0251lpha",
    "\u13a0",
    "\ufb01le",
    "\uff21",
    "\u0131\u0455",
]
BAD_NAMES += ["A\u2013B", "A\u0663", "A\u202eB", "\u60a3" * 60, "\u0301a", "A\U0001f642"]
# As people write them, whatever their script; each with its id.
ANY_SCRIPT = {
    "Caf\u00e9": "cafe",
    "Gr\u00f6\u00dfe 2": "grosse-2",
    "\u0141\u00f3d\u017a": "lodz",
    "Запрос пациента R4": "zapros-patsienta-r4",
    "FHIR с пациентом": "fhir-s-patsientom",
    "患者検索 R4": "huanzhejiansuo-r4",
    "환자 검색": "hwanja-geomsaeg",
    "Αναζήτηση": "anazitisi",
    "रोगी खोज": "rogi-khoj",
    "חיפוש מטופל": "hyfvs-mtvfl",
    "بحث المريض": "bhth-lmryd",
    "Yo\u0300r\u00f9b\u00e1 \u1eb9\u0301": "yoruba-e",
}


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_good_name_has_no_fault(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(("name", "made"), ANY_SCRIPT.items())
def test_a_name_of_any_script_is_good_and_has_an_id_of_ascii(name: str, made: str) -> None:
    name = unicodedata.normalize("NFC", name)
    assert name_fault(name) is None
    assert slug(name) == made
    assert id_fault(made) is None


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_bad_name_is_told_what_to_do(name: str) -> None:
    fault = name_fault(name)
    assert fault
    assert "; " in fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FHIR Patient Lookup R4", "fhir-patient-lookup-r4"),
        ("Claims API 2.4", "claims-api-2-4"),
        ("What's new?", "whats-new"),
        ("Caf\u00e9 (east)", "cafe-east"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u4f60\u597d", "nihao"),
        ("don\u2019t, don't", "dont-dont"),
        ("\U0001f642", ""),
    ],
)
def test_a_slug_is_lower_case_words_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_anchor_is_cut_at_a_word_and_marked() -> None:
    cut = anchor("what happens when the partner does not answer within eight seconds and nobody is there")
    assert re.fullmatch("what-happens-when-the-partner-does-not-answer-within-eight-[0-9a-f]{8}", cut)


@pytest.mark.parametrize(
    "apart",
    [
        ["Что изменится в понедельник?", "Кому звонить?"],
        ["Что такое HL7?", "Где виден HL7?", "HL7?"],
        ["検索できません", "患者が見つかりません"],
        ["ماذا سيتغير؟", "بمن أتصل؟"],
        ["-1", "1", "+1", "<1", "1\u20ac"],
        ["C++", "C"],
        ["\U0001f642", "\U0001f641", ""],
        [f"{'the same sixty letters ' * 3}and then {word}" for word in ("this", "that")],
    ],
)
def test_texts_that_differ_have_anchors_of_their_own(apart: list[str]) -> None:
    found = {anchor(text) for text in apart}
    assert len(found) == len(apart)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", one) for one in found)


@pytest.mark.parametrize(
    "alike",
    [
        ["SRC-404", "SRC 404", "src.404"],
        ["Why now?", "Why NOW", "Why  now!"],
        ["R\u00e9sum\u00e9", "Re\u0301sume\u0301"],
        ["ПОЧЕМУ?", "почему?"],
    ],
)
def test_texts_that_are_read_out_alike_share_an_anchor(alike: list[str]) -> None:
    assert len({anchor(text) for text in alike}) == 1


def test_an_anchor_that_says_all_of_a_text_is_its_slug() -> None:
    assert answer_anchor("RTE-241") == "code-rte-241"
    assert anchor("What's new, and why?") == "whats-new-and-why"


def test_pages_in_one_file_have_anchors_of_their_own() -> None:
    hub, playbook = change_address("a-playbooks-b"), change_address("a", "playbooks", "b")
    assert (page_anchor(hub), page_anchor(playbook)) == ("changes--a-playbooks-b", "changes--a--playbooks--b")


@pytest.mark.parametrize("text", ["../x", "A", "a--b", "-a", "a_b", "", "a" * 61, "9a"])
def test_what_is_no_id_is_refused(text: str) -> None:
    assert id_fault(text)


def test_the_nearest_term_is_offered() -> None:
    terms = ["interop-platform", "patient-identity", "service-desk"]
    assert nearest("interop-platfrom", terms) == "interop-platform"
    assert nearest("zebra", terms) is None
    assert did_you_mean("zebra", terms) == "one of: interop-platform, patient-identity, service-desk"
    assert did_you_mean("zebra", [f"term-{number}" for number in range(20)]).startswith("one of 20, such as")
    assert did_you_mean("zebra", []) == "there are none yet"


def test_an_address_ends_with_a_slash() -> None:
    assert change_address("a") == "changes/a/"
    assert change_address("a", "playbooks", "b") == "changes/a/playbooks/b/"
