from __future__ import annotations

import os
import pickle
import random
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from changebook.book import Book
from changebook.cache.clock import Holding, Watched, steps_between
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.store import LARGEST, NAME, OFF, SETTING, Store, store
from changebook.checking.kept import OUTLINE
from changebook.checking.later import Later
from changebook.checking.loaded import Loaded
from changebook.checking.opened import Opened
from changebook.checking.problems import check_book
from changebook.checking.searching import index_of, kept_index_of
from changebook.checking.verdicts import checked_in
from changebook.checks import ALONE, CHECKS
from changebook.model import Change
from changebook.readiness import own_gap_rules
from changebook.search.documents import SaidOfChange
from conftest import HARBOR, ROOT, SAMPLE

NOW = datetime(2026, 12, 3, 15, tzinfo=UTC)
BOOKS = [pytest.param(HARBOR, id="golden"), pytest.param(SAMPLE, id="sample")]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache that is empty."""
    monkeypatch.setenv(SETTING, str(tmp_path / "cache"))
    return tmp_path / "cache"


def look(folder: Path, now: datetime = NOW) -> Loaded:
    return check_book(folder, clock=lambda: now)


def told(loaded: Loaded) -> list[Any]:
    """Return all that a check says of a book."""
    book = loaded.book
    aside = (book.plain_ok, book.not_read, dict(book.undated), dict(book.changes), book.desk) if book else ()
    return [[str(one) for one in loaded.problems], loaded.unread, dict(loaded.places.lines), loaded.private, *aside]


def without_cache(folder: Path, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> list[Any]:
    with monkeypatch.context() as without:
        without.setenv(SETTING, OFF)
        return told(look(folder, now))


@pytest.mark.slow
@pytest.mark.parametrize("folder", BOOKS)
def test_what_was_kept_says_what_is_read(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = told(look(folder)), look(folder)
    assert any(isinstance(change, Later) for change in second.book.changes.values()) if second.book else False
    assert first == told(second) == without_cache(folder, monkeypatch)


@pytest.mark.slow
def test_what_is_wrong_with_a_file_is_told_again(small: Path, cache: Path) -> None:
    for record in sorted((ROOT / "tests" / "records" / "bad").glob("*.yaml")):
        shutil.copy(record, small)
    first = [str(problem) for problem in look(small).problems]
    assert [str(problem) for problem in look(small).problems] == first
    assert any("unknown key 'id'" in problem for problem in first)


@pytest.mark.slow
@pytest.mark.parametrize("folder", BOOKS)
def test_checks_of_a_change_ask_of_others_only_their_outline(folder: Path) -> None:
    loaded = look(folder)
    book = loaded.book
    assert book

    def sealed(change: Change) -> Change:
        def refuse(name: str, part: bytes) -> Any:
            raise AssertionError(f"a check asks another change for {name!r}; add it to OUTLINE, or ask for less")

        values = {name: value for name, value in change.__dict__.items() if name in OUTLINE}
        parts = {name: b"" for name in change.__dict__ if name not in OUTLINE}
        return Later.of(values, change.model_fields_set, parts, refuse)

    whole = checked_in(replace(book, only=frozenset({"", *book.changes})), folder, CHECKS)
    for name in ("", *book.changes):
        seen = {other: change if other == name else sealed(change) for other, change in book.changes.items()}
        alone = checked_in(replace(book, changes=seen, only=frozenset({name})), folder, CHECKS)
        assert alone.get(name, []) == whole.get(name, [])


@pytest.mark.slow
@pytest.mark.parametrize("folder", BOOKS)
def test_checks_that_ask_no_other_change_find_the_same_in_one_that_is_alone(folder: Path) -> None:
    book = look(folder).book
    assert book
    whole = checked_in(replace(book, only=frozenset(book.changes)), folder, ALONE)
    for name, change in book.changes.items():
        alone = replace(book, changes={name: change}, only=frozenset({name}))
        assert checked_in(alone, folder, ALONE).get(name, []) == whole.get(name, [])


@pytest.mark.parametrize("folder", BOOKS)
def test_own_rules_of_the_gate_ask_no_other_change_and_no_clock(folder: Path) -> None:
    book = look(folder).book
    assert book
    assert own_gap_rules()
    alone = replace(book, changes={}, tickets=(), now=book.now + timedelta(days=1000))
    for rule in own_gap_rules():
        for change in book.changes.values():
            assert list(rule(change, alone)) == list(rule(change, book))


def _edited(folder: Path, edit: Callable[[str], str]) -> Callable[[random.Random], None]:
    def do(chance: random.Random) -> None:
        files = sorted(file for file in folder.glob("*.yaml"))
        if files:
            file = chance.choice(files)
            file.write_text(edit(file.read_text("utf-8")), encoding="utf-8")

    return do


def edits_of(folder: Path) -> list[Callable[[random.Random], None]]:
    """Return what people do to a book: most of it right, some of it wrong."""

    def added(chance: random.Random) -> None:
        file = chance.choice(sorted(folder.glob("*.yaml")))
        shutil.copy(file, folder / f"copy-{chance.randrange(9)}.yaml")

    def removed(chance: random.Random) -> None:
        files = sorted(folder.glob("*.yaml"))
        if len(files) > 2:
            chance.choice(files).unlink()

    def renamed(chance: random.Random) -> None:
        file = chance.choice(sorted(folder.glob("*.yaml")))
        file.rename(folder / f"renamed-{chance.randrange(9)}.yaml")

    def desk(chance: random.Random) -> None:
        file = chance.choice(sorted((folder / "desk").glob("*.yaml")))
        lines = file.read_text("utf-8").splitlines()
        at = chance.randrange(len(lines))
        lines[at:at] = chance.choice(([lines[at]], ["# a comment"], []))
        if chance.random() < 0.3:
            del lines[at]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    number = iter(range(1_000_000))
    return [
        _edited(folder, lambda text: text.replace("\nsentence: ", f"\nsentence: Word {next(number)} ", 1)),
        _edited(folder, lambda text: text.replace("name: ", f"name: New {next(number)} ", 1)),
        _edited(
            folder, lambda text: text.replace("status: live", "status: ready").replace("status: draft", "status: live")
        ),
        _edited(folder, lambda text: text + f"review_by: 2027-01-{next(number) % 28 + 1:02}\n"),
        _edited(folder, lambda text: f"{text}# plain-ok\n"),
        _edited(folder, lambda text: text[: len(text) // 2]),
        _edited(folder, lambda text: text.replace("former_names:", "former_names:\n  - Same Old Name", 1)),
        added,
        removed,
        renamed,
        desk,
    ]


@pytest.mark.slow
def test_after_any_edit_what_was_kept_says_what_is_read(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, origin, folder = random.Random(22), tmp_path / "origin", tmp_path / "book" / "changes"
    shutil.copytree(HARBOR, origin)
    for number in range(EDITED):
        if number % 8 == 0:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(origin, folder)
        chance.choice(edits_of(folder))(chance)
        assert told(look(folder)) == without_cache(folder, monkeypatch), number


EDITED = 24


def held(book: Book) -> list[Any]:
    """Return all that a book holds."""
    asides = book.plain_ok, book.not_read, dict(book.undated), list(book.digests.items()), book.tickets, book.now
    return [book.folder, list(book.changes.items()), book.desk, *asides]


@pytest.mark.parametrize("folder", BOOKS)
def test_a_book_that_is_opened_again_is_the_book_that_was_read(folder: Path, cache: Path) -> None:
    book = look(folder).book
    assert book
    begun = Opened(folder, None, lambda: NOW)
    assert begun.book() is None
    begun.keep(book)
    first, second = begun.book(), begun.book()
    assert first
    assert second
    names = [(change.name, change.status) for change in book.changes.values()]
    assert [(change.name, change.status) for change in first.changes.values()] == names
    assert all(isinstance(change, Later) for change in first.changes.values())
    assert held(first) == held(book)
    with closing(sqlite3.connect(cache / NAME)) as other, other:
        other.execute("DELETE FROM kept")
    assert held(second) == held(book)
    assert begun.book() is None


def test_a_book_that_was_edited_is_not_opened_again(tmp_path: Path, cache: Path) -> None:
    folder, chance = tmp_path / "book" / "changes", random.Random(5)
    shutil.copytree(HARBOR, folder)

    def files() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    book, begun, before = look(folder).book, Opened(folder, None, lambda: NOW), files()
    assert book
    begun.keep(book)
    for edit in edits_of(folder):
        edit(chance)
        assert (Opened(folder, None, lambda: NOW).book() is None) == (files() != before)
        for file in files():
            file.unlink()
        for file, data in before.items():
            file.write_bytes(data)
        assert Opened(folder, None, lambda: NOW).book()
    (folder / "notes.txt").write_text("What is no record.", encoding="utf-8")
    begun.keep(book)  # it came while the book was read
    assert Opened(folder, None, lambda: NOW).book() is None


def test_a_book_is_opened_again_until_its_day_ends_or_a_window_begins(cache: Path) -> None:
    book = look(HARBOR).book
    assert book
    start = next(change.window.start for change in book.changes.values() if change.window)
    Opened(HARBOR, None, lambda: NOW).keep(replace(book, now=start))

    def opened(at: datetime) -> Book | None:
        return Opened(HARBOR, f"{at:%Y-%m-%d %H:%M}", lambda: NOW).book()

    minute, day = timedelta(minutes=1), timedelta(days=1)
    assert opened(start)
    assert opened(start + minute)
    assert not opened(start - minute)
    assert not opened(start + day)


@pytest.mark.slow
def test_the_index_that_was_kept_is_made_again_when_it_would_differ(cache: Path) -> None:
    folder = HARBOR
    loaded = look(folder).book
    assert loaded
    moments = sorted(moment for change in loaded.changes.values() if change.window for moment in (change.window.start,))
    chance, hits = random.Random(7), 0
    for moment in chance.sample(moments, min(2, len(moments))):
        for shift in (-31, 0, 1):
            book = replace(loaded, now=moment + timedelta(days=shift, minutes=chance.choice((-1, 0, 1))))
            for _ in range(2):
                kept = kept_index_of(book)
                assert kept.files == index_of(book, folder).files
            later = replace(book, now=book.now + timedelta(seconds=20))
            before = (cache / NAME).stat().st_mtime_ns
            assert kept_index_of(later).files == index_of(later, folder).files
            hits += (cache / NAME).stat().st_mtime_ns == before
    assert hits > 2
    assert kept_index_of(loaded).ask("timeout") == index_of(loaded, folder).ask("timeout")


def test_an_index_that_is_read_in_parts_answers_as_a_whole_one(cache: Path) -> None:
    book = look(HARBOR).book
    assert book
    whole = index_of(book, HARBOR)
    asked = ["timeout", "cannot find patient", *(change.name for change in book.changes.values()), "LKP-504", "xyzzy"]
    found = {words: whole.ask(words) for words in asked}
    kept_index_of(book)
    in_parts = kept_index_of(book)
    assert {words: in_parts.ask(words) for words in asked} == found
    assert list(in_parts.documents.more) == list(whole.documents.more)
    # Whatever is gone after it was opened, such as by a desk that empties its cache, is made again.
    for gone in range(3):
        in_parts = kept_index_of(book)
        with closing(sqlite3.connect(cache / NAME)) as other, other:
            other.execute("DELETE FROM kept WHERE rowid % 3 = ?", (gone,))
        assert {words: in_parts.ask(words) for words in asked} == found


def test_a_watched_moment_notes_what_is_asked_of_it() -> None:
    now = datetime(2026, 12, 3, 15, tzinfo=ZoneInfo("America/Chicago"))
    hour, month = timedelta(hours=1), timedelta(days=30)

    def asked(question: Callable[[datetime], object]) -> Holding:
        span = Holding()
        assert question(Watched.at(now, span)) == question(now)
        return span

    assert asked(lambda at: at < now + hour) == Holding(high=now + hour)
    assert asked(lambda at: now + hour <= at).holds(now + hour) is False
    assert asked(lambda at: at >= now) == Holding(low=now)
    assert asked(lambda at: max(at, now - hour) >= now - hour).holds(now)
    assert asked(lambda at: at == now).holds(now + timedelta(microseconds=1)) is False
    assert asked(lambda at: at.date()).holds(datetime(2026, 12, 3, 23, 59, tzinfo=now.tzinfo))
    assert not asked(lambda at: at.year).holds(datetime(2026, 12, 4, tzinfo=now.tzinfo))
    assert asked(lambda at: at - month <= now - 20 * 24 * hour).holds(now)
    assert not asked(lambda at: at - month <= now - 20 * 24 * hour).holds(now + month)
    assert asked(lambda at: at - month <= now - month).high == now + timedelta(microseconds=1)
    assert asked(lambda at: at + hour < now + 2 * hour) == Holding(high=now + hour)
    assert asked(lambda at: (at - month).date()).holds(now + hour)
    assert not asked(lambda at: (at - month).date()).holds(now + 9 * hour)
    notice = asked(lambda at: steps_between(at, now + 30 * hour, hour))
    assert [notice.holds(now + timedelta(minutes=by)) for by in (-60, -59, 0, 1)] == [False, True, True, False]
    for question in (
        lambda at: at - now,
        lambda at: now + hour - at,
        lambda at: at + hour - now,
        lambda at: at.hour,
        lambda at: at.timestamp(),
        lambda at: f"{at:%H:%M}",
        hash,
        lambda at: at.astimezone(UTC),
        lambda at: at.astimezone(UTC) - now.astimezone(UTC),
        lambda at: at.replace(hour=3),
        lambda at: at - month <= (now - month).astimezone(UTC),
        lambda at: steps_between(at, now.astimezone(UTC), hour),
        str,
        repr,
    ):
        assert asked(question).exact
        assert not asked(question).holds(now)


@pytest.mark.slow
def test_a_change_that_is_live_too_early_is_so_until_it_begins(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in (0, 6, 12, 18, 23):
        for day in (30, 1, 2, 3, 8, 9):
            now = datetime(2026, 11 if day == 30 else 12, day, hour, 30, tzinfo=UTC)
            assert told(look(HARBOR, now)) == without_cache(HARBOR, monkeypatch, now)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "noise", "folder", "empty", "bits"])
def test_a_broken_cache_is_no_cache(damage: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = told(look(HARBOR))
    file = cache / NAME
    data = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    elif damage == "bits":
        noise = bytearray(data)
        for at in range(5000, len(noise), 211):
            noise[at] ^= 0x55
        file.write_bytes(bytes(noise))
    else:
        file.write_bytes({"cut": data[: len(data) // 2], "noise": os.urandom(9000), "empty": b""}[damage])
    assert told(look(HARBOR)) == right
    assert told(look(HARBOR)) == right == without_cache(HARBOR, monkeypatch)


def test_what_others_could_have_written_is_not_read(cache: Path, tmp_path: Path) -> None:
    look(HARBOR)
    kept, key = Store(cache), b"key"
    kept.put({key: b"value"})
    assert kept.get([key]) == {key: b"value"}
    cache.chmod(0o777)
    assert kept.get([key]) == {}
    cache.chmod(0o700)
    (tmp_path / "link").symlink_to(cache)
    assert Store(tmp_path / "link").get([key]) == {}
    (cache / NAME).rename(tmp_path / NAME)
    (cache / NAME).symlink_to(tmp_path / NAME)
    assert kept.get([key]) == {}


def test_the_cache_is_made_for_one_person(cache: Path) -> None:
    Store(cache).put({b"key": b"value"})
    assert [place.stat().st_mode & 0o777 for place in (cache, cache / NAME)] == [0o700, 0o600]


def test_bytes_make_values_and_run_nothing(tmp_path: Path) -> None:
    class Attack:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.system, (f"touch {tmp_path / 'run'}",)

    # The last is of a module whose name begins as that of one whose records are kept.
    asked = map(pickle.dumps, (Attack(), getattr, pack, SaidOfChange))
    for data in (*asked, b"", b"\x80\x05", b"no"):
        with pytest.raises(BrokenError):
            unpack(data)
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
def test_without_a_cache_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for named in (OFF, "OFF", "0", "~/kept", "in/a/repository"):
        monkeypatch.setenv(SETTING, named)
        look(HARBOR)
        assert store().folder is None
    assert list(tmp_path.iterdir()) == []


def test_what_another_program_holds_is_done_without(cache: Path) -> None:
    kept = Store(cache)
    kept.put({b"key": b"value"})
    with closing(sqlite3.connect(cache / NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert kept.get([b"key"]) == {}
    assert kept.get([b"key"]) == {b"key": b"value"}


def test_the_cache_lies_where_caches_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert store().folder == tmp_path / "changebook"


def test_what_is_private_is_not_kept(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "changes"
    shutil.copytree(HARBOR, folder)
    record = sorted(folder.glob("*.yaml"))[0]
    text = record.read_text("utf-8").replace("\nsentence: ", "\nsentence: For MRN 48213377 ", 1)
    record.write_text(text, encoding="utf-8")
    assert look(folder).private
    assert b"48213377" not in (cache / NAME).read_bytes()


def test_a_check_opens_the_cache_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect, opened = sqlite3.connect, list[Path]()
    monkeypatch.setattr(sqlite3, "connect", lambda file, **more: opened.append(file) or connect(file, **more))
    look(HARBOR)
    assert opened == [cache / NAME]
    # It lets go of it: nothing is in the way of whoever deletes the cache.
    shutil.rmtree(cache)
    look(HARBOR)
    assert opened == [cache / NAME] * 2
    assert (cache / NAME).is_file()


def test_two_at_once_keep_what_both_found(cache: Path) -> None:
    def work(number: int) -> None:
        for part in range(20):
            Store(cache).put({f"{number}-{part}".encode(): b"x" * 1000})

    both = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(Store(cache).get(f"{number}-{part}".encode() for number in range(2) for part in range(20))) == 40


def test_a_cache_that_grew_too_large_begins_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(cache).put({b"old": b"x"})
    monkeypatch.setattr("changebook.cache.store.LARGEST", 10)
    assert LARGEST > 10
    Store(cache).put({b"new": b"y"})
    monkeypatch.undo()
    assert Store(cache).get([b"old", b"new"]) == {b"new": b"y"}
