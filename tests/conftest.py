"""The books that tests read, their built sites, and what each test needs."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from accessibility import Kinds
from browsing import serve, start_chromium
from building import build
from changebook.book import Book
from changebook.checking.loaded import Loaded
from changebook.checking.problems import check_book
from changebook.scaffold.schema import schemas
from changebook.scaffold.starter import Answers, starter_files
from needs import has_sample, marks_of, needs_its_module

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "book"
GOOD = ROOT / "tests" / "records" / "good"
HARBOR = ROOT / "tests" / "golden" / "book"
# The desk and the changes of a hospital in Germany; what any German book starts with is not in it.
AUENTAL = ROOT / "tests" / "german"
# The sample book. Where an organization has its own book in its place, the tests of the sample are left out.
SAMPLE = ROOT / "changes"
# How many changes a big book has.
THOUSAND = 1000
# A folder that is memory. Tests make a hundred thousand small files; all that are there at once take less than this.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite tests/golden/*.txt")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a cache of its own, which all of its processes share: every test is one of the cache too.

    What tests write lies in memory where there is room, unless `TMPDIR` names another place: a disk takes three times
    as long.
    """
    if not hasattr(config, "workerinput"):
        if "TMPDIR" not in os.environ and has_room(MEMORY):
            os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
        folder = tempfile.mkdtemp(prefix="changebook-cache-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        os.environ["CHANGEBOOK_CACHE"] = folder


def has_room(folder: Path) -> bool:
    """Return whether tests can write into a folder, and run what they wrote."""
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC


@pytest.hookimpl(tryfirst=True)  # before pytest selects by marker
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function):
            for mark in marks_of(item):
                item.add_marker(mark)
            # Tests in the browser go to whichever worker is free: those of one file are half of a run. Only xdist's own
            # option says in a worker how tests are dealt out: there `dist` is always "no".
            if getattr(config.option, "loadgroup", False) and needs_its_module(item):
                item.add_marker(pytest.mark.xdist_group(item.path.stem))
    if not has_sample(SAMPLE):
        about = [item for item in items if item.get_closest_marker("sample")]
        items[:] = [item for item in items if not item.get_closest_marker("sample")]
        config.hook.pytest_deselected(items=about)


def pytest_collection_finish() -> None:
    """Look for what can be forgotten seldom, and only among what tests make: everything before them stays."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_report_header() -> str | None:
    """Say why tests are left out, above all results."""
    about = "changes/ is not the sample book of Northmere Health: tests marked 'sample' are left out"
    return None if has_sample(SAMPLE) else about


def load(folder: Path, *, today: str | None = None, search: bool = False) -> Loaded:
    """Return the checked book in `folder`; without a pinned today, it is the third of December 2026."""
    return check_book(
        folder,
        shown_as=Path("changes"),
        today=today,
        clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC),
        search=search,
    )


def lines(loaded: Loaded) -> list[str]:
    """Return the problems of a book as printed."""
    return [str(problem) for problem in loaded.problems]


def project(folder: Path, changes: Path, *, handbook: bool = True) -> Path:
    """Make a copy of this project's site in `folder` with the book in `changes`.

    To build the handbook takes as long as a small book: without it, links to it lead nowhere, and no build says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "macros").mkdir()
    shutil.copy(ROOT / "macros" / "main.py", folder / "macros")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(changes, folder / "changes")
    if not handbook:
        shutil.rmtree(folder / "docs" / "handbook")
        (folder / "docs" / "upkeep.md").unlink()
        settings = folder / "mkdocs.yml"
        kept = settings.read_text("utf-8").partition("  - Handbook:\n")[0]
        settings.write_text(kept.replace("links: {not_found: warn", "links: {not_found: info"), encoding="utf-8")
    return folder


def auental(folder: Path) -> Path:
    """Make the repository of the German book in `folder`, as `changebook init` begins one."""
    asked = Answers("Klinikum Auental", "IT-Service-Desk", "8100", "Europe/Berlin", "de", "", "DE-BY")
    for path, text in starter_files(asked).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    shutil.copytree(AUENTAL, folder, dirs_exist_ok=True)
    return folder


def tags(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return every start tag of a page with its attributes, as a browser would read them."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, {key: value or "" for key, value in attrs}))  # type: ignore[method-assign]
    parser.feed(html)
    return found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small desk, without changes."""
    return Path(shutil.copytree(SMALL, tmp_path / "changes"))


@pytest.fixture(scope="session")
def book() -> Book:
    """The small desk with the complete change and the shortest draft."""
    loaded = load_with(GOOD.glob("*.yaml"))
    assert lines(loaded) == []
    assert loaded.book
    return loaded.book


def load_with(records: Iterable[Path]) -> Loaded:
    """Return the small desk with some records, loaded from a folder of their own."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(SMALL, Path(scratch) / "changes"))
        for record in records:
            shutil.copy(record, folder)
        return load(folder)


@pytest.fixture(scope="session")
def harbor() -> Book:
    """The book that has every field, status and rule."""
    return whole(HARBOR)


@pytest.fixture(scope="session")
def sample() -> Book:
    """The sample book."""
    return whole(SAMPLE)


@pytest.fixture(scope="session")
def schema_files(tmp_path_factory: pytest.TempPathFactory, sample: Book) -> Path:
    """The folder with the schemas of the sample's desk."""
    top = tmp_path_factory.mktemp("schemas")
    for path, text in schemas(sample.desk).items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, encoding="utf-8")
    return top / "docs" / "schema"


@cache
def whole(folder: Path) -> Book:
    """Return a book that has no problem; gaps it may have. It is loaded once."""
    loaded = load(folder)
    assert [line for line in lines(loaded) if "gap:" not in line] == []
    assert loaded.book
    return loaded.book


@pytest.fixture(scope="session")
def harbor_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tests' own book, Harbor Point's."""
    return built(tmp_path_factory, HARBOR, "harbor")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book's site."""
    return built(tmp_path_factory, SAMPLE, "sample")


@pytest.fixture(scope="session")
def german_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the German book, with its past and its site."""
    return shared(tmp_path_factory, "auental", lambda folder: with_past(auental(folder)))


def built(tmp_path_factory: pytest.TempPathFactory, changes: Path, name: str) -> Path:
    """Return the site of a book."""
    return shared(tmp_path_factory, name, lambda folder: project(folder, changes)) / "site"


def shared(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a project with its site, built strictly without a warning; all workers of a run share one build."""
    base = run_folder(tmp_path_factory)
    folder = base / f"{name}-project"
    with (base / f"{name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
            done = build(folder)
            assert done.returncode == 0, done.stderr
            assert "WARNING" not in done.stderr, done.stderr
    assert (folder / "site" / "index.html").is_file(), "another worker could not build it"
    return folder


def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def harbor_address(harbor_site: Path) -> Iterator[str]:
    """The address at which the site of the tests' own book is served."""
    with serve(harbor_site) as address:
        yield address


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the sample's site is served."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Kinds:
    """The kinds of text whose colors the rules of accessibility were tried on, on all pages; see `violations`."""
    return Kinds(run_folder(tmp_path_factory) / "kinds")


class Repository:
    """A git repository of its own: an author's files, committed at a fixed time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")

    def git(self, *arguments: str, at: str = "") -> str:
        """Run git here, knowing nothing of the machine's settings, and return what it prints."""
        told = {**WHO, "DATE": at or WHO["DATE"]}
        who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in told.items()}
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-c", "maintenance.auto=false", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "Edit", *, at: str = "") -> str:
        """Commit everything, at a time of its own if need be, and return the commit's hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, at=at)
        return self.git("rev-parse", "HEAD")


def with_past(folder: Path) -> None:
    """Commit the German book as it was two weeks ago, then as it is: numbers, texts, checks and times are others."""
    repository = Repository(folder)
    now = {file: file.read_text("utf-8") for file in (folder / "changes").rglob("*.yaml")}
    for file, text in now.items():
        file.write_text("".join(map(_before, text.splitlines(keepends=True))), "utf-8")
    (folder / "changes" / "desk" / "scenarios" / "keine-berechtigung.yaml").unlink()
    repository.commit(at="2026-11-20T10:00:00+01:00")
    for file, text in now.items():
        file.write_text(text, "utf-8")
    repository.commit(at="2026-12-02T10:00:00+01:00")


def past_words(folder: Path) -> list[str]:
    """Return who committed the past of the German book, and each value there that is another now."""
    lines = [line for file in (folder / "changes").rglob("*.yaml") for line in file.read_text("utf-8").splitlines()]
    return [
        WHO["NAME"],
        *(_before(line).partition(": ")[2] or _before(line) for line in lines if _before(line) != line),
    ]


def _before(line: str) -> str:
    for new, old in _IN_THE_PAST.items():
        line = line.replace(new, old)
    return line


# What a German book says now, and what it said before.
_IN_THE_PAST = {
    'phone: "81': 'phone: "82',
    "hours: mon-fri 0": "hours: mon-thu 0",
    "backup_after: 10m": "backup_after: 30m",
    "priority: 3": "priority: 4",
    "Danke": "Vielen Dank",
    "codes: [BEF-210, BEF-211]": "codes: [BEF-210]",
    "  - do: Fragen": "  - do: Zuerst fragen",
    "then: escalate, to: schnittstellen": "then: next",
    "workaround: Im": "workaround: Nur im",
    "result: passed": "result: failed",
}
WHO = {"NAME": "Robin", "EMAIL": "robin@northmere.example", "DATE": "2026-12-02T23:30:00-06:00"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path / "repository")
