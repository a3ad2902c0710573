"""Every page, answer, question and known error has an address of its own, whatever records hold."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from changebook.names import answer_anchor, error_anchor, question_anchor
from conftest import GOOD, SMALL, build, lines, load, project
from linking import Pages, broken_links, ids_of, leads, pages_of, repeated_ids

QUESTIONS = [
    "Что изменится в понедельник?",
    "Что такое HL7?",
    "Где HL7?",
    "HL7?",
    "何が変わりますか",
    "ماذا سيتغير؟",
    "What should I do when the partner has not answered within eight seconds and the patient waits here?",
    "What should I do when the partner has not answered within eight seconds and the patient waits there?",
]
CODES = ["Ошибка", "Отказ", "-1", "1", "+1"]
ERRORS = ["Первая", "Вторая"]
# Ids that the theme and our own templates give to parts of a page.
IDS = {"clerks": "content", "nurses": "cb-results", "far-labs": "cb-status", "late-result": "never"}


def hostile(folder: Path) -> Path:
    """Write the small book with texts whose slugs are empty or alike, and ids that pages use themselves."""
    book = Path(shutil.copytree(SMALL, folder / "book"))
    record = (GOOD / "complete-change.yaml").read_text("utf-8")
    questions = "".join(f"  - {{question: {json.dumps(text)}, answer: Yes.}}\n" for text in QUESTIONS)
    record = record.replace("questions:\n", f"questions:\n{questions}", 1)
    answer = "{status: 200, means: Fine., user_sees: Fine., retryable: false, code: "
    answers = "".join(f"      - {answer}{json.dumps(code)}}}\n" for code in CODES)
    record = record.replace("    answers:\n", f"    answers:\n{answers}", 1)
    error = "{title: Odd, workaround: Wait., state: open, severity: low, owner: interfaces, id: "
    errors = "".join(f"  - {error}{json.dumps(number)}}}\n" for number in ERRORS)
    record = record.replace("known_errors:\n", f"known_errors:\n{errors}", 1)
    (book / "complete-change.yaml").write_text(record, encoding="utf-8")
    # Its hub's address reads like the address of a playbook of the other change.
    other = record.replace("Complete Change", "Complete Change playbooks patient not found").replace(
        "old search", "own"
    )
    (book / "complete-change-playbooks-patient-not-found.yaml").write_text(other, encoding="utf-8")
    scenarios = book / "desk" / "scenarios"
    (scenarios / "late-result.yaml").rename(scenarios / "never.yaml")
    for file in book.rglob("*.yaml"):
        text = file.read_text("utf-8")
        for old, new in IDS.items():
            text = re.sub(rf"(?<![\w-]){old}(?![\w-])(?!\.example)", new, text)
        file.write_text(text, encoding="utf-8")
    return book


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile book."""
    folder = tmp_path_factory.mktemp("hostile-addresses")
    book = hostile(folder)
    assert [line for line in lines(load(book)) if "gap:" not in line] == []
    done = build(project(folder / "project", book))
    assert done.returncode == 0, done.stderr
    return folder / "project" / "site"


@pytest.fixture(scope="module")
def pages(hostile_site: Path) -> Pages:
    """Its pages."""
    return pages_of(hostile_site)


def test_two_things_on_a_page_never_share_an_id(pages: Pages) -> None:
    assert repeated_ids(pages) == {}


def test_every_link_of_the_site_leads_to_its_anchor(hostile_site: Path, pages: Pages) -> None:
    assert broken_links(hostile_site, pages) == []


def test_every_question_code_and_known_error_has_its_anchor(pages: Pages) -> None:
    ids = ids_of(pages)
    hub = "changes/complete-change/"
    assert {question_anchor(text) for text in QUESTIONS} <= set(ids[f"{hub}questions/index.html"])
    assert {answer_anchor(code) for code in CODES} <= set(ids[f"{hub}contract/index.html"])
    assert {error_anchor(number) for number in ERRORS} <= set(ids[f"{hub}index.html"])


def test_every_address_in_the_search_index_is_a_page_and_an_anchor_in_it(hostile_site: Path, pages: Pages) -> None:
    ids, found = ids_of(pages), set()
    for file in (hostile_site / "search").rglob("*-cards-*.json"):
        for card in json.loads(file.read_text("utf-8")):
            found |= {card["address"], *(asset[3] for asset in card.get("assets", ()))}
    assert len(found) > 40
    assert sorted(address for address in found if not leads(hostile_site, ids, "", address)) == []
