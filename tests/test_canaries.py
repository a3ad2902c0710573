"""What readers may not see leaves no trace in an edition: with it or without it, every byte of every file is the same.

So no text of it, and neither an id, a count, a date, an address nor a place in an order: a case adds something to the
book, and says who may notice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from changebook.book import Book
from changebook.editions import Edition, edition_of
from changebook.editions.reader import Reader
from changebook.model import Record
from changebook.model.change import Question, Visible
from changebook.model.contract import Exchange
from changebook.model.launch import Postponement
from changebook.model.notices import PartnerToDo
from changebook.model.phases import Phase
from changebook.outside.look import look_of
from changebook.outside.write import edition_files
from conftest import HARBOR, ROOT, whole

READERS: dict[str, tuple[Edition, str]] = {
    "staff": ("staff", ""),
    "far-labs": ("partners", "far-labs"),
    "near-clinics": ("partners", "near-clinics"),
}
STAFF, LABS, CLINICS = READERS
PARTNERS, ALL = {LABS, CLINICS}, set(READERS)
WHOLE = "score-search"
PHASED = "pier-pages"
Added = Callable[[Book], Book]


@pytest.fixture(scope="module")
def plain() -> Book:
    """The book with every field, and one more change that all readers are told of."""
    book = whole(HARBOR)
    told = book.changes[WHOLE].model_copy(update={"id": "told-to-all", "name": "Told To All", "former_names": ()})
    affects = told.affects.model_copy(update={"partners": ("far-labs", "near-clinics")})
    return replace(book, changes={**book.changes, "told-to-all": told.model_copy(update={"affects": affects})})


def files(book: Book, reader: str) -> dict[str, bytes]:
    """Return every file of an edition."""
    edition, partner = READERS[reader]
    return edition_files(edition_of(book, edition, partner), look_of(ROOT), partner=partner, closed=())


def editions(book: Book) -> dict[str, dict[str, bytes]]:
    """Return every file of the edition of each reader."""
    return {reader: files(book, reader) for reader in READERS}


@pytest.fixture(scope="module")
def before(plain: Book) -> dict[str, dict[str, bytes]]:
    """The editions without anything added."""
    return editions(plain)


def noticed(before: Mapping[str, dict[str, bytes]], more: Book) -> set[str]:
    """Return the readers whose edition differs once the book is `more`."""
    after = editions(more)
    return {reader for reader in READERS if before[reader] != after[reader]}


def first(**update: Any) -> Added:
    """Add a copy of the whole change in front of all others, under another name and at another time."""

    def added(book: Book) -> Book:
        told = book.changes[WHOLE]
        own = {"id": "zq-canary", "name": "Zq Canary", "former_names": ("zq bird",), **update}
        if told.window and "window" not in update:
            days = timedelta(days=77)
            moved = {"start": told.window.start - days, "end": told.window.end - days}
            own["window"] = told.window.model_copy(update=moved)
        affects = told.affects.model_copy(update=own.pop("affects", {}))
        return replace(book, changes={"zq-canary": told.model_copy(update={**own, "affects": affects}), **book.changes})

    return added


def of(change: str, **fields: Callable[[Any], Any]) -> Added:
    """Give fields of a change another value, made from the one they have."""

    def added(book: Book) -> Book:
        record = book.changes[change]
        update = {name: make(getattr(record, name)) for name, make in fields.items()}
        return replace(book, changes={**book.changes, change: record.model_copy(update=update)})

    return added


def one_more(**update: Any) -> Callable[[tuple[Record, ...]], tuple[Record, ...]]:
    """Put a copy of the first item of a list, with other values, in front of it."""
    return lambda items: (items[0].model_copy(update=update), *items)


def desk(**tables: Callable[[Any], Any]) -> Added:
    """Give lists of the desk another value."""

    def added(book: Book) -> Book:
        update = {name: make(getattr(book.desk, name)) for name, make in tables.items()}
        return replace(book, desk=replace(book.desk, **update))

    return added


def entry(**update: Any) -> Callable[[Mapping[str, Record]], Mapping[str, Record]]:
    """Put a copy of the first entry of a list of the desk in front of it."""
    return lambda table: {
        "zq-canary": next(iter(table.values())).model_copy(update={"id": "zq-canary", **update}),
        **table,
    }


TO_NOBODY = {"groups": (), "partners": (), "readers": ()}
NO_PLACE = {"sites": (), "groups": (), "partners": ()}
NOBODYS = {"announcement": None}
FORMER = (Postponement.model_construct(from_=datetime(2026, 12, 14, 8, tzinfo=UTC), at=date(2026, 12, 1), why=None),)
# What is added, and who may notice it.
CASES: dict[str, tuple[Added, set[str]]] = {
    "a change": (first(), {STAFF, LABS}),
    "a draft": (first(status="draft"), set()),
    "a change of one partner": (first(**NOBODYS, affects={"groups": (), "partners": ("far-labs",)}), {LABS}),
    "a change of another": (first(**NOBODYS, affects={"groups": (), "partners": ("near-clinics",)}), {CLINICS}),
    "a change of staff": (first(**NOBODYS, affects={"partners": ()}), {STAFF}),
    "a change for all partners": (first(affects={"partners": ()}), ALL),
    "a question": (of("told-to-all", questions=one_more(**TO_NOBODY, question="Zq?")), ALL),
    "a question of staff": (
        of("told-to-all", questions=one_more(**TO_NOBODY | {"groups": ("nurses",)}, question="Zq?")),
        {STAFF},
    ),
    "a question of a partner": (
        of("told-to-all", questions=one_more(**TO_NOBODY | {"partners": ("near-clinics",)}, question="Zq?")),
        {CLINICS},
    ),
    "a question for the desk": (
        of("told-to-all", questions=one_more(**TO_NOBODY | {"readers": ("desk",)}, question="Zq?")),
        set(),
    ),
    "what staff see": (of("told-to-all", visible=one_more(for_=("nurses",), what="Zq")), {STAFF}),
    "what a partner sees": (of("told-to-all", visible=one_more(for_=("near-clinics",), what="Zq")), {CLINICS}),
    "a phase of a partner": (
        of(PHASED, phases=one_more(**NO_PLACE | {"partners": ("far-labs",)}, name="Zq")),
        {LABS},
    ),
    "a former start of all phases, that of the first": (
        of(PHASED, postponed=lambda own: (*own, *FORMER)),
        {STAFF, LABS},
    ),
    "a former start of all phases, when a partner's own was the first": (
        of(
            PHASED,
            postponed=lambda own: (*FORMER, own[0].model_copy(update={"from_": datetime(2026, 11, 25, tzinfo=UTC)})),
        ),
        {CLINICS},
    ),
    "a former start of a partner's own phase": (of(PHASED, postponed=one_more(from_=FORMER[0].from_)), {CLINICS}),
    "a phase of staff": (of(PHASED, phases=one_more(**NO_PLACE | {"sites": ("pier",)}, name="Zq")), {STAFF}),
    "what a partner does": (
        of(
            WHOLE,
            announcement=lambda said: said.model_copy(
                update={"to_do": one_more(partners=("near-clinics",))(said.to_do)}
            ),
        ),
        set(),
    ),
    "an exchange between systems here": (
        of("told-to-all", contract=one_more(exchange="zq-pull", from_="chart", to="engine")),
        set(),
    ),
    "an exchange with a partner": (
        of("told-to-all", contract=one_more(exchange="zq-pull", from_="engine", to="lab-link")),
        {LABS},
    ),
    "an internal system": (
        lambda book: of(
            "told-to-all",
            affects=lambda affects: affects.model_copy(update={"systems": ("zq-canary", *affects.systems)}),
        )(desk(systems=entry(name="Zq Canary", internal=True))(book)),
        set(),
    ),
    "a system that staff know": (
        lambda book: of(
            "told-to-all",
            affects=lambda affects: affects.model_copy(update={"systems": ("zq-canary", *affects.systems)}),
        )(desk(systems=entry(name="Zq Canary", internal=False))(book)),
        {STAFF},
    ),
    "why, details and former names": (
        of("told-to-all", why=lambda _: "Zq.", details=lambda _: "Zq.", former_names=lambda _: ("zq bird",)),
        {STAFF},
    ),
    "what patients are told": (
        of("told-to-all", announcement=lambda said: said.model_copy(update={"patients": said.staff})),
        {STAFF},
    ),
    "a team, a partner and an outage": (
        desk(teams=entry(name="Zq Canary"), partners=entry(name="Zq Canary"), status=entry(says="Zq.")),
        set(),
    ),
    "tickets, and how they are read": (
        lambda book: replace(desk(mappings=lambda _: {})(book), tickets=()),
        set(),
    ),
    "what the desk carries": (
        desk(calendar=lambda rules: rules.model_copy(update={"a_day": 7, "blackouts": ()})),
        set(),
    ),
    "what only the desk writes": (
        of(
            "told-to-all",
            owner=lambda _: "other-owners",
            review_by=lambda _: date(2031, 5, 7),
            waivers=lambda _: (),
            known_errors=lambda _: (),
            go_no_go=lambda _: None,
            tests=lambda _: (),
            retrospective=lambda _: None,
        ),
        set(),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_only_those_who_may_notice_what_is_added(
    case: str, plain: Book, before: Mapping[str, dict[str, bytes]]
) -> None:
    added, readers = CASES[case]
    assert noticed(before, added(plain)) == readers


@pytest.mark.slow
@pytest.mark.parametrize(
    ("item", "case"),
    [
        (Question, "a question of a partner"),
        (Question, "a question for the desk"),
        (Visible, "what a partner sees"),
        (Phase, "a phase of a partner"),
        (PartnerToDo, "what a partner does"),
        (Exchange, "an exchange between systems here"),
    ],
)
def test_without_the_rule_for_an_item_its_case_is_noticed(
    item: type[Record], case: str, plain: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps = Reader.keeps
    monkeypatch.setattr(Reader, "keeps", lambda self, one: isinstance(one, item) or keeps(self, one))
    added, readers = CASES[case]
    assert noticed(editions(plain), added(plain)) - readers


@pytest.mark.slow
def test_without_the_rule_for_changes_all_are_noticed(plain: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "is_for", lambda self, change: change.status != "draft")
    added, _ = CASES["a change of one partner"]
    assert noticed(editions(plain), added(plain)) == ALL


def test_no_page_of_others_has_a_word_for_a_draft(plain: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "is_for", lambda self, change: True)
    with pytest.raises(KeyError, match="draft"):
        files(plain, STAFF)
