"""What the desk holds in its hands: the briefing, the go-live card and the downtime binder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser
from pypdf import PdfReader

from browsing import open_page, serve
from changebook.book import Book
from changebook.views.assets import is_briefed
from conftest import ROOT, build, project

LONGEST = "the-longest-name-that-any-change-of-this-book-may-ever-carry"


class Plain(yaml.SafeDumper):
    """Write every value out: records have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Return that no value is written as an alias."""
        return True


def long(length: int) -> str:
    """Return words that fill `length` characters to the last."""
    words = "Registration clerks at every site who search for a surname see another message and call the desk "
    return (words * (length // len(words) + 1))[: length - 1].rstrip().ljust(length - 1, "s") + "."


def longest(record: Path) -> dict[str, Any]:
    """Return a record whose lists are long and whose lines are as long as a record may hold."""
    made: dict[str, Any] = yaml.load(record.read_text("utf-8"), Loader=yaml.BaseLoader)
    lines = [f"{number} {long(198)}" for number in range(6)]
    made["name"] = "The Longest Name That Any Change of This Book May Ever Carry"
    made |= {"former_names": [], "unchanged": lines, "questions": []}
    made["sentence"] = " ".join([*(["registration"] * 25), "call Service Desk on 4400."])
    made["rollback"] |= {"criteria": lines, "steps": lines}
    made["briefing"]["first_15_minutes"] = lines
    made["bridge"]["channel"] = long(200)
    made["announcement"]["desk"] = {"do": lines, "do_not": lines, "expect": lines}
    made["watch"] = [
        {"what": long(200), "alert": f"{made['name']} {number}", "normal": "1", "incident_when": lines[number]}
        for number in range(4)
    ]
    for exchange in made["contract"]:
        exchange["normal_failure"] = long(1200)
        for answer in exchange["answers"]:
            answer |= {"means": long(1200), "user_sees": long(600)}
            answer.setdefault("desk", {"action": "Wait."})["defect_when"] = long(1200)
    for number, playbook in enumerate(made["playbooks"]):
        playbook |= {"title": f"{number} {long(78)}", "callers_say": lines, "first_response": long(1200)}
        for item in (*playbook.get("severity", []), *playbook.get("escalate", [])):
            item["when"] = long(200)
        playbook["checks"][0]["do"] = long(200)
    return made


@pytest.fixture(scope="module")
def stuffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample's site with one more change, whose texts are the longest."""
    folder = project(tmp_path_factory.mktemp("longest") / "project", ROOT / "changes")
    record = longest(folder / "changes" / "fhir-patient-lookup-r4.yaml")
    text = yaml.dump(record, Dumper=Plain, sort_keys=False, allow_unicode=True, width=110)
    (folder / "changes" / f"{LONGEST}.yaml").write_text(text, encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    with serve(folder / "site") as address:
        yield address


def sides(chromium: Browser, address: str) -> int:
    """Return on how many A4 sides a page prints."""
    page, _ = open_page(chromium, address)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.context.close()
    return len(printed.pages)


@pytest.mark.parametrize("asset", ["briefing", "go-live-card"])
def test_a_sheet_prints_on_one_side(chromium: Browser, sample: Book, address: str, asset: str) -> None:
    printed = {
        change.id: sides(chromium, f"{address}changes/{change.id}/{asset}/")
        for change in sample.changes.values()
        if is_briefed(change)
    }
    assert len(printed) >= 10
    assert {name: number for name, number in printed.items() if number != 1} == {}


@pytest.mark.parametrize("asset", ["briefing", "go-live-card"])
def test_the_longest_texts_print_on_one_side(chromium: Browser, stuffed: str, asset: str) -> None:
    assert sides(chromium, f"{stuffed}changes/{LONGEST}/{asset}/") == 1
