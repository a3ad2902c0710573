"""What every block, page and file of a book says, held against `tests/golden/*.txt`: a changed file is read in review.

After a change that is meant, `pytest tests/test_golden.py --golden` rewrites the files and fails, so that they are
read before the next run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import jinja2
import pytest
import yaml

from changebook.book import TABLES
from changebook.feeds import feed_paths
from changebook.model import Calendar, Change, Record, Scenario, Settings, Wording
from changebook.model.change import Status
from changebook.model.launch import Decision, QueueRule
from changebook.model.reading import literal_terms
from changebook.names import slug
from changebook.pages import blocks, pages_of
from changebook.pages.filling import block_of
from changebook.pages.reference import figure_reference
from changebook.render import Block
from conftest import ROOT, lines, tags
from golden_texts import GOLDEN, SOURCE, book, cases, golden, html_of
from model_fields import merged, missing_keys

COMPLETE = "score-search"
PHASED = "pier-pages"
# Pages that people write; the book's own lead to them.
BY_HAND = {
    f"{name}/" for name in "changes release-notes faq playbooks symptoms systems groups partners calendar".split()
}
# A book of a hundred changes, and one at a dozen times.
LONG = ("many", "other-times")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in LONG else []) for name in sorted(cases())]
)
def test_a_block_says_what_its_golden_file_says(name: str, request: pytest.FixtureRequest) -> None:
    shown = "\n\n".join(f"==== {title}\n{text}" for title, text in cases()[name]()) + "\n"
    file = GOLDEN / f"{name}.txt"
    if request.config.getoption("--golden"):
        before = file.read_text("utf-8") if file.exists() else ""
        file.write_text(shown, encoding="utf-8")
        if before != shown:
            pytest.fail(f"{file.name} was rewritten; read what changed, then run again without --golden")
    remedy = "is it meant? then run: pytest tests/test_golden.py --golden"
    assert file.exists(), f"{file.name} is missing; {remedy}"
    assert shown == file.read_text("utf-8"), f"{file.name} says something else; {remedy}"


def test_every_golden_file_is_used() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(cases())
    assert [file.name for file in GOLDEN.iterdir() if file.suffix != ".txt"] == ["book"]


def test_the_golden_book_is_right() -> None:
    assert [line for line in lines(golden()) if "gap:" not in line] == []


def test_the_golden_book_has_every_field_of_the_model() -> None:
    # A change has a window or phases, not both.
    phased = {key: values(f"{PHASED}.yaml")[key] for key in ("phases", "postponed")}
    assert list(missing_keys(Change, values(f"{COMPLETE}.yaml") | phased)) == []
    assert list(missing_keys(Settings, values("desk/book.yaml"))) == []
    assert list(missing_keys(Wording, values("desk/wording.yaml"))) == []
    assert list(missing_keys(Calendar, values("desk/calendar.yaml"))) == []
    scenarios = [values(f"desk/scenarios/{file.name}") for file in SOURCE.glob("desk/scenarios/*.yaml")]
    assert list(missing_keys(Scenario, merged(scenarios))) == []
    for table, cls in TABLES.items():
        assert list(missing_keys(cls, merged(list(values(f"desk/{table}.yaml").values())), f"{table}.")) == []


def test_the_golden_book_has_every_status_decision_and_rule() -> None:
    changes = book().changes.values()
    assert {change.status for change in changes} == set(get_args(Status))
    assert {change.go_no_go.decision for change in changes if change.go_no_go} == set(terms(Decision, "decision"))
    assert {rule.do for change in changes for rule in change.queue_rules} == set(terms(QueueRule, "do"))


def test_nothing_in_the_golden_book_stands_twice() -> None:
    texts = [
        text
        for file in SOURCE.rglob("*.yaml")
        for text in leaves(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))
    ]
    # A phase that moved alone is named by its name.
    texts.remove(values(f"{PHASED}.yaml")["postponed"][0]["phase"])
    twice = [text for text, count in Counter(texts).items() if count > 1 and re.match("(?!mon-)[A-Za-z]+ ", text)]
    assert twice == []
    teams = book().desk.teams.values()
    for said in ([team.phone for team in teams], [team.queue for team in teams], [team.name for team in teams]):
        assert len(set(said)) == len(said)


def test_a_page_is_what_its_macro_call_places() -> None:
    """No template is made for the call: both ways lead to one block."""
    placed: list[Block] = []
    site = jinja2.Environment()
    for macro in blocks.BLOCKS:
        site.globals[macro.__name__] = lambda *arguments, macro=macro: placed.append(macro(book(), *arguments))
    pages = list(pages_of(book()))
    for page in pages:
        site.from_string(page.call).render()
    assert placed == [block_of(page, book()) for page in pages]
    assert placed


@pytest.mark.slow
def test_every_link_of_a_page_leads_somewhere() -> None:
    """Pages are read together: an address is a page's, and what follows `#` is an id there."""
    made = {page.address: html_of(block_of(page, book())) for page in pages_of(book())}
    made["known-errors/"] = html_of(blocks.known_errors(book()))
    made["outages/"] = html_of(blocks.known_outages(book()))
    made["metrics/"] = html_of(blocks.burden_by_kind(book())) + html_of(blocks.playbooks_by_use(book()))
    titles = re.findall(r"^#+ (.+)", (ROOT / "docs" / "handbook" / "metrics.md").read_text("utf-8"), re.M)
    headings = "".join(f"<h2 id={slug(title)}></h2>" for title in titles)
    made["handbook/metrics/"] = headings + html_of(figure_reference(book()))
    ids = {address: {given["id"] for _, given in tags(html) if "id" in given} for address, html in made.items()}
    lost = []
    for address, html in made.items():
        for _, given in tags(html):
            if given.get("href", "").startswith(("/", "#")):
                page, _, anchor = given["href"].partition("#")
                to = page.removeprefix("/") or address if not page else page.removeprefix("/")
                known = anchor in ids.get(to, set()) if anchor and to else to in made or to in BY_HAND
                if not (known or to.endswith((".csv", ".ics")) or to in feed_paths(book())):
                    lost.append((address, given["href"]))
            for key in ("data-cb-copy", "aria-labelledby", "aria-controls"):
                if key in given and given[key] not in ids[address]:
                    lost.append((address, f"{key}={given[key]}"))
    assert lost == []


def values(name: str) -> dict[str, Any]:
    found = yaml.load((SOURCE / name).read_text("utf-8"), Loader=yaml.CBaseLoader)
    assert isinstance(found, dict)
    return found


def terms(cls: type[Record], name: str) -> tuple[str, ...]:
    return literal_terms(cls.model_fields[name].annotation)


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield re.sub(r"\s+", " ", str(value))
