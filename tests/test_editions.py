"""Staff and partners read what is theirs, and nothing of the desk's is in the bytes of their editions."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from jinja2 import UndefinedError
from playwright.sync_api import Browser, expect

import changebook.model
from browsing import headers_of, open_page, put_back, serve
from changebook.book import Book
from changebook.checks.editions import check_outside_words
from changebook.cli import main
from changebook.editions import Edition, edition_of
from changebook.editions.edition import emptied
from changebook.editions.fields import DESK, PARTNERS, STAFF, STAFF_AND_PARTNERS
from changebook.editions.read import fields_for
from changebook.editions.reader import reader_of
from changebook.editions.short import partner_short_names
from changebook.editions.words import Hidden
from changebook.model import Entry, Record
from changebook.model.change import Question, Visible
from changebook.model.keys import keys_of
from changebook.model.phases import whole_span
from changebook.model.record import readers_of
from changebook.model.settings import ServiceDesk
from changebook.model.text import IDS
from changebook.outside.links import without_lost_links
from changebook.outside.look import look_of
from changebook.outside.scan import leaks
from changebook.outside.write import edition_files
from changebook.render.sheets import paper_of
from changebook.views.finding import FEW
from conftest import HARBOR, ROOT, SAMPLE, Repository, load, project

TABLES = (STAFF_AND_PARTNERS, STAFF, PARTNERS, DESK)
_MARK = re.compile(r"zq[0-9]{4}x")
Outside = tuple[Edition, str]
READERS: tuple[Outside, ...] = (("staff", ""), ("partners", "far-labs"), ("partners", "near-clinics"))


@cache
def models() -> tuple[type[Record], ...]:
    """Return every class of records there is, found by looking."""

    def under(cls: type[Record]) -> Iterator[type[Record]]:
        for each in cls.__subclasses__():
            if each.__module__.startswith(changebook.model.__name__):
                yield each
            yield from under(each)

    return tuple(cls for cls in dict.fromkeys(under(Record)) if cls is not Entry)


@cache
def harbor() -> Book:
    """Return the book in which every field has a value."""
    book = load(HARBOR).book
    assert book
    return book


@cache
def marks() -> dict[tuple[type[Record], str], str]:
    """Return a mark for each field of each class that holds text: a word that is nowhere else."""
    texts = (
        (cls, key.name)
        for cls in models()
        for key in keys_of(cls)
        if key.shape and key.shape != IDS and not key.table and not key.terms and not key.inner
    )
    return {each: f"zq{number:04}x" for number, each in enumerate(texts)}


def marked(value: Any, mark: str = "") -> Any:
    """Return a record with the mark of its field behind every text in it."""
    if isinstance(value, str):
        return f"{value} {mark}" if mark else value
    if isinstance(value, tuple):
        return tuple(marked(item, mark) for item in value)
    if isinstance(value, dict):
        return {key: marked(item, mark) for key, item in value.items()}
    if isinstance(value, Record):
        own = {name: marks().get((type(value), name), "") for name in type(value).model_fields}
        return value.model_copy(update={name: marked(getattr(value, name), mark) for name, mark in own.items()})
    return value


@cache
def marked_book() -> Book:
    """Return the book with a mark in every text of every record; every exchange is one of far-labs, which is in two
    phases of a change.
    """
    book = harbor()
    mail = book.desk.settings.model_copy(update={"feedback": "pages@harborpoint.example"})
    labs = book.desk.partners["far-labs"].model_copy(update={"systems": tuple(book.desk.systems)})
    partners = {**book.desk.partners, "far-labs": labs}
    book = replace(book, desk=replace(book.desk, settings=mail, partners=partners))
    pages = book.changes["pier-pages"]
    phases = [phase.model_copy(update={"partners": ("far-labs",)}) for phase in pages.phases]
    phased = pages.model_copy(update={"phases": (*phases[:1], *pages.phases[1:3], *phases[3:])})
    moved, dated = book.changes["portal-move"], book.changes["lab-codes-r5"]
    assert dated.window
    window = dated.window.model_copy(update={"outage": "slow"})
    dated = dated.model_copy(update={"window": window, "postponed": moved.postponed})
    search = book.changes["score-search"]
    questions = tuple(item.model_copy(update={"was": ("As it was",)}) for item in search.questions)
    playbooks = tuple(
        one.model_copy(update={"downtime": one.downtime.model_copy(update={"entered_within": timedelta(hours=3)})})
        if one.downtime
        else one
        for one in search.playbooks
    )
    search = search.model_copy(update={"questions": questions, "playbooks": playbooks})
    changed = {"pier-pages": phased, "lab-codes-r5": dated, "score-search": search}
    book = replace(book, changes={**book.changes, **changed})
    desk = {field.name: getattr(book.desk, field.name) for field in fields(book.desk) if field.name != "ids"}
    said = {
        name: {key: marked(item) for key, item in value.items()} if isinstance(value, Mapping) else marked(value)
        for name, value in desk.items()
    }
    changes = {name: marked(change) for name, change in book.changes.items()}
    return replace(book, desk=replace(book.desk, **said), changes=changes)


@cache
def built(book: Book, edition: Edition, partner: str) -> dict[str, bytes]:
    """Return the files of an edition, but for those that are the same for everybody."""
    told = edition_of(book, edition, partner)
    files = edition_files(told, look_of(ROOT), partner=partner, closed=())
    return {path: content for path, content in files.items() if not path.startswith("assets/")}


def whole(book: Book, edition: Edition, partner: str) -> str:
    files = built(book, edition, partner)
    return "\n".join([*files, *(content.decode() for content in files.values())])


def test_every_field_of_every_model_is_in_one_table_of_readers() -> None:
    for cls in models():
        said = [name for table in TABLES for name in table.get(cls, "").split()]
        assert sorted(said) == sorted(cls.model_fields), cls.__name__
    assert {cls for table in TABLES for cls in table} == set(models())


def test_what_the_model_keeps_at_the_desk_is_in_no_other_edition() -> None:
    for cls in models():
        outside = fields_for(cls, "staff") | fields_for(cls, "partners")
        kept = {name for name, info in cls.model_fields.items() if readers_of(info) == "desk"}
        assert outside & kept == set(), cls.__name__


def test_the_desk_has_the_whole_book() -> None:
    assert edition_of(harbor(), "desk") is harbor()


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS[:2])
def test_a_text_is_in_exactly_the_editions_it_may_be_in(reader: Outside) -> None:
    said = set(_MARK.findall(whole(marked_book(), *reader)))
    placed = set(_MARK.findall(f"{vars(marked_book().desk)} {marked_book().changes}"))
    called = {mark: f"{cls.__name__}.{name}" for (cls, name), mark in marks().items()}
    may = {mark for (cls, name), mark in marks().items() if name in fields_for(cls, reader[0])} & placed
    may -= {mark for mark, name in called.items() if name in CHOOSING}
    assert [called[mark] for mark in sorted(said - may)] == []
    assert [called[mark] for mark in sorted(may - said)] == []


# By these it is chosen who reads a record, who notices an outage, and on which paper it is; no page says them.
CHOOSING = {
    *("Partner.id", "Site.id", "PartnerToDo.partners", "Phase.partners", "Question.partners"),
    *("Phase.outage", "Postponement.phase", "Window.outage", "Settings.paper"),
}


@pytest.mark.slow
def test_without_one_rule_of_the_table_a_page_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    book, quiet = marked_book(), set[str]()
    before = {reader: built(book, *reader) for reader in READERS[:2]}
    for cls, name in ((cls, name) for table in TABLES[:3] for cls, names in table.items() for name in names.split()):
        monkeypatch.setattr("changebook.editions.edition.fields_for", without(cls, name))
        readers = [reader for reader in READERS[:2] if name in fields_for(cls, reader[0])]
        if all(said_without_it(book, *reader) == before[reader] for reader in readers):
            quiet.add(f"{cls.__name__}.{name}")
    assert quiet == CHOOSING


def without(cls: type[Record], name: str) -> Callable[[type[Record], str], frozenset[str]]:
    """Return what each edition may hold, but for one field."""
    return lambda each, edition: fields_for(each, edition) - ({name} if each is cls else set())


def said_without_it(book: Book, edition: Edition, partner: str) -> dict[str, bytes]:
    """Return the files of an edition, none where they cannot be made without what is missing."""
    try:
        return built.__wrapped__(book, edition, partner)
    except (AttributeError, TypeError, KeyError, ValueError, UndefinedError):
        return {}


def records(value: Any) -> Iterator[Record]:
    """Yield every record in a value, at any depth."""
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from records(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from records(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from records(item)


@pytest.mark.parametrize("reader", READERS)
def test_what_an_edition_may_not_hold_is_gone_before_anything_is_rendered(reader: Outside) -> None:
    told = edition_of(harbor(), *reader)
    held = [told.changes, *(getattr(told.desk, field.name) for field in fields(told.desk))]
    for record in (found for value in held for found in records(value)):
        for name in type(record).model_fields.keys() - fields_for(type(record), reader[0]):
            if isinstance(record, ServiceDesk):  # partners have its number from outside, and no other
                assert record.phone == harbor().desk.settings.desk.outside_phone
                continue
            info = type(record).model_fields[name]
            empty = None if info.is_required() else info.get_default(call_default_factory=True)
            assert getattr(record, name) == empty, f"{type(record).__name__}.{name}"


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_no_id_of_the_desk_is_in_an_edition(reader: Outside) -> None:
    desk, text = harbor().desk, whole(harbor(), *reader)
    lists = (desk.teams, desk.scenarios, desk.categories, desk.kinds, desk.cases, desk.workflows)
    secret = {name for table in lists for name in table} - {*desk.systems, *desk.groups}
    secret |= {name for name in desk.partners if name != reader[1]}
    secret |= {name for name, change in harbor().changes.items() if change.status == "draft"}
    assert [name for name in sorted(secret) if re.search(rf"(?<![\w-]){name}(?![\w-])", text)] == []


@pytest.mark.parametrize("reader", READERS)
def test_counts_know_nothing_of_drafts(reader: Outside) -> None:
    told = edition_of(harbor(), *reader).changes
    assert "draft" not in {change.status for change in told.values()}
    page = built(harbor(), *reader)["index.html"].decode()
    # What was cancelled is told at its address, and no news.
    listed = [change for change in told.values() if change.status != "cancelled"]
    assert page.count('class="cb-row cb-row--change"') == len(listed)
    assert f">{len(listed)} release notes<" in page or len(listed) <= FEW


def test_a_partner_reads_of_no_other_partner_and_of_no_staff() -> None:
    told = edition_of(harbor(), "partners", "far-labs")
    assert list(told.desk.partners) == ["far-labs"]
    assert (told.desk.groups, told.desk.teams) == ({}, {})
    for change in told.changes.values():
        assert {*change.affects.partners, *(who for item in change.visible for who in item.for_)} <= {"far-labs"}
        assert not any(question.groups for question in change.questions)
        assert not change.announcement or change.announcement.staff is None


def test_a_change_for_partners_that_names_none_is_for_all_of_them() -> None:
    record = next(item for item in harbor().changes.values() if item.announcement and item.announcement.partners)
    for_all = record.model_copy(update={"affects": record.affects.model_copy(update={"partners": ()})})
    for name in ("far-labs", "near-clinics"):
        assert reader_of(harbor(), "partners", name).is_for(for_all)
        assert not reader_of(harbor(), "partners", name).is_for(for_all.model_copy(update={"status": "draft"}))


def test_the_short_name_of_a_partner_is_a_word_that_means_only_it(sample: Book) -> None:
    assert set(partner_short_names(sample).values()) == {"Meridian", "Lakeside", "Stonebridge", "Clearwater"}
    one = sample.desk.partners["lakeside-imaging"]
    # An ordinary word, that of a site, the organization's own, and one that begins the names of two.
    for name in (
        "Community Health",
        "General Imaging",
        "Cedar Imaging",
        "Northmere Labs",
        "Stonebridge Labs",
        "X Labs",
    ):
        partners = {**sample.desk.partners, one.id: one.model_copy(update={"name": name})}
        assert one.id not in partner_short_names(replace(sample, desk=replace(sample.desk, partners=partners)))
    # In German, every noun begins with a capital.
    settings = sample.desk.settings.model_copy(update={"language": "de"})
    assert not partner_short_names(replace(sample, desk=replace(sample.desk, settings=settings)))


@pytest.mark.parametrize(
    ("text", "told"),
    [("Ask Lakeside first.", ["Lakeside"]), ("Lakeside's feed stops.", []), ("Wait. Lakeside calls.", [])],
)
def test_a_short_name_is_no_name_where_any_word_has_a_capital(sample: Book, text: str, told: list[str]) -> None:
    reader = reader_of(sample, "partners", "meridian-clearing")
    assert list(Hidden(sample, reader, short=True).found(text)) == told


def test_no_partner_of_the_sample_reads_of_another_once_a_draft_is_ready(sample: Book) -> None:
    change = sample.changes["status-page-names"]
    phases = tuple(
        phase.model_copy(update={"name": phase.name.replace("lab and imaging partners", "Clearwater and Lakeside")})
        for phase in change.phases
    )
    for told, found in ((change, 0), (change.model_copy(update={"phases": phases}), 2)):
        ready = told.model_copy(update={"status": "ready"})
        book = replace(sample, changes={**sample.changes, ready.id: ready})
        said = [text for spot, text in check_outside_words(book) if spot.path.stem == ready.id]
        assert len(said) == found, said


def test_the_scan_finds_a_hidden_name_in_a_page_a_file_name_and_a_compressed_file() -> None:
    hidden = Hidden(harbor(), reader_of(harbor(), "staff"))
    team = next(iter(harbor().desk.teams.values()))
    files = {
        "a.html": f"<!-- {team.name} -->".encode(),
        "b.json.gz": gzip.compress(team.queue.encode()),
        f"{team.name}.txt": b"",
        "d.html": b"Nothing.",
    }
    assert [path for path, _ in leaks(files, hidden)] == [f"{team.name}.txt", "a.html", "b.json.gz"]
    assert list(leaks(built(harbor(), "staff", ""), hidden)) == []


def test_links_to_what_an_edition_lacks_become_text() -> None:
    page = (
        '<a class="x" href="../../playbooks/a/">Playbook</a> <a href="../faq/#one">Answer</a> <a href="#here">Here</a> '
        '<a href="https://git.example/book/commit/1">Commit</a> <a href="tel:100">100</a> <a href="https://vendor.example/">V</a>'
    )
    shown = without_lost_links(page, "changes/a/", {"changes/faq/", "changes/a/"}, closed=("https://git.example/",))
    assert shown == (
        'Playbook <a href="../faq/#one">Answer</a> <a href="#here">Here</a> '
        'Commit <a href="tel:100">100</a> <a href="https://vendor.example/">V</a>'
    )


def test_a_name_that_a_calendar_file_folds_is_found() -> None:
    hidden = Hidden(harbor(), reader_of(harbor(), "staff"))
    team = next(iter(harbor().desk.teams.values())).name
    folded = f"{team[:3]}\r\n {team[3:]}".encode()
    assert [path for path, _ in leaks({"a.ics": folded, "b.html": folded}, hidden)] == ["a.ics"]


@pytest.mark.parametrize("reader", READERS)
def test_the_calendar_of_an_edition_has_its_own_dates_and_no_meeting(reader: Outside) -> None:
    files = built(harbor(), *reader)
    told = edition_of(harbor(), *reader).changes
    page, ics = (files[f"calendar/{name}"].decode() for name in ("index.html", "changes.ics"))
    linked = set(re.findall(r'href="../changes/([^/]+)/release-note/"', page))
    dated = {name for name, one in told.items() if "UID:" + name in ics}
    assert dated
    assert linked <= told.keys()
    # A cancelled change is on the page until its day, in the file for longer.
    assert {name for name in dated - linked if told[name].status != "cancelled"} == set()
    assert not re.search(r"UID:(board|briefing|decision)-", ics)
    assert 'href="../calendar/changes.ics"' in page
    assert (
        ("groups/nurses/nurses.ics" in files)
        == ('href="../groups/nurses/nurses.ics"' in page)
        == (reader[0] == "staff")
    )
    assert "Ready" not in ics
    # What goes on now is told by updates on release notes, and nowhere else.
    assert not [path for path in files if path.startswith(("now", "screen", "outages", "since"))]


def test_every_link_of_an_edition_leads_to_a_page_of_it() -> None:
    files = built(harbor(), "staff", "")
    for path, content in files.items():
        for address in re.findall(r'href="((?:\.\.?/|/)[^"#]*)', content.decode()):
            target = urlsplit(urljoin(f"https://x.example/{path}", address)).path.lstrip("/")
            known = target in files or f"{target}index.html" in files or target.startswith("assets/")
            assert known, f"{path}: {address}"


def test_old_addresses_lead_to_the_release_note() -> None:
    files = built(harbor(), "staff", "")
    for old in ("changes/pier-pages/", "changes/pier-pages/faq/"):
        assert b"url=../" in files[f"{old}index.html"]
        assert b"changes/pier-pages/release-note/" in files[f"{old}index.html"]


@pytest.fixture(scope="module")
def sample_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites of staff and of one partner, as the command writes them from a repository whose past is short."""
    top = tmp_path_factory.mktemp("editions")
    repository = Repository(project(top / "project", SAMPLE, handbook=False))
    repository.commit()
    with pytest.MonkeyPatch.context() as here:
        here.chdir(repository.folder)
        for name, *more in (("staff",), ("partners", "--partner", "clearwater-lab")):
            done = CliRunner().invoke(main, ["build", "--edition", name, *more, "--to", str(top / name)])
            assert done.exit_code == 0, done.output
    return top


@pytest.mark.slow
@pytest.mark.slow
def test_a_release_note_for_staff_has_only_its_own_links(sample_editions: Path) -> None:
    note = sample_editions / "staff" / "changes" / "fhir-patient-lookup-r4" / "release-note" / "index.html"
    leading = re.findall(r'<a [^>]*href="([^"]+)"', note.read_text("utf-8"))
    own = [address for address in leading if not address.startswith(("#", "tel:"))]
    tabs = ("../../../", "../../../", "../../../faq/", "../../../contact/")
    assert own == [*tabs, "../handout/"]
    to_come = sample_editions / "staff" / "changes" / "claims-api-2-4" / "release-note" / "index.html"
    assert 'href="../../../changes/claims-api-2-4/claims-api-2-4.ics"' in to_come.read_text("utf-8")


@pytest.mark.slow
def test_calendars_and_feeds_of_an_edition_lead_to_its_own_pages(sample_editions: Path) -> None:
    staff, partner = "https://changes.northmere.example/", "https://clearwater.northmere.example/"
    for folder, address, group in (
        ("staff", staff, "groups/pharmacy-staff/pharmacy-staff.ics"),
        ("partners", partner, ""),
    ):
        site = sample_editions / folder
        for file in filter(None, ("calendar/changes.ics", group)):
            events = Calendar.from_ical((site / file).read_bytes()).walk("VEVENT")
            assert events
            for event in events:
                assert event["url"].startswith(address)
                assert (site / event["url"].removeprefix(address) / "index.html").is_file()
        feed = (site / "feeds" / "release-notes.xml").read_text("utf-8")
        assert f'href="{address}changes/' in feed


@pytest.mark.slow
def test_the_command_builds_one_partner_and_refuses_another_name(sample_editions: Path, tmp_path: Path) -> None:
    partner = sample_editions / "partners"
    assert "Clearwater Lab Onboarding" in (partner / "index.html").read_text("utf-8")
    assert not (partner / "changes" / "claims-api-2-4").exists()
    wrong = ["build", "--edition", "partners", "--partner", "clearwater", "--to", str(tmp_path / "x")]
    done = CliRunner().invoke(main, wrong)
    assert done.exit_code == 2
    assert "no partner 'clearwater'; did you mean 'clearwater-lab'?" in done.output
    alone = CliRunner().invoke(main, ["build", "--partner", "clearwater-lab"])
    assert "--partner goes with --edition partners" in alone.output
    assert not (tmp_path / "x").exists()


def test_search_and_filters_of_an_edition_work_without_a_fault(sample_editions: Path, chromium: Browser) -> None:
    headers = headers_of(sample_editions / "staff")
    assert "sha256" not in headers["Content-Security-Policy"]
    script = (sample_editions / "staff" / "assets" / "js" / "edition.js").read_text("utf-8")
    assert [line for line in script.splitlines() if line.lstrip().startswith("//")] == []
    with serve(sample_editions / "staff", headers=headers) as address:
        page, complaints = open_page(chromium, f"{address}?for=pharmacy-staff")
        shown = page.locator(".cb-row--change:visible .cb-row__name").all_inner_texts()
        assert shown == ["Pharmacy Queue Fix", "Allergy Codes Refresh"]
        page.get_by_label("System").select_option(index=1)
        page.wait_for_url("**/?for=pharmacy-staff&system=*")
        page.locator("[name=text]").fill("queue mrn 4471902")
        page.wait_for_url("**text=queue")
        assert complaints == []
        page.route("**/search.json", lambda route: route.fulfill(status=404, body="[]"))
        page.goto(f"{address}search/?q=hyphenated surname")
        expect(page.locator("[data-cb-pages-shown]")).to_contain_text("Search could not be read.")
        page.unroute("**/search.json")
        complaints.clear()
        page.locator("[data-cb-pages] [name=q]").press("Enter")
        page.wait_for_selector("[data-cb-pages-found] a")
        assert page.inner_text("[data-cb-pages-found] a >> nth=0") in (
            "Lookup Hyphen Fix",
            "How do I find a surname with a hyphen?",
        )
        assert complaints == []
        put_back(page)


def test_every_handout_fits_one_side_of_paper(sample_editions: Path, chromium: Browser, sample: Book) -> None:
    style = (sample_editions / "staff" / "assets" / "css" / "edition.css").read_text("utf-8")
    assert style.endswith(f"{paper_of(sample.desk.settings)}\n")
    handouts = sorted((sample_editions / "staff" / "changes").glob("*/handout"))
    assert handouts
    with serve(sample_editions / "staff") as address:
        page, _ = open_page(chromium, address)
        for folder in handouts:
            page.goto(f"{address}changes/{folder.parent.name}/handout/")
            sides = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
            assert sides == 1, folder.parent.name
        put_back(page)


def told(item: Record) -> set[str]:
    """Return for whom an item is, of staff and two partners."""
    return {partner or edition for edition, partner in READERS if reader_of(harbor(), edition, partner).keeps(item)}


ALL = {"staff", "far-labs", "near-clinics"}


@pytest.mark.parametrize(
    ("named", "readers"),
    [
        ({}, ALL),
        ({"groups": ("clerks",)}, {"staff"}),
        ({"partners": ("far-labs",)}, {"far-labs"}),
        ({"groups": ("clerks",), "partners": ("far-labs",)}, {"staff", "far-labs"}),
        ({"readers": ("desk",)}, set()),
        ({"readers": ("staff",)}, {"staff"}),
        ({"readers": ("patients",)}, {"staff"}),
        ({"readers": ("partners",)}, {"far-labs", "near-clinics"}),
        ({"readers": ("staff",), "partners": ("far-labs",)}, set()),
        ({"readers": ("partners",), "groups": ("clerks",)}, set()),
        ({"readers": ("partners",), "groups": ("clerks",), "partners": ("far-labs",)}, {"far-labs"}),
    ],
)
def test_a_question_is_read_by_those_it_names_among_its_readers(
    named: dict[str, tuple[str, ...]], readers: set[str]
) -> None:
    question = Question.model_construct(question="Why?", answer="So.", groups=(), partners=(), readers=(), must_find=())
    assert told(question.model_copy(update=named)) == readers


@pytest.mark.parametrize(
    ("named", "readers"),
    [
        ({}, ALL),
        ({"groups": ("nurses",)}, {"staff"}),
        ({"sites": ("pier",)}, {"staff"}),
        ({"partners": ("far-labs",)}, {"far-labs"}),
        ({"sites": ("pier",), "partners": ("far-labs",)}, {"staff", "far-labs"}),
    ],
)
def test_a_phase_is_read_by_those_who_are_in_it(named: dict[str, tuple[str, ...]], readers: set[str]) -> None:
    phase = harbor().changes["pier-pages"].phases[0]
    nobody: dict[str, tuple[str, ...]] = {"sites": (), "groups": (), "partners": ()}
    assert told(phase.model_copy(update={**nobody, **named})) == readers


def test_what_looks_different_is_read_by_those_who_see_it_and_names_nobody_else() -> None:
    seen = Visible.model_construct(what="Score", change="added", before=None, after="90", for_=("clerks", "far-labs"))
    assert told(seen) == {"staff", "far-labs"}
    assert emptied(seen, reader_of(harbor(), "staff")).for_ == ("clerks",)
    assert emptied(seen, reader_of(harbor(), "partners", "far-labs")).for_ == ("far-labs",)


def test_a_partner_reads_of_exchanges_with_its_own_systems_only() -> None:
    exchange = harbor().changes["lab-codes-r5"].contract[0]
    assert (exchange.from_, exchange.to) == ("lab-link", "engine")
    assert told(exchange) - {"staff"} == {"far-labs"}
    turned = exchange.model_copy(update={"from_": "engine", "to": "lab-link"})
    assert told(turned) - {"staff"} == {"far-labs"}
    assert told(exchange.model_copy(update={"from_": "chart"})) - {"staff"} == set()


def test_a_change_is_for_the_partners_it_affects_and_for_staff_whom_it_affects() -> None:
    record = harbor().changes["pier-pages"]
    for partners, groups, readers in (
        (("far-labs",), (), {"far-labs"}),
        ((), ("clerks",), {"staff"}),
        (("near-clinics",), ("clerks",), {"near-clinics", "staff"}),
        ((), (), {"staff"}),
    ):
        affects = record.affects.model_copy(update={"partners": partners, "groups": groups})
        change = record.model_copy(update={"affects": affects, "announcement": None})
        found = {
            partner or edition for edition, partner in READERS if reader_of(harbor(), edition, partner).is_for(change)
        }
        assert found == readers


def test_a_change_in_phases_takes_as_long_as_the_phases_of_its_readers() -> None:
    for edition, partner in READERS:
        change = edition_of(harbor(), edition, partner).changes.get("pier-pages")
        if change:
            assert change.window == whole_span(change.phases)


def test_an_internal_system_is_named_to_nobody() -> None:
    assert harbor().desk.systems["engine"].internal
    assert "engine" not in edition_of(harbor(), "staff").desk.systems
    assert "chart" in edition_of(harbor(), "staff").desk.systems
