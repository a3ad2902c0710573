"""The site in its place is the old one or the new one, whole, whenever a build is stopped and whatever goes wrong."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from building import build, changebook, quick_program
from changebook.cli.swap import put_back, recover, replacing, swap, swap_in_turns
from changebook.errors import ChangebookError
from changebook.source.files import alone_in, write_new
from conftest import ROOT, SMALL, project
from machine import PROGRAM, run

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from kills import digest, killed_swaps


def site(folder: Path, text: str) -> Path:
    """Make a folder of some pages that all say the same."""
    for number in range(20):
        file = folder / f"page-{number}" / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    return folder


def says(folder: Path) -> str:
    return (folder / "page-0" / "index.html").read_text("utf-8")


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def hidden(folder: Path) -> set[str]:
    return {name for name in names(folder) if name.startswith(".")}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the small book whose site is built."""
    folder = project(tmp_path_factory.mktemp("built") / "project", SMALL, handbook=False)
    done = changebook("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(once, tmp_path / "project"))


def test_the_same_is_published_as_by_mkdocs(built: Path, tmp_path: Path) -> None:
    plain = project(tmp_path / "plain", SMALL, handbook=False)
    assert build(plain).returncode == 0
    assert digest(built / "site") == digest(plain / "site")
    assert names(built) - names(plain) == set()


@pytest.fixture(scope="module")
def again(once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy whose site was built again, from another first page, and what that printed."""
    folder = shutil.copytree(once, tmp_path_factory.mktemp("again") / "project")
    (folder / "docs" / "index.md").write_text("# Another\n", encoding="utf-8")
    done = changebook("build", cwd=folder / "docs")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_a_second_build_takes_the_place_of_the_first(once: Path, again: tuple[Path, str]) -> None:
    folder, printed = again
    assert printed == "The site is in ../site.\n"
    assert "Another" in (folder / "site" / "index.html").read_text("utf-8")
    assert digest(folder / "site") != digest(once / "site")
    assert hidden(folder) == {".site.last"}


def test_the_site_before_the_last_build_can_be_put_back(built: Path, again: tuple[Path, str], tmp_path: Path) -> None:
    before = digest(built / "site")
    done = changebook("build", "--back", cwd=built)
    assert (done.returncode, done.stderr) == (1, "Error: no site that site replaced is kept; run changebook build\n")
    folder = Path(shutil.copytree(again[0], tmp_path / "again"))
    after = digest(folder / "site")
    for shown, kept in ((before, after), (after, before)):
        done = changebook("build", "--back", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "in site again" in done.stdout
        assert (digest(folder / "site"), digest(folder / ".site.last")) == (shown, kept)
    assert hidden(folder) == {".site.last"}


@pytest.mark.parametrize("page", ["# X\n\n[gone](#gone)\n", "{{ nothing() }}\n"])
def test_a_build_that_fails_leaves_the_site_as_it_is(built: Path, page: str) -> None:
    before = digest(built / "site")
    (built / "docs" / "index.md").write_text(page, encoding="utf-8")
    done = changebook("build", cwd=built)
    assert done.returncode == 1
    assert "Nothing was published; site is unchanged." in done.stderr
    assert digest(built / "site") == before
    assert hidden(built) == set()


def test_a_disk_without_room_leaves_the_site_as_it_is(built: Path) -> None:
    before = digest(built / "site")
    done = run(quick_program(), "build", cwd=built, room=5000)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "ile too large; check it" in done.stderr
    assert digest(built / "site") == before


@pytest.mark.parametrize("whole", [True, False], ids=["with its MkDocs", "alone"])
def test_a_killed_build_leaves_the_site_as_it_is_and_the_next_one_sweeps(built: Path, whole: bool) -> None:
    before = digest(built / "site")
    (built / "docs" / "index.md").write_text("# Another\n", encoding="utf-8")
    running = subprocess.Popen([*PROGRAM, "build"], cwd=built, stderr=subprocess.DEVNULL, start_new_session=True)
    while not (built / ".site.new").exists():
        assert running.poll() is None
        time.sleep(0.01)
    if whole:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()
    assert digest(built / "site") == before
    assert (built / ".site.new").exists()
    done = changebook("build", cwd=built)
    # The MkDocs of a command runs on for a while, or takes a moment to be gone; a lock that it left would stay.
    last = time.monotonic() + 60
    while "another build of site is running" in done.stderr and time.monotonic() < last:
        done = changebook("build", cwd=built)
    assert done.returncode == 0, done.stderr
    assert "Another" in (built / "site" / "index.html").read_text("utf-8")
    assert hidden(built) == {".site.last"}
    assert digest(built / ".site.last") == before


def test_kills_inside_the_swap_leave_the_old_or_the_new(tmp_path: Path) -> None:
    counts = killed_swaps(tmp_path, kills=10)
    assert counts["neither"] == 0
    assert counts["old"] + counts["new"] == 10


def test_a_second_build_at_once_says_so_and_stops(built: Path) -> None:
    before = digest(built / "site")
    with alone_in(built):
        for arguments in ([], ["--back"]):
            done = changebook("build", *arguments, cwd=built)
            assert done.returncode == 1
            assert done.stderr == "Error: another build of site is running; wait until it ends, then try again\n"
    assert digest(built / "site") == before
    assert hidden(built) == set()


def test_the_build_of_a_killed_command_ends_before_the_next_begins(tmp_path: Path) -> None:
    script = "import sys; print('holding', flush=True); sys.stdin.read()"
    with alone_in(tmp_path, pass_on=True):
        child = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False, text=True
        )
        assert child.stdout
        child.stdout.readline()
    with alone_in(tmp_path) as alone:
        assert not alone
    child.communicate("")
    with alone_in(tmp_path) as alone:
        assert alone


def test_a_folder_that_is_no_site_is_not_replaced(built: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("Dear all", encoding="utf-8")
    for target, said in (
        (tmp_path / "home", "is not a site and would be overwritten"),
        (tmp_path / "home" / "letter.txt", "is not a site and would be overwritten"),
        (built, "is not a site and would be overwritten"),
        (tmp_path, "is not a site and would be overwritten"),
        (built / "docs" / "site", "is in docs/"),
    ):
        done = changebook("build", "--to", str(target), cwd=built)
        assert done.returncode == 2
        assert said in done.stderr
    assert (tmp_path / "home" / "letter.txt").is_file()


def test_a_site_can_be_anywhere_and_behind_a_link(built: Path, tmp_path: Path) -> None:
    (tmp_path / "www").symlink_to(tmp_path / "real")
    for _ in range(2):
        done = changebook("build", "--to", str(tmp_path / "www"), cwd=built)
        assert done.returncode == 0, done.stderr
        assert digest(tmp_path / "real") == digest(built / "site")
    assert (tmp_path / "www").is_symlink()
    # A server of another user reads it.
    assert (tmp_path / "real").stat().st_mode & 0o055 == 0o055


def test_make_site_swaps(built: Path) -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")
    recipe = makefile.partition("\nsite:")[2].partition("\n\n")[0]
    assert "$(BIN)/changebook build\n" in recipe
    assert "rm " not in recipe


# The step itself.


def test_both_change_places_in_one_step(tmp_path: Path) -> None:
    old, new = site(tmp_path / "site", "old"), site(tmp_path / "new", "new")
    digests = digest(old), digest(new)
    assert swap(new, old)
    assert (digest(new), digest(old)) == digests


def test_what_is_not_there_yet_is_only_moved(tmp_path: Path) -> None:
    with replacing(tmp_path / "site") as new:
        site(new, "new")
    assert names(tmp_path) == {"site"}


@pytest.mark.parametrize("in_turns", [False, True])
def test_what_was_replaced_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_turns: bool) -> None:
    if in_turns:
        # A system that has no such step.
        monkeypatch.setattr(sys, "platform", "freebsd14")
    target, last = tmp_path / "site", tmp_path / ".site.last"
    for text in ("first", "second", "third"):
        with replacing(target) as new:
            site(new, text)
    assert (says(target), says(last), names(tmp_path)) == ("third", "second", {"site", ".site.last"})
    assert put_back(target)
    assert (says(target), says(last), names(tmp_path)) == ("second", "third", {"site", ".site.last"})


def test_in_turns_the_new_one_comes_in_or_the_old_one_back(tmp_path: Path) -> None:
    target, old = site(tmp_path / "site", "old"), tmp_path / ".site.old"
    before = digest(target)
    with pytest.raises(FileNotFoundError):
        swap_in_turns(tmp_path / "nowhere", target, old)
    assert (digest(target), names(tmp_path)) == (before, {"site"})
    swap_in_turns(site(tmp_path / "new", "new"), target, old)
    assert (target / "page-0" / "index.html").read_text("utf-8") == "new"
    assert digest(old) == before


def test_a_run_that_was_stopped_between_its_turns_is_undone_by_the_next(tmp_path: Path) -> None:
    target, old = tmp_path / "site", site(tmp_path / ".site.old", "old")
    before = digest(old)
    recover(target, old)
    assert (digest(target), names(tmp_path)) == (before, {"site"})
    site(old, "older")
    recover(target, old)
    assert (digest(target), names(tmp_path)) == (before, {"site"})


def test_an_error_in_between_leaves_everything(tmp_path: Path) -> None:
    target = site(tmp_path / "site", "old")
    before = digest(target)
    with contextlib.suppress(KeyError), replacing(target) as new:
        site(new, "half")
        raise KeyError
    assert (digest(target), names(tmp_path)) == (before, {"site"})


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EPERM])
def test_a_share_that_has_no_links_takes_a_new_file_and_overwrites_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object) -> None:
        raise OSError(code, "Incorrect function")

    monkeypatch.setattr(os, "link", refused)
    write_new(tmp_path / "a.yaml", "one")
    with pytest.raises(ChangebookError, match="already exists"):
        write_new(tmp_path / "a.yaml", "two")
    assert [file.read_text("utf-8") for file in tmp_path.iterdir()] == ["one"]
