"""Every page, answer, question and known error has an address of its own, whatever records hold."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from building import build
from changebook.names import answer_anchor, error_anchor, question_anchor
from conftest import GOOD, SMALL, lines, load, project
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
    other = other.replace("CHG0041", "CHG0042")
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
    assert {question_anchor(text) for text in QUESTIONS} <= set(ids[f"{hub}faq/index.html"])
    assert {answer_anchor(code) for code in CODES} <= set(ids[f"{hub}contract/index.html"])
    assert {error_anchor("complete-change", number) for number in ERRORS} <= set(ids["known-errors/index.html"])


def test_every_address_in_the_search_index_is_a_page_and_an_anchor_in_it(hostile_site: Path, pages: Pages) -> None:
    ids, found = ids_of(pages), set()
    for file in (hostile_site / "search").rglob("*-cards-*.json"):
        for card in json.loads(file.read_text("utf-8")):
            found |= {card["address"], *(asset[3] for asset in card.get("assets", ()))}
    assert len(found) > 40
    assert sorted(address for address in found if not leads(hostile_site, ids, "", address)) == []


TAKEN = {
    "changes/complete-change.md": "changes/complete-change/",
    "changes/complete-change/README.md": "changes/complete-change/",
    "playbooks/late-result/index.html": "playbooks/late-result/",
    "systems/engine.markdown": "systems/engine/",
    "groups/clerks/index.md": "groups/clerks/",
    "partners/far-labs.md": "partners/far-labs/",
    "changes/complete-change/readiness/ledger.csv": "changes/complete-change/readiness/ledger.csv",
    "changes/the-old-search-job.md": "changes/the-old-search-job/",
    "downtime.md": "downtime/",
    "search/start.json": "search/start.json",
    "assets/css/changebook.css": "assets/css/changebook.css",
    "404.html": "404.html",
    "sitemap.xml": "sitemap.xml",
}
OTHERS = {"changes/complete-change-notes.md", "downtime/plan.md", "search.md"}


def test_a_file_with_the_address_of_a_made_one_is_refused(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    shutil.copy(GOOD / "complete-change.yaml", folder / "changes")
    for name in (*TAKEN, *OTHERS):
        _write_mine(folder, name)
    # MkDocs itself has one page where there are two at an address.
    second = "changes/complete-change/README.md"
    by_check = {name: address for name, address in TAKEN.items() if address.endswith(("/", ".csv")) and name != second}
    assert _refused("\n".join(lines(load(folder / "changes")))) == by_check
    done = build(folder)
    assert _refused(done.stderr) == by_check
    assert "Traceback" not in done.stderr
    for name in by_check:
        (folder / "docs" / name).unlink()
    (folder / "docs" / second).unlink()
    # What only the site makes is named by the build, and search's files once nothing else is wrong.
    done = build(folder)
    assert _refused(done.stderr) == {
        name: TAKEN[name] for name in TAKEN.keys() - by_check - {second, "search/start.json"}
    }
    assert "Traceback" not in done.stderr


def _write_mine(folder: Path, name: str) -> None:
    file = folder / "docs" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# Mine\n", encoding="utf-8")


def _refused(said: str) -> dict[str, str]:
    """Return each file that is refused, below docs, with the address at which something is made."""
    told = r"docs/(\S+):1:1: the (?:book|theme) already makes /(\S+); rename or delete the file"
    return dict(re.findall(told, said))


@pytest.mark.parametrize("name", ["changes/complete-change/README.md", "search/start.json"])
@pytest.mark.parametrize("setting", ["", "not_in_nav: changes/\n"])
def test_it_is_refused_by_its_address_in_the_nav_or_not(tmp_path: Path, name: str, setting: str) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    shutil.copy(GOOD / "complete-change.yaml", folder / "changes")
    _write_mine(folder, name)
    config = (folder / "mkdocs.yml").read_text("utf-8")
    if name.endswith(".md") and not setting:
        config += f"  - Mine: {name}\n"
    (folder / "mkdocs.yml").write_text(config + setting, encoding="utf-8")
    done = build(folder)
    assert done.returncode != 0
    assert f"docs/{name}:1:1: the book already makes /{TAKEN[name]}" in done.stderr


def test_a_made_page_is_published_whatever_the_settings_leave_out(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    shutil.copy(GOOD / "complete-change.yaml", folder / "changes")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    left_out = "exclude_docs: |\n  changes/complete-change/\n  downtime/\n"
    config = config.replace("exclude_docs: assets/screenshots/\n", left_out)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    # A file that is left out takes no address.
    mine = folder / "docs" / "changes" / "complete-change" / "index.md"
    mine.parent.mkdir()
    mine.write_text("# Mine\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "Complete Change" in (folder / "site" / "changes" / "complete-change" / "index.html").read_text("utf-8")
    assert (folder / "site" / "downtime" / "index.html").is_file()
