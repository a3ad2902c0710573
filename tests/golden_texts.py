"""What the golden files hold: the text of every block, page and file that the golden book makes.

The book has every field of the model, and no name, number or text twice: whatever is mixed up shows.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from markupsafe import Markup

from changebook.book import Book
from changebook.checking.loaded import Loaded
from changebook.errors import Problem
from changebook.git.history import History, LastEdit
from changebook.git.past import Past, PastEdit
from changebook.model import Calendar
from changebook.pages import Page, blocks, pages_of
from changebook.pages.blocks.badges import LEVELS
from changebook.pages.filling import block_of
from changebook.pages.ledger import ledger_csv
from changebook.pages.redirects import redirects_of
from changebook.readiness import gap_words, readiness
from changebook.render import Block, Renderer
from changebook.render.timing import STATUS_WORDS
from changebook.review.compare import compare
from changebook.review.markdown import as_markdown
from changebook.review.record import Review, Side, WorseSearch
from changebook.search.cards import change_card, outage_card, triage_card
from changebook.search.documents import documents_of
from changebook.search.hand import HandSection
from changebook.site import frame
from changebook.site.downtime import BinderFile
from changebook.site.feedback import Shown
from changebook.site.redirects import Moved
from changebook.views.desk import outages
from changebook.views.downtime import binder
from changebook.views.support_tests import has_script
from conftest import ROOT, load
from plain_text import icon, plain_text

GOLDEN = ROOT / "tests" / "golden"
SOURCE = GOLDEN / "book"
# A case is a file: it yields sections, each a title and what is shown.
Sections = Iterator[tuple[str, str]]


@cache
def golden() -> Loaded:
    """Return the golden book as it was loaded."""
    return load(SOURCE)


def book() -> Book:
    """Return the golden book, on 3 December 2026 at 09:00."""
    found = golden().book
    assert found
    return found


@cache
def at(time: str) -> Book:
    """Return the golden book at another time of its zone."""
    return dataclasses.replace(book(), now=datetime.fromisoformat(time).replace(tzinfo=book().desk.settings.zone))


@cache
def empty() -> Book:
    """Return the golden book without a change and without an outage."""
    return dataclasses.replace(book(), changes={}, desk=dataclasses.replace(book().desk, status={}))


@cache
def _renderer(seen: Book) -> Renderer:
    return Renderer(seen, icon)


def html_of(block: Block, seen: Book | None = None) -> str:
    """Return the HTML of a block, its links from the top of the site."""
    return _renderer(seen or book()).html(block, root="/")


def text_of(block: Block, seen: Book | None = None) -> str:
    """Return what a block says."""
    return plain_text(html_of(block, seen))


def cases() -> dict[str, Callable[[], Sections]]:
    """Return what makes each golden file, by its name: every macro, and all that is no macro."""
    found: dict[str, Callable[[], Sections]] = {}
    for macro in blocks.BLOCKS:
        arguments = list(inspect.signature(macro).parameters)
        found[macro.__name__] = _list(macro) if arguments == ["book"] else _pages_by(macro.__name__)
    return found | {
        "badge": _badges,
        "change_name": lambda: iter([("Score Search", text_of(blocks.change_name(book(), "score-search")))]),
        "next_changes": _next_changes,
        "downtime": _downtime,
        "edit": _edit,
        "gaps": _gaps,
        "ledger": _ledger,
        "local": _local,
        "many": _many,
        "other-times": _other_times,
        "pages": _pages,
        "redirects": _redirects,
        "review": _review,
        "search-cards": _search_cards,
        "since": _since,
        "search-header": lambda: iter([("In the header", text_of(frame.header_search()))]),
        "strip": _strip,
    }


def _list(macro: Callable[..., Block]) -> Callable[[], Sections]:
    def sections() -> Sections:
        yield "The book", text_of(macro(book()))
        yield "A book without changes", text_of(macro(empty()), empty())

    return sections


def _pages_by(macro: str) -> Callable[[], Sections]:
    def sections() -> Sections:
        for title, seen in (("", book()), ("A book without changes: ", empty())):
            for page in pages_of(seen):
                if page.call.startswith(f"{{{{ {macro}("):
                    yield f"{title}{page.address}", text_of(block_of(page, seen), seen)

    return sections


def _badges() -> Sections:
    for word in (*STATUS_WORDS, *LEVELS):
        yield word, text_of(blocks.badge(book(), word))


def _next_changes() -> Sections:
    yield "The next 14 days", text_of(blocks.next_changes(book()))
    yield "The next 3 days", text_of(blocks.next_changes(book(), days=3))
    yield "A book without changes", text_of(blocks.next_changes(empty(), days=2), empty())


def _many() -> Sections:
    """Of a book with more than any list shows, the lines that say how much more there is."""
    seen = _crowded()
    for macro in blocks.BLOCKS:
        if list(inspect.signature(macro).parameters) in (["book"], ["book", "days"]):
            yield macro.__name__, _more(text_of(macro(seen), seen))
    for page in pages_of(seen):
        if page.change in ("", "copy-00", "copy-01"):
            yield page.address, _more(text_of(block_of(page, seen), seen))
    yield "downtime", _more(text_of(_binder(seen), seen))


@cache
def _crowded() -> Book:
    whole, planned = book().changes["score-search"], book().changes["lab-codes-r5"]
    told = [f"Line {number} of many" for number in range(14)]
    calls = whole.playbooks[0].model_copy(update={"callers_say": tuple(told)})
    third = whole.playbooks[1].model_copy(update={"scenario": "no-sign-in"})
    watched = tuple(whole.watch[0].model_copy(update={"what": line}) for line in told)
    assert whole.rollback
    assert whole.briefing
    long = {
        "playbooks": (calls, *whole.playbooks[1:], third),
        "watch": watched,
        "unchanged": tuple(told),
        "rollback": whole.rollback.model_copy(update={"criteria": tuple(told)}),
        "briefing": whole.briefing.model_copy(update={"first_15_minutes": tuple(told)}),
    }
    changes = {}
    for number in range(50):
        update = long if number == 0 else {**long, "briefing": None}
        for first, name in ((whole, "copy"), (planned, "plan")):
            called = f"{name}-{number:02}"
            own = {"id": called, "name": f"{name.title()} {number:02}", "board": None}
            changes[called] = first.model_copy(update={**own, **(update if first is whole else {})})
    # How much more there is of a list has nothing to do with what the desk carries.
    return dataclasses.replace(book(), changes=changes, desk=dataclasses.replace(book().desk, calendar=Calendar()))


def _more(text: str) -> str:
    lines = (line for line in text.split("\n") if re.search(r"\d+ more|Show all|go-lives", line))
    return "\n".join(dict.fromkeys(lines)) or "Everything"


def _downtime() -> Sections:
    for title, seen, site in (
        ("The book", book(), "https://desk.harborpoint.example/"),
        ("A book without changes, and a site without an address", empty(), None),
    ):
        yield title, text_of(_binder(seen, site), seen)


def _binder(seen: Book, site: str | None = None) -> Block:
    return Block("downtime", BinderFile(binder(seen), seen.desk.settings, site, "", Markup(""), Markup(""), Markup("")))


def _edit() -> Sections:
    last = LastEdit("0123456789abcdef0123456789abcdef01234567", datetime(2025, 12, 2, 9, 0, tzinfo=UTC))
    history = History({"changes/score-search.yaml": last, "docs/on-call.md": last})
    places = golden().places

    def shown(page: Page, seen: Book) -> Shown:
        name = seen.changes[page.change].name if page.change else ""
        return Shown(page.title, f"https://desk.harborpoint.example/{page.address}", name)

    made = [page for page in pages_of(book()) if page.change in ("", "score-search")]
    by_hand = Shown("On call", "https://desk.harborpoint.example/on-call/")
    for page in made:
        assert page.spot
        found = frame.edit_record(book(), page.spot, shown(page, book()), places=places, history=history)
        yield page.address, _block(found)
    for file in ("on-call.md", "handbook/first-record.md"):
        yield f"docs/{file}", _block(frame.edit_page(book(), PurePath(file), by_hand, history=history))
    for title, update in (
        ("A book without a forge", {"forge": None, "feedback": "desk+kb@harborpoint.example"}),
        ("A book without feedback", {"feedback": None}),
        ("A book without both", {"forge": None, "feedback": None}),
    ):
        settings = book().desk.settings.model_copy(update=update)
        seen = dataclasses.replace(book(), desk=dataclasses.replace(book().desk, settings=settings))
        yield (
            f"{title}: docs/on-call.md",
            _block(frame.edit_page(seen, PurePath("on-call.md"), by_hand, history=history)),
        )
        for page in made:
            if page.spot and page.address in ("changes/score-search/", "changes/score-search/release-note/"):
                inside, about = page.reader == "desk", shown(page, seen)
                found = frame.edit_record(seen, page.spot, about, places=places, history=history, inside=inside)
                yield f"{title}: {page.address}", _block(found)


def _block(block: Block | None) -> str:
    # Lines of a mail end as those of mails do; a golden file ends its own in one way.
    return text_of(block).replace("\r", "") if block else "Nothing"


def _gaps() -> Sections:
    for name, ready in readiness(book()).items():
        waived = [f"{gap_words(item.gap, book())} Waived until {item.waiver.expires}." for item in ready.waived]
        groups = {
            "Counted": [gap_words(found, book()) for found in ready.counted],
            "In time": [gap_words(found, book()) for found in ready.in_time],
            "Waived": waived,
            "Not due": [gap_words(found, book()) for found in ready.waiting],
        }
        yield name, "\n".join(f"{title}: {line}" for title, lines in groups.items() for line in lines) or "No gaps"
    yield "As a check prints them", "\n".join(map(str, golden().problems))


def _ledger() -> Sections:
    for change in book().changes.values():
        if has_script(book(), change):
            yield change.id, ledger_csv(book(), change).replace("\r\n", "\n").strip()


def _local() -> Sections:
    for change in book().changes.values():
        yield change.id, text_of(frame.local(book(), change.id))


def _other_times() -> Sections:
    for time in ("2026-12-03T08:20", "2026-12-03T23:00", "2026-12-05T12:00", "2026-07-01T08:45"):
        yield f"Who answers at {time}", text_of(blocks.scenario_matrix(at(time)), at(time))
    for time in ("2026-12-05T21:59", "2026-12-05T22:00", "2026-12-06T02:00", "2026-12-08T09:00"):
        yield f"Hub of Lab Codes R5 at {time}", _first_lines(blocks.hub(at(time), "lab-codes-r5"), at(time))
    for time in ("2026-12-02T23:00", "2026-12-03T00:00", "2026-12-04T00:00", "2027-01-01T09:00"):
        yield f"Hub of Score Search at {time}", _first_lines(blocks.hub(at(time), "score-search"), at(time))
    for time in ("2026-10-31T22:00", "2026-11-01T00:30", "2026-11-01T05:00"):
        night = _night_of_clocks(time)
        yield f"A window across the night of clocks at {time}", _first_lines(blocks.hub(night, "lab-codes-r5"), night)
    for time in ("2026-12-03T08:30", "2026-12-03T08:31"):
        yield f"Outages at {time}", text_of(blocks.known_outages(at(time)), at(time))
    for time in ("2026-12-03T23:59", "2026-12-04T00:00"):
        yield f"Review of a playbook at {time}", _first_lines(blocks.scenario(at(time), "patient-not-found"), at(time))
        yield f"Articles due for review at {time}", text_of(blocks.stale_articles(at(time)), at(time))
    for time in ("2026-12-20T08:00", "2026-12-20T08:01"):
        hub = text_of(blocks.hub(at(time), "score-search"), at(time))
        yield f"Queue rules at {time}", hub.partition("## Queue rules in force\n")[2].partition("\n## ")[0]
    for days in ("2026-11-26", "2026-11-10", "2026-10-11"):
        for time in (f"{days}T04:59", f"{days}T05:00"):
            yield f"Lists that look ahead to Portal Move at {time}", _near_changes(time)
    for time in ("2026-12-04T23:59", "2026-12-05T00:00", "2026-12-07T01:59"):
        yield f"Launches at {time}", text_of(blocks.launches(at(time)), at(time))
    for time in ("2026-12-03T12:00", "2026-12-04T10:01", "2026-12-10T06:30"):
        yield f"Readiness at {time}", text_of(blocks.readiness_board(at(time)), at(time))


def _night_of_clocks(time: str) -> Book:
    """Return a book whose change is made while the clocks go back: from 23:00 it is five hours until 03:00."""
    change, zone = book().changes["lab-codes-r5"], book().desk.settings.zone
    assert change.window
    start, end = (datetime(2026, *when, tzinfo=zone) for when in ((10, 31, 23), (11, 1, 3)))
    window = change.window.model_copy(update={"start": start, "end": end})
    changes = {change.id: change.model_copy(update={"window": window})}
    return dataclasses.replace(at(time), changes=changes)


def _near_changes(time: str) -> str:
    """Return what lists that look ahead hold: the binder for 14 days, questions for 30, a group for 60."""
    seen = at(time)
    paper = text_of(_binder(seen), seen).partition("## Everything in full")[2].partition("### Playbooks")[0]
    asked, group = text_of(blocks.question_list(seen), seen), text_of(blocks.group(seen, "nurses"), seen)
    return "\n".join(line for line in f"{paper}\n{asked}\n{group}".split("\n") if "Portal Move" in line) or "Nothing"


def _first_lines(block: Block, seen: Book) -> str:
    """Return what a page says above its first heading of a section."""
    return text_of(block, seen).partition("\n## ")[0]


def _pages() -> Sections:
    for page in pages_of(book()):
        yield page.address, "\n".join((page.title, page.summary, page.tab, page.call))


def _redirects() -> Sections:
    for redirect in redirects_of(book()):
        moved = Moved(redirect, "https://desk.example/", Markup(""))
        yield redirect.address, text_of(Block("redirect", moved))


def _since() -> Sections:
    """The page and the strip of a book whose record and desk were otherwise two hours and two days ago."""
    record, teams = ((SOURCE / name).read_text("utf-8") for name in ("score-search.yaml", "desk/teams.yaml"))
    files = {
        "a": re.sub(r"(?m)^    first_response: .*$", "    first_response: Thank you. Hold on.", record, count=1),
        "b": record.replace("state: open", "state: fixed", 1),
        "c": teams.replace('phone: "', 'phone: "9', 1),
        "d": "<<<<<<<",
    }
    contents = {name: text.encode() for name, text in files.items()}
    now = int(book().now.timestamp())
    edits = (
        PastEdit("", None, {"desk/scenarios/late-result.yaml": ""}),
        PastEdit("a" * 40, now - 7200, {"score-search.yaml": "a"}),
        PastEdit("b" * 40, now - 172800, {"score-search.yaml": "b", "desk/teams.yaml": "c", "desk/partners.yaml": "d"}),
    )
    unread = PastEdit("a" * 40, now - 7200, {"score-search.yaml": "d"})
    for title, past in (
        ("A book in git", Past(edits, contents)),
        ("A shallow clone", Past(edits[:2], contents, begins=now - 9000, shallow=True)),
        ("A book that could not be read", Past((unread,), contents)),
        ("A book that is new", Past((), {}, begins=now - 9000)),
        ("A book without history", Past(unknown="git is not installed here; install it")),
    ):
        seen = dataclasses.replace(book(), past=past)
        yield f"{title}: the page", text_of(blocks.changed_since(seen), seen)
        yield f"{title}: the first page", text_of(blocks.since_strip(seen), seen)


def _strip() -> Sections:
    yield "The book", text_of(frame.strip(book()))
    live = book().changes["score-search"]
    many = {name: live.model_copy(update={"id": name, "name": name.title()}) for name in "abcdef"}
    yield "Six live changes", text_of(frame.strip(dataclasses.replace(book(), changes=many)))
    yield "A book without changes", text_of(frame.strip(empty()), empty())


def _search_cards() -> Sections:
    documents = documents_of(book(), [HandSection("on-call/#nights", "Nights", "On call", ("Who answers at night.",))])
    for change in documents.changes:
        yield f"{change.id}, on every result", _pairs(change_card(book(), change))
    yield "Without a good match", _pairs(triage_card(book()))
    for known in outages(book()):
        yield f"{known.outage.id}, an outage", _pairs(outage_card(known, book(), list(book().desk.systems)))
    for item in (*documents.symptoms, *documents.more):
        what = {"title": item.title, "severity": item.severity, "keys": item.keys, "change": item.change}
        yield f"{item.kind} {item.address}", _pairs({**what, "scenario": item.scenario, **item.card})


def _pairs(facts: Mapping[str, Any]) -> str:
    """Return what a card says, a line a key; without the keys that hold nothing."""
    found: list[str] = []
    for key, value in facts.items():
        rows = value if isinstance(value, list | tuple) else [value] if value else []
        found += [f"{key}: {' | '.join(map(str, row)) if isinstance(row, tuple) else row}" for row in rows]
    return "\n".join(found)


def _review() -> Sections:
    edits = {
        "score-search.yaml": [("new caller says there is no score", "new caller speaks of it")],
        "desk/teams.yaml": [("name: Fixers", "name: Menders")],
        "old-mapping.yaml": [("name: Old Mapping", "name: Old Units\nformer_names:\n  - Old Mapping")],
        "quiet-index.yaml": [('do: ["Search as before."]', 'do: ["Search by name."]')],
    }
    yield "A proposal", _reviewed(edits, rename={"old-mapping.yaml": "old-units.yaml"}, delete="first-links.yaml")
    wrong = {"six-lines.yaml": [("owner: other-owners", "owner: other-owner")]}
    yield "A proposal with a problem", _reviewed(wrong)
    gap = Problem(Path("changes/a.yaml"), 3, 1, "why: missing; add this section.", gap=True)
    worse = (WorseSearch("old words", "changes/a/", "Another page"), WorseSearch("lost words", "changes/b/", ""))
    lost = Review((), (), (), (), (gap,), (Problem(Path("changes/b.yaml"), 7, 9, "what; remedy"),), (), worse, 20)
    yield "A proposal by which searches lose their pages", as_markdown(lost)
    yield "A proposal that changes nothing", as_markdown(Review((), (), (), (), (), (), (), (), 0))


def _reviewed(
    edits: Mapping[str, list[tuple[str, str]]], *, rename: Mapping[str, str] | None = None, delete: str = ""
) -> str:
    """Return the review of a proposal that makes `edits` in the golden book."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(SOURCE, Path(scratch) / "changes"))
        for name, replacements in edits.items():
            file = folder / name
            text = file.read_text("utf-8")
            for old, new in replacements:
                text = text.replace(old, new)
            file.write_text(text, encoding="utf-8")
        for old, new in (rename or {}).items():
            (folder / old).rename(folder / new)
        if delete:
            (folder / delete).unlink()
        head = load(folder)
    assert head.book
    hand = {"on-call/": "Who answers at night."}
    base = Side(book(), tuple(golden().problems), hand, ())
    return as_markdown(compare(base, Side(head.book, tuple(head.problems), hand, ())))
