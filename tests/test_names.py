from __future__ import annotations

import pytest

from changebook.names import anchor, change_address, did_you_mean, id_fault, name_fault, nearest, slug

GOOD_NAMES = ["FHIR Patient Lookup R4", "Claims API 2.4", "A", "ADT/ORU Routing (east)", "X" * 60, "C++"]
BAD_NAMES = ["", "4 Sites", " Lead", "Two  Spaces", "Trail ", "X" * 61, "Name <b>", "{{ 7*7 }}", "A\nB", "A&B", "`A`"]
BAD_NAMES += ["Caf\u00e9"]


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_good_name_has_no_fault(name: str) -> None:
    assert name_fault(name) is None


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
        ("\u4f60\u597d", ""),
    ],
)
def test_a_slug_is_lower_case_words_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_long_anchor_is_cut_at_a_word() -> None:
    cut = anchor("what happens when the partner does not answer within eight seconds and nobody is there")
    assert cut == "what-happens-when-the-partner-does-not-answer-within-eight"


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
