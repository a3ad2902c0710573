"""Feeds: what they tell, whom, and that a change of what they say moves the entry that said it."""

from __future__ import annotations

import email
import email.policy
import html
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from click.testing import CliRunner

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.cli import main
from changebook.editions import edition_of
from changebook.editions.edition import emptied
from changebook.editions.reader import reader_of
from changebook.feeds import feed_files, feeds_of, note_moments
from changebook.feeds.entries import entries_for, entries_of
from changebook.git.repository import edits_since, history_of
from changebook.pages.files import made_files
from changebook.render import Renderer
from changebook.views.since import KEPT
from conftest import GOOD, SMALL, Repository

SITE = "https://book.example/"


def loaded(folder: Path) -> Book:
    book = load_book(folder, today="2026-12-03 09:42", clock=lambda: datetime.now(UTC)).book
    assert book
    return replace(book, past=edits_since(folder, book.now - KEPT))


def files(book: Book, *, edition: str = "desk", partner: str = "", site: str = SITE) -> dict[str, bytes]:
    """Return the feeds of an edition of `book` by their paths."""
    history = history_of(book.folder.parent, ("changes",), book.desk.settings.zone)
    told, moments, known = book, note_moments(book, history), entries_of(book, history)
    if edition != "desk":
        reader = reader_of(book, edition, partner)  # type: ignore[arg-type]
        moments = note_moments(book, history, lambda change: emptied(change, reader))
        told = edition_of(book, edition, partner)  # type: ignore[arg-type]
        known = entries_for(known, book, moments, partner=bool(partner))
    feeds = feeds_of(told, moments, reader=edition, ids=known.first)  # type: ignore[arg-type]
    renderer = Renderer(told, lambda name: "")  # type: ignore[arg-type,return-value]
    return dict(feed_files(feeds, renderer, whose="Small Hospital", site=site, now=told.now))


def entries(content: bytes) -> dict[str, feedparser.FeedParserDict]:
    """Return the entries of a feed by their titles, as a feed parser reads them."""
    read = feedparser.parse(content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return {entry.title: entry for entry in read.entries}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "book"
    book = shutil.copytree(SMALL, folder / "changes")
    shutil.copyfile(GOOD / "complete-change.yaml", book / "complete-change.yaml")
    repository = Repository(folder)
    repository.commit("Begin the book", at="2026-11-20T08:00:00-06:00")
    return repository


def edit(repository: Repository, old: str, new: str, *, at: str) -> Book:
    """Commit an edit of the complete record, and return the book after it."""
    file = repository.folder / "changes" / "complete-change.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")
    repository.commit("Say it better", at=at)
    return loaded(repository.folder / "changes")


def test_every_feed_is_read_by_a_feed_parser(repository: Repository) -> None:
    made = files(loaded(repository.folder / "changes"))
    ids = []
    for path, content in made.items():
        read = feedparser.parse(content)
        assert not read.bozo, path
        assert read.feed.title
        assert read.feed.updated
        assert {(link.rel, link.type) for link in read.feed.links} == {
            ("self", "application/atom+xml"),
            ("alternate", "text/html"),
        }
        assert next(link.href for link in read.feed.links if link.rel == "self") == f"{SITE}{path}"
        ids.append(read.feed.id)
    assert len(set(ids)) == len(ids)


def test_feeds_are_files_that_hand_written_pages_may_link_to(repository: Repository) -> None:
    book = loaded(repository.folder / "changes")
    assert set(files(book)) <= set(made_files(book))


def test_an_entry_leads_to_its_note_and_says_when_and_what(repository: Repository) -> None:
    made = files(loaded(repository.folder / "changes"))
    entry = entries(made["feeds/release-notes.xml"])["Complete Change"]
    assert entry.link == f"{SITE}changes/complete-change/release-note/"
    text = re.sub(r"<[^>]+>", " ", entry.content[0].value)
    assert "What looks different" in text
    assert "What stays the same" in text


def test_a_reworded_note_updates_its_entry_in_place(repository: Repository) -> None:
    before = entries(files(loaded(repository.folder / "changes"))["feeds/release-notes.xml"])["Complete Change"]
    sentence = re.search(r"^sentence: (.*)$", (GOOD / "complete-change.yaml").read_text("utf-8"), re.M)
    assert sentence
    book = edit(repository, sentence[1], "Orders now say who sent them.", at="2026-12-01T10:00:00-06:00")
    after = entries(files(book)["feeds/release-notes.xml"])["Complete Change"]
    assert after.id == before.id
    assert datetime.fromisoformat(after.updated) == datetime.fromisoformat("2026-12-01T10:00:00-06:00")
    assert datetime.fromisoformat(before.updated) < datetime.fromisoformat(after.updated)


def test_an_edit_that_a_reader_does_not_see_is_no_news(repository: Repository) -> None:
    before = entries(files(loaded(repository.folder / "changes"))["feeds/release-notes.xml"])["Complete Change"]
    file = repository.folder / "changes" / "complete-change.yaml"
    file.write_text(file.read_text("utf-8") + "# A note for whoever edits it next.\n", encoding="utf-8")
    repository.commit("Leave a note", at="2026-12-01T10:00:00-06:00")
    after = entries(files(loaded(repository.folder / "changes"))["feeds/release-notes.xml"])["Complete Change"]
    assert after.updated == before.updated


@pytest.mark.parametrize(("edition", "partner"), [("desk", ""), ("staff", ""), ("partners", "far-labs")])
def test_a_renamed_change_keeps_its_entries(repository: Repository, edition: str, partner: str) -> None:
    changes = repository.folder / "changes"
    edit(repository, "Ask for the date of birth; it decides.", "Open the order again.", at="2026-12-01T10:00:00-06:00")
    record = changes / "complete-change.yaml"
    text = re.sub(r"^former_names:\n(?: .*\n)+", "", record.read_text("utf-8"), flags=re.M)
    record.write_text(text, encoding="utf-8")
    repository.commit("Forget the former names")
    known = {
        path: ids_in(content) for path, content in files(loaded(changes), edition=edition, partner=partner).items()
    }
    assert known["feeds/release-notes.xml"]
    assert known["feeds/updates.xml"]
    assert edition != "desk" or known["feeds/guidance.xml"]
    for old, new in (("Complete Change", "Whole Change"), ("Whole Change", "Entire Change")):
        done = CliRunner().invoke(main, ["rename", old, new, "--book", str(changes), "--yes"])
        assert done.exit_code == 0, done.output
        repository.commit(f"Rename to {new}")
        now = files(loaded(changes), edition=edition, partner=partner)
        assert {path: ids_in(now[path]) for path in known} == known


def test_a_renamed_playbook_keeps_its_entry(repository: Repository) -> None:
    changes = repository.folder / "changes"
    old, new = (changes / "desk" / "scenarios" / f"{name}.yaml" for name in ("late-result", "result-late"))
    old.write_text(old.read_text("utf-8").replace("is done", "is ready", 1), encoding="utf-8")
    repository.commit("Other words", at="2026-12-01T10:00:00-06:00")
    known = ids_in(files(loaded(changes))["feeds/guidance.xml"])
    assert len(known) == 1
    for file in changes.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("late-result", "result-late"), encoding="utf-8")
    old.rename(new)
    new.write_text(new.read_text("utf-8") + "former_files: [late-result]\n", encoding="utf-8")
    repository.commit("Rename a playbook", at="2026-12-02T10:00:00-06:00")
    assert known <= ids_in(files(loaded(changes))["feeds/guidance.xml"])


def ids_in(content: bytes) -> set[str]:
    return {entry.id for entry in entries(content).values()}


def test_moving_the_site_makes_no_entry_new(repository: Repository) -> None:
    book = loaded(repository.folder / "changes")
    here, there = files(book), files(book, site="https://kb.example/desk/")
    for path, content in here.items():
        now = {title: entry.id for title, entry in entries(there[path]).items()}
        assert {title: entry.id for title, entry in entries(content).items()} == now


def test_without_an_address_links_lead_on_from_the_feed(repository: Repository) -> None:
    made = files(loaded(repository.folder / "changes"), site="")
    name = next(path for path in made if path.startswith("feeds/groups/"))
    links = [link.get("href") for link in ET.fromstring(made[name]).iter("{http://www.w3.org/2005/Atom}link")]
    assert links
    assert all(link and link.startswith("../../") for link in links)


def test_a_feed_of_a_group_tells_what_affects_it(repository: Repository) -> None:
    book = loaded(repository.folder / "changes")
    for group in book.desk.groups:
        told = {change.name for change in book.changes.values() if group in change.affects.groups}
        told &= set(entries(files(book)["feeds/release-notes.xml"]))
        assert set(entries(files(book)[f"feeds/groups/{group}.xml"])) == told


def test_a_partner_gets_its_own_notes_and_nothing_of_the_desk(repository: Repository) -> None:
    book = loaded(repository.folder / "changes")
    partner = next(iter(book.changes["complete-change"].affects.partners))
    made = files(book, edition="partners", partner=partner)
    assert list(made) == ["feeds/release-notes.xml", "feeds/updates.xml"]
    assert set(entries(made["feeds/release-notes.xml"])) == {
        change.name for change in edition_of(book, "partners", partner).changes.values()
    }


def test_staff_get_no_partner_no_error_and_no_guidance(repository: Repository) -> None:
    made = files(loaded(repository.folder / "changes"), edition="staff")
    assert {path.split("/")[1] for path in made} == {"release-notes.xml", "updates.xml", "groups"}


def test_guidance_that_changed_is_told_once_as_it_is_now(repository: Repository) -> None:
    edit(repository, "Ask for the date of birth; it decides.", "Open the order again.", at="2026-12-01T10:00:00-06:00")
    book = edit(repository, "Open the order again.", "Close the order, then open it.", at="2026-12-02T10:00:00-06:00")
    made = files(book)
    told = [entry for entry in entries(made["feeds/guidance.xml"]).values() if "Close the order" in str(entry.content)]
    assert [entry.updated for entry in told] == ["2026-12-02T10:00:00-06:00"]
    error = [entry for entry in entries(made["feeds/known-errors.xml"]).values() if "Close the order" in str(entry)]
    assert [entry.updated for entry in error] == ["2026-12-02T10:00:00-06:00"]


UPDATES = """updates:
  - at: 2026-12-03 08:00
    state: investigating
    text: Search finds nobody at the west clinic.
    checking: Whether the index is complete.
    expect: Search by date of birth meanwhile.
    next: 2026-12-03 08:30
    readers: [staff]
  - at: 2026-12-03 08:20
    state: resolved
    text: Search works again.
    known: true
"""


def test_each_update_is_news_to_those_who_read_it(repository: Repository) -> None:
    file = repository.folder / "changes" / "complete-change.yaml"
    file.write_text(file.read_text("utf-8").partition("updates:")[0] + UPDATES, encoding="utf-8")
    repository.commit("Say what is wrong", at="2026-12-03T08:20:00-06:00")
    book = loaded(repository.folder / "changes")
    desk = entries(files(book)["feeds/updates.xml"])
    assert desk["Complete Change: Resolved"].updated == "2026-12-03T08:20:00-06:00"
    assert "Whether the index is complete." in desk["Complete Change: Investigating"].content[0].value
    staff = entries(files(book, edition="staff")["feeds/updates.xml"])
    assert set(staff) == {"Complete Change: Investigating"}
    partner = next(iter(book.changes["complete-change"].affects.partners))
    assert entries(files(book, edition="partners", partner=partner)["feeds/updates.xml"]) == {}


def test_a_note_says_what_not_to_do_and_what_to_expect(repository: Repository) -> None:
    book = loaded(repository.folder / "changes")
    said = book.changes["complete-change"].announcement
    assert said
    assert said.staff
    for edition in ("desk", "staff"):
        entry = entries(files(book, edition=edition)["feeds/release-notes.xml"])["Complete Change"]
        text = html.unescape(re.sub(r"<[^>]+>", "", entry.content[0].value)).replace(
            "\N{RIGHT SINGLE QUOTATION MARK}", "'"
        )
        for heading, lines in (("What not to do", said.staff.do_not), ("What to expect", said.staff.expect)):
            assert (heading in text) is bool(lines)
            assert all(line.replace("`", "") in text for line in lines)
    assert said.staff.do_not
    assert said.staff.expect


def test_nothing_was_updated_after_the_build(tmp_path: Path) -> None:
    # Without git's history a note has the time of its change, which may be ahead.
    book = Path(shutil.copytree(SMALL, tmp_path / "changes"))
    shutil.copyfile(GOOD / "complete-change.yaml", book / "complete-change.yaml")
    early = replace(loaded(book), now=datetime.fromisoformat("2026-11-25T09:00-06:00"))
    read = feedparser.parse(files(early)["feeds/release-notes.xml"])
    assert {read.feed.updated, *(entry.updated for entry in read.entries)} == {"2026-11-25T09:00:00-06:00"}


def digest(repository: Repository, *arguments: str) -> str:
    folder = repository.folder / "changes"
    done = CliRunner().invoke(main, ["digest", "--book", str(folder), "--today", "2026-12-03 09:42", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_digest_is_a_mail_with_what_changed_and_what_comes(repository: Repository) -> None:
    edit(
        repository, "Ask for the date of birth; it decides.", "Close it, then open it.", at="2026-12-02T10:00:00-06:00"
    )
    mail = email.message_from_string(digest(repository), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    text = mail.get_content()
    assert mail["Subject"].endswith("Thu 26 Nov to Thu 3 Dec")
    assert "CHANGED\n\nComplete Change, Wed 2 Dec, 21:00\N{EN DASH}23:00 CST" in text
    assert "Workaround: was" in text
    assert "Close it, then open it." in text


def test_a_digest_says_what_it_cannot_tell(repository: Repository) -> None:
    file = repository.folder / "changes" / "complete-change.yaml"
    text = file.read_text("utf-8")
    file.write_text("name: [", encoding="utf-8")
    repository.commit("Break it", at="2026-12-01T08:00:00-06:00")
    file.write_text(text, encoding="utf-8")
    repository.commit("Put it right", at="2026-12-02T08:00:00-06:00")
    mail = email.message_from_string(digest(repository, "--since", "2026-12-01 20:00"), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert "GUIDANCE\n\nCan't tell for 1 file: broken or in an older format.\n" in mail.get_content()


def test_a_digest_can_be_a_file(repository: Repository, tmp_path: Path) -> None:
    told = digest(repository, "--to", str(tmp_path / "week.eml"))
    assert "week.eml" in told
    mail = email.message_from_bytes((tmp_path / "week.eml").read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None


def test_a_digest_of_nothing_says_so(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "changes"))
    done = CliRunner().invoke(main, ["digest", "--book", str(folder), "--since", "1h"])
    assert done.exit_code == 1
    assert "nothing changed since 1h" in done.output
