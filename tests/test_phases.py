"""A change in phases: each reader sees their own date, and the change is live from its first phase to its last."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browsing import open_page
from changebook.book import Book
from changebook.cli.editions import write_edition
from changebook.editions import edition_of
from changebook.model import Change
from changebook.model.change import Question, Visible
from changebook.model.launch import Postponement
from changebook.model.notices import Announcement, Notice, PartnerToDo
from changebook.model.phases import Window, whole_span
from changebook.model.timeline import done, phase_on, phases_at, phases_for, window_for
from changebook.pages import blocks
from changebook.readiness import ready_by
from changebook.render.dated import dated
from changebook.render.timing import coming, days_ahead, is_suspect, postponed_words, status_words
from changebook.search.index import Index
from changebook.views.announcement import announced
from changebook.views.digest import digest_of
from changebook.views.milestones import milestones
from changebook.views.today import is_launch
from changebook.views.tonight import tonight
from conftest import HARBOR, project, whole
from golden_texts import html_of, text_of
from plain_text import plain_text

PHASED = "pier-pages"
HUB = f"changes/{PHASED}/"
# Who reads, and their own dates.
READERS = {
    "Clerks": ("Tue 1 Dec", "Thu 10 Dec"),
    "Nurses": ("Tue 1 Dec", "Thu 3 Dec", "Thu 10 Dec"),
    "Far Labs": ("Tue 1 Dec",),
    "Near Clinics": ("Thu 17 Dec",),
}
# The sample's, at four sites and three partners.
OF_THE_SAMPLE = {
    "At Northmere General": "Tue 15 Dec",
    "At Eastfield": "Thu 17 Dec",
    "At Westgate and Cedar Hill": "Tue 5 Jan 2027",
    "Clearwater Reference Laboratory and Lakeside Imaging": "Thu 7 Jan 2027",
    "Stonebridge HIE": "Tue 12 Jan 2027",
}


def phased(book: Book, **update: Any) -> Change:
    return book.change(PHASED).model_copy(update=update)


def on(book: Book, time: str, **update: Any) -> tuple[Book, Change]:
    """Return the book at another time, and its phased change."""
    change, now = phased(book, **update), datetime.fromisoformat(time).replace(tzinfo=book.desk.settings.zone)
    return replace(book, now=now, changes={**book.changes, PHASED: change}), change


def at(book: Book, time: str) -> datetime:
    return datetime.fromisoformat(time).replace(tzinfo=book.desk.settings.zone)


def day(window: Window | None) -> str:
    assert window
    return f"{window.start:%d %H:%M} to {window.end:%d %H:%M}"


def test_the_window_of_a_change_in_phases_is_from_the_first_start_to_the_last_end(harbor: Book) -> None:
    change = phased(harbor)
    assert day(change.window) == "01 08:00 to 18 01:00"
    # The phase that starts last may end before another.
    assert day(whole_span(reversed(change.phases))) == "01 08:00 to 18 01:00"


def test_a_group_and_a_partner_have_the_window_of_their_own_phases(harbor: Book) -> None:
    change = phased(harbor)
    assert day(window_for(change, "near-clinics")) == "17 22:00 to 18 01:00"
    assert day(window_for(change, "clerks")) == "01 08:00 to 10 09:00"
    assert [phase.name for phase in phases_for(change, "nurses")] == [
        "Pier first",
        "Lighthouse and lagoon",
        "Island last",
    ]
    assert [phase.name for phase in phases_at(change, "lagoon")] == ["Lighthouse and lagoon"]


def test_whoever_is_in_no_phase_has_all_of_them(harbor: Book) -> None:
    alone = phased(harbor).phases[:3]
    assert phases_for(phased(harbor, phases=alone), "near-clinics") == alone


def test_a_change_with_one_window_has_it_for_everybody(harbor: Book) -> None:
    change = harbor.change("score-search")
    assert window_for(change, "clerks") == change.window
    assert phase_on(change, harbor.now) is None


def test_a_text_for_some_readers_has_the_times_of_their_only_phase(harbor: Book) -> None:
    asked = [
        Question(question="When?", answer="On [go-live day].", groups=groups, partners=partners)
        for groups, partners in ((("clerks",), ()), (("nurses",), ()), ((), ("near-clinics",)), ((), ()))
    ]
    seen = Visible.model_validate({"what": "Page", "change": "added", "after": "New since [end]", "for": ("far-labs",)})
    to_do = PartnerToDo(partners=("near-clinics",), do=("Send it by [go-live].",))
    change = phased(harbor, questions=tuple(asked), visible=(seen,), announcement=Announcement(to_do=(to_do,)))
    said = dated(change, harbor.now)
    # Clerks and nurses are in several phases, so they read when the change begins.
    assert [item.answer for item in said.questions] == [
        "On Tue 1 Dec.",
        "On Tue 1 Dec.",
        "On Thu 17 Dec.",
        "On Tue 1 Dec.",
    ]
    assert said.visible[0].after == "New since Tue 1 Dec, 09:00 CST"
    assert said.announcement
    assert said.announcement.to_do[0].do == ("Send it by Thu 17 Dec, 22:00 CST.",)


def test_a_partners_own_mail_has_the_times_of_its_only_phase(harbor: Book) -> None:
    notice = Announcement(partners=Notice(do=("Stop by [go-live day].",)))
    written = phased(harbor, unchanged=("Nothing else after [end].",), announcement=notice)
    said = dated(written, harbor.now)
    book = replace(harbor, changes={**harbor.changes, PHASED: said}, undated={PHASED: written})
    (version,) = announced(book, said).versions
    assert "Stop by Tue 1 Dec." in version.mail
    mails = {mail.title: mail.mail for mail in version.own}
    assert "Stop by Thu 17 Dec." in mails["Near Clinics"]
    assert "Nothing else after Fri 18 Dec, 01:00 CST." in mails["Near Clinics"]
    assert "Stop by Tue 1 Dec." in mails["Far Labs"]


def test_a_notice_to_readers_who_share_one_phase_has_its_times(harbor: Book) -> None:
    partners = phased(harbor).affects.model_copy(update={"groups": ("clerks",), "partners": ("near-clinics",)})
    told = Notice(do=("Send to the new address from [go-live].",))
    change = phased(harbor, affects=partners, announcement=Announcement(partners=told, staff=told))
    said = dated(change, harbor.now).announcement
    assert said
    assert said.partners
    assert said.partners.do == ("Send to the new address from Thu 17 Dec, 22:00 CST.",)
    # Clerks are in two phases.
    assert said.staff
    assert said.staff.do == ("Send to the new address from Tue 1 Dec, 08:00 CST.",)


@pytest.mark.slow
def test_a_partners_own_edition_has_the_times_of_its_only_phase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = project(tmp_path / "kb", HARBOR, handbook=False) / "changes" / "pier-pages.yaml"
    record.write_text(
        record.read_text("utf-8").replace("as before.", "as before until [go-live day]."), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path / "kb")
    write_edition(tmp_path / "kb", tmp_path / "told", "partners", partner="", today=None)
    notes = {
        partner: plain_text((tmp_path / "told" / partner / HUB / "release-note" / "index.html").read_text("utf-8"))
        for partner in ("far-labs", "near-clinics")
    }
    assert "as before until Tue 1 Dec" in notes["far-labs"]
    assert "as before until Thu 17 Dec" in notes["near-clinics"]


def test_a_phase_that_moved_alone_is_no_move_of_another(harbor: Book) -> None:
    def moved(start: str, phase: str | None) -> Postponement:
        return Postponement.model_construct(from_=at(harbor, start), at=at(harbor, "2026-11-28 09:00"), phase=phase)

    moves = (
        moved("2026-11-24 08:00", None),
        moved("2026-12-09 22:00", "River by night"),
        moved("2026-12-15 22:00", "River by night"),
    )
    book, change = on(harbor, "2026-11-29 09:00", status="ready", postponed=moves)
    assert postponed_words(change, book.now) == "Postponed from Tue 24 Nov"
    assert [postponed_words(change, book.now, phase) for phase in change.phases] == [
        "Postponed from Tue 24 Nov",
        "",
        "",
        "Postponed from Wed 9 Dec and from Tue 15 Dec",
    ]
    (version,) = [one for one in announced(book, change).versions if one.audience == "partners"]
    subjects = {mail.title: mail.subject for mail in version.own}
    assert "(postponed from Tue 24 Nov)" in subjects["Far Labs"]
    assert "(postponed from Wed 9 Dec and from Tue 15 Dec)" in subjects["Near Clinics"]
    told = digest_of(book, book.now - timedelta(days=2)).text("")
    assert told.count("Pier Pages: River by night\nNow Thu 17 Dec, 22:00\u2013Fri 18 Dec, 01:00 CST.\n") == 1
    assert told.count("Pier Pages\nNow Tue 1 Dec, 08:00\u2013") == 1
    hub = text_of(blocks.hub(book, PHASED), book)
    assert "Postponed from Tue 24 Nov" in hub
    assert "Postponed from Wed 9 Dec and from Tue 15 Dec" in hub
    for partner, days in (("near-clinics", {9, 15}), ("far-labs", {24})):
        assert {one.from_.day for one in edition_of(book, "partners", partner).changes[PHASED].postponed} == days


def test_a_book_keeps_what_each_reader_of_a_phase_has_to_be_told(small: Path) -> None:
    text = (HARBOR / "pier-pages.yaml").read_text("utf-8").replace("as before.", "as before until [go-live day].")
    (Path(shutil.copytree(HARBOR, small / "harbor")) / "pier-pages.yaml").write_text(text, encoding="utf-8")
    book = whole(small / "harbor")
    assert list(book.undated) == [PHASED]
    (version,) = [one for one in announced(book, book.change(PHASED)).versions if one.audience == "partners"]
    assert ["until Thu 17 Dec" in mail.mail for mail in version.own] == [False, True]


@pytest.mark.parametrize(
    ("time", "name", "said"),
    [
        ("2026-12-01 08:30", "Pier first", "Live, 0 of 4 done"),
        ("2026-12-03 09:00", "Lighthouse and lagoon", "Live, 1 of 4 done"),
        ("2026-12-04 09:00", "Island last", "Live, 2 of 4 done"),
        ("2026-12-18 00:30", "River by night", "Live, 3 of 4 done"),
        ("2026-12-20 09:00", None, "Live, day 2"),
    ],
)
def test_the_phase_that_is_on_or_comes_next_is_told(harbor: Book, time: str, name: str | None, said: str) -> None:
    book, change = on(harbor, time)
    current = phase_on(change, book.now)
    assert (current and current.name, status_words(change, book.now)) == (name, said)


def test_no_phase_of_a_planned_change_is_done_and_none_of_one_that_was_given_up_is_on(harbor: Book) -> None:
    book, change = on(harbor, "2026-12-04 09:00", status="ready")
    assert done(change, book.now) == 0
    book, change = on(harbor, "2026-12-04 09:00", status="rolled-back")
    assert phase_on(change, book.now) is None


def test_each_day_on_which_a_phase_starts_is_a_launch_day(harbor: Book) -> None:
    days = ["2026-12-01", "2026-12-03", "2026-12-08", "2026-12-10", "2026-12-17", "2026-12-21"]
    found = [is_launch(*on(harbor, f"{one} 07:00")) for one in days]
    assert found == [True, True, False, True, True, False]


def test_tonight_has_the_phase_that_is_on_and_no_phase_of_another_day(harbor: Book) -> None:
    found = [task.what for night in tonight(harbor) if night.change.id == PHASED for task in night.tasks]
    assert [what for what in found if what.startswith("Go-live")] == ["Go-live: Lighthouse and lagoon, until 10:00"]


def test_the_calendar_counts_the_phases_to_come_of_a_live_change(harbor: Book) -> None:
    book, change = on(harbor, "2026-12-04 09:00")
    alone = replace(book, changes={PHASED: change})
    assert [one.id for one in coming(alone, 14)] == [PHASED]
    assert {one.day.day for one in days_ahead(alone, 14) if one.starts} == {10, 17}
    assert coming(replace(alone, changes={PHASED: phased(harbor, status="stable")}), 14) == []


def test_a_change_stays_suspect_for_thirty_days_after_its_last_phase(harbor: Book) -> None:
    for time, found in (("2027-01-15 09:00", True), ("2027-01-20 09:00", False)):
        book, change = on(harbor, time, status="stable")
        assert is_suspect(change, book.now) is found


def test_a_change_that_is_rolled_back_before_its_last_phase_stays_suspect_for_thirty_days(harbor: Book) -> None:
    decided = phased(harbor).go_no_go
    assert decided
    back = decided.model_copy(update={"at": at(harbor, "2026-12-04 09:25"), "decision": "roll-back"})
    for made, days in (
        (back, {"2026-12-04 09:25": True, "2027-01-03 09:25": True, "2027-01-03 09:26": False}),
        # Who wrote the status alone did not say when.
        (None, {"2026-12-04 09:25": True, "2027-01-17 01:00": True, "2027-01-17 01:01": False}),
    ):
        change = phased(harbor, status="rolled-back", go_no_go=made)
        assert {day: is_suspect(change, at(harbor, day)) for day in days} == days


def test_support_is_ready_by_the_first_phase_and_a_partner_is_told_before_its_own(harbor: Book) -> None:
    change = phased(harbor)
    assert ready_by(change, harbor) == change.phases[0].start
    notices = {item.what: f"{item.at:%d %H:%M}" for item in milestones(harbor, change)}
    assert notices["Notice to Far Labs, 14 days ahead"] == "17 08:00"
    assert notices["Notice to Near Clinics, 12 hours ahead"] == "17 10:00"


def test_a_version_whose_last_day_has_passed_has_stopped_answering(harbor: Book) -> None:
    for time, said in (
        ("2026-12-03 09:00", "STU3 works through Sun 31 Jan 2027."),
        ("2027-02-01 09:00", "STU3 stopped working after Sun 31 Jan."),
    ):
        book, _ = on(harbor, time)
        assert said in plain_text(html_of(blocks.contract(book, "score-search"), book))


def test_on_its_last_day_partners_read_that_a_version_works(harbor: Book) -> None:
    for time, said in (
        ("2027-01-31 09:00", "works through 31 Jan."),
        ("2027-02-01 09:00", "stopped working after 31 Jan."),
    ):
        book, _ = on(harbor, time)
        assert f"STU3 {said}" in plain_text(html_of(blocks.release_note(book, "score-search"), book))


def test_exchanges_that_share_a_code_have_a_row_each_and_the_first_keeps_its_address(harbor: Book) -> None:
    html = html_of(blocks.contract(harbor, PHASED), harbor)
    assert ['id="code-pag-1"' in html, 'id="code-pag-1--page-push"' in html] == [True, True]
    found = [hit.document.address for hit in Index(harbor).ask("PAG-1").hits]
    assert found[0] == f"{HUB}contract/#code-pag-1"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("pier pages lagoon", "Thu 3 Dec, 08:30"),
        ("pier pages outer island", "Thu 10 Dec, 08:00"),
        ("when do far labs get pier pages", "Tue 1 Dec, 08:00"),
        ("when do near clinics get pier pages", "Thu 17 Dec, 22:00"),
    ],
)
def test_search_finds_a_phase_by_its_site_and_by_its_partner(harbor: Book, words: str, line: str) -> None:
    found = [hit.document for hit in Index(harbor).ask(words).hits]
    (phase,) = [item for item in found if "#phase-" in item.address][:1]
    assert phase.card["line"].startswith(line)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_each_reader_sees_their_own_date(chromium: Browser, harbor_address: str, size: str) -> None:
    page, complaints = open_page(chromium, f"{harbor_address}{HUB}release-note/", size=size)
    for reader, dates in READERS.items():
        row = page.locator("section:has(> * #when) tbody tr", has=page.locator("th", has_text=reader))
        for one in dates:
            expect(row).to_contain_text(one)
    mail = page.locator("#mail-partners-near-clinics")
    expect(mail).to_contain_text("Thu 17 Dec, 22:00")
    expect(mail).not_to_contain_text("Tue 1 Dec")
    page.goto(f"{harbor_address}{HUB}")
    current = page.locator("tr[aria-current=step]")
    expect(current).to_contain_text("Lighthouse and lagoon")
    expect(current).to_contain_text("Now")
    for address, date in (("partners/far-labs/", "Tue 1 Dec"), ("partners/near-clinics/", "Thu 17 Dec")):
        page.goto(f"{harbor_address}{address}")
        expect(page.locator(".cb-row", has_text="Pier Pages")).to_contain_text(date)
    page.goto(f"{harbor_address}{HUB}")
    page.keyboard.press("/")
    page.keyboard.type("pier pages")
    expect(page.locator(".cb-result", has_text="River by night").first).to_contain_text("Thu 17 Dec, 22:00")
    assert not complaints


def test_at_four_sites_and_three_partners_each_has_its_own_line(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}changes/status-page-names/release-note/", size="phone")
    rows = page.locator("section:has(> * #when) tbody tr")
    expect(rows).to_have_count(len(OF_THE_SAMPLE))
    for number, (who, when) in enumerate(OF_THE_SAMPLE.items()):
        expect(rows.nth(number)).to_contain_text(who)
        expect(rows.nth(number)).to_contain_text(when)
    expect(page.locator("#mail-staff")).to_contain_text("Eastfield: Thu 17 Dec")
    for partner, when in (
        ("clearwater-reference-laboratory", "Thu 7 Jan 2027"),
        ("stonebridge-hie", "Tue 12 Jan 2027"),
    ):
        expect(page.locator(f"#mail-partners-{partner}")).to_contain_text(when)
    assert not complaints
