"""Every page leads to the lines it is made from, and says when they were last changed."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from building import build
from changebook.cli import main
from changebook.git.forge import commit_address, edit_address
from changebook.git.history import read_history
from changebook.git.repository import history_of
from changebook.model import Forge
from changebook.pages import pages_of
from conftest import GOOD, SAMPLE, SMALL, Repository, lines, load, project

CHICAGO = ZoneInfo("America/Chicago")
HOME = "https://git.northmere.example/service-desk/changebook"
LINK = re.compile(
    r'<p class="cb-edit cb-no-print"><a href="([^"]+)">Edit this (record|page)</a>(.*?)'
    r'(?:<a class="cb-edit__wrong" [^>]+>[^<]+</a>)?</p>'
)
# What the line that a page leads to says.
BEGINS = {
    "": "name: Complete Change",
    "release-note/": "visible:",
    "faq/": "questions:",
    "contract/": "contract:",
    "launch/": "briefing:",
    "updates/": "updates:",
    "readiness/": "status: live",
}


def forge(**values: str) -> Forge:
    return Forge.model_validate({"kind": "gitlab", "repository": HOME, **values})


@pytest.mark.parametrize(
    ("kind", "edit", "commit"),
    [
        ("github", f"{HOME}/edit/main/changes/a.yaml#L7", f"{HOME}/commit/1a2b"),
        ("gitlab", f"{HOME}/-/edit/main/changes/a.yaml#L7", f"{HOME}/-/commit/1a2b"),
    ],
)
def test_each_forge_has_its_own_addresses(kind: str, edit: str, commit: str) -> None:
    for repository in (HOME, f"{HOME}/"):
        place = forge(kind=kind, repository=repository)
        assert edit_address(place, "changes", PurePosixPath("a.yaml"), 7) == edit
        assert commit_address(place, "1a2b") == commit


def test_an_odd_file_name_stays_inside_its_address() -> None:
    address = edit_address(forge(), "docs", PurePosixPath('a b"#?.md'))
    assert address == f"{HOME}/-/edit/main/docs/a%20b%22%23%3F.md"


def test_a_page_leads_to_the_line_of_what_it_shows(small: Path) -> None:
    shutil.copy(GOOD / "complete-change.yaml", small)
    (small / "desk" / "calendar.yaml").write_text("# What the desk can carry.\na_day: 2\n", encoding="utf-8")
    loaded = load(small)
    assert loaded.book
    record = (small / "complete-change.yaml").read_text("utf-8").splitlines()
    seen = {}
    for page in pages_of(loaded.book):
        assert page.spot, page.address
        file = small / page.spot.path.relative_to("changes")
        line = file.read_text("utf-8").splitlines()[loaded.places.line(page.spot) - 1]
        if page.change:
            seen[page.address.removeprefix("changes/complete-change/")] = line
        elif page.address.startswith("calendar/"):
            assert (file, line) == (small / "desk" / "calendar.yaml", "# What the desk can carry.")
        else:
            name = PurePosixPath(page.address).name
            assert line.startswith(f"{name}:") or (file.stem == name and line == file.read_text("utf-8").split("\n")[0])
    assert record[0] == BEGINS[""]
    playbooks = {part: line for part, line in seen.items() if part.startswith("playbooks/")}
    assert playbooks
    for part, line in playbooks.items():
        assert line.strip() == f"- scenario: {PurePosixPath(part).name}"
    assert seen.keys() - playbooks.keys() == BEGINS.keys()
    assert all(seen[part].startswith(begin) for part, begin in BEGINS.items())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("branch", value) for value in ("-delete", "a..b", "a b", "main/", '"a#b"')),
        *(("book", value) for value in ("/changes", "../changes", "changes/", "a//b", "./a")),
        ("kind", "gitea"),
        ("repository", "git@git.northmere.example:service-desk/changebook.git"),
    ],
)
def test_a_forge_that_leads_nowhere_is_refused(small: Path, key: str, value: str) -> None:
    values = {"kind": "gitlab", "repository": HOME, key: value}
    text = "forge:\n" + "".join(f"  {name}: {said}\n" for name, said in values.items())
    file = small / "desk" / "book.yaml"
    file.write_text(file.read_text("utf-8") + text, encoding="utf-8")
    problems = lines(load(small))
    assert len(problems) == 1
    assert f"forge.{key}: " in problems[0]


def test_a_reviewer_is_a_team_of_the_desk(small: Path) -> None:
    file = small / "desk" / "book.yaml"
    file.write_text(file.read_text("utf-8") + "reviewer: interfases\n", encoding="utf-8")
    assert lines(load(small)) == [
        "changes/desk/book.yaml:12:11: reviewer: no team 'interfases'; did you mean 'interfaces'?"
    ]


def test_the_history_names_the_last_edit_of_each_file_below_the_project(repository: Repository) -> None:
    project = repository.folder / "site"
    (project / "changes").mkdir(parents=True)
    for name in ("a", "b", "é"):
        (project / "changes" / f"{name}.yaml").write_text("one\n", encoding="utf-8")
    (repository.folder / "changes").mkdir()
    (repository.folder / "changes" / "other.yaml").write_text("one\n", encoding="utf-8")
    first = repository.commit()
    (project / "changes" / "b.yaml").write_text("two\n", encoding="utf-8")
    second = repository.commit("/ not a mark")
    (project / "changes" / "new.yaml").write_text("not committed\n", encoding="utf-8")
    history = history_of(project, ("changes", "docs"), CHICAGO)
    assert {path: edit.commit for path, edit in history.edits.items()} == {
        "changes/a.yaml": first,
        "changes/b.yaml": second,
        "changes/é.yaml": first,
    }
    # Half past eleven at night there is the next day in UTC.
    assert {edit.day.isoformat() for edit in history.edits.values()} == {"2026-12-02"}


@pytest.mark.parametrize(
    "setting",
    [
        "log.showRoot=false",
        "log.follow=true",
        "log.date=nonsense",
        "log.showSignature=true",
        "diff.renames=copies",
        "diff.orderFile=nowhere",
        "diff.relative=false",
        "diff.external=false",
        "diff.noprefix=true",
        "color.ui=always",
        "color.diff=always",
        "core.quotePath=true",
        "core.fsmonitor=false",
        "core.pager=false",
        "i18n.logOutputEncoding=UTF-16",
        "notes.displayRef=refs/notes/*",
        "format.pretty=fuller",
    ],
)
def test_what_people_set_for_their_own_git_changes_no_history(repository: Repository, setting: str) -> None:
    folder = repository.folder / "changes"
    folder.mkdir()
    for name in ("é.yaml", "a\nb.yaml", 'c"d.yaml'):
        (folder / name).write_text("one\n", encoding="utf-8")
    first = repository.commit()
    (folder / "é.yaml").rename(folder / "e.yaml")
    second = repository.commit()
    repository.git("config", *setting.split("=", 1))
    edits = history_of(repository.folder, ("changes",), CHICAGO).edits
    assert {path: edit.commit for path, edit in edits.items()} == {
        "changes/é.yaml": second,
        "changes/e.yaml": second,
        "changes/a\nb.yaml": first,
        'changes/c"d.yaml': first,
    }


def test_a_hook_of_another_repository_changes_no_history(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.folder / "changes").mkdir()
    (repository.folder / "changes" / "a.yaml").write_text("one\n", encoding="utf-8")
    repository.commit()
    other = Repository(tmp_path / "other")
    # git tells its hooks where they run.
    for name, value in (("GIT_DIR", ".git"), ("GIT_WORK_TREE", "."), ("GIT_INDEX_FILE", str(other.folder / "index"))):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_PREFIX", "docs/")
    monkeypatch.chdir(other.folder)
    assert list(history_of(repository.folder, ("changes",), CHICAGO).edits) == ["changes/a.yaml"]


def test_a_build_without_history_says_why_on_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    lacks = "Pages do not say when they were last changed, and feeds and calendars not what is newer: "
    said = f"INFO    -  changebook: {lacks}"
    plain = build(folder)
    assert plain.stderr.count(said) == 1
    source = Repository(folder)
    (folder / ".gitignore").write_text("/site/\n", encoding="utf-8")
    source.commit()
    assert said not in build(folder).stderr
    source.commit()
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=1", folder.as_uri(), "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    done = build(shallow.folder)
    assert done.returncode == 0
    assert f"{said}the clone is shallow; fetch the rest: git fetch --unshallow\n" in done.stderr
    monkeypatch.chdir(shallow.folder)
    staff = CliRunner().invoke(main, ["build", "--edition", "staff"])
    assert f"{lacks}the clone is shallow; fetch the rest: git fetch --unshallow\n" in staff.stderr


def test_a_repository_of_another_owner_says_how_to_trust_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.folder / "changes").mkdir()
    repository.commit()
    # How git's own tests make a repository look as if somebody else owned it.
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    said = "it belongs to another user; if you trust it: git config --global --add safe.directory "
    assert unknown(repository.folder) == f"{said}'{repository.folder}'"


def test_where_git_cannot_know_there_is_no_history(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unknown(repository.folder) == "your current branch 'main' does not have any commits yet"
    (repository.folder / "changes").mkdir()
    for text in ("one\n", "two\n"):
        (repository.folder / "changes" / "a.yaml").write_text(text, encoding="utf-8")
        repository.commit()
    assert history_of(repository.folder, ("changes",), CHICAGO).edits
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=1", repository.folder.as_uri(), "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    assert (shallow.folder / "changes" / "a.yaml").is_file()
    assert unknown(shallow.folder) == "the clone is shallow; fetch the rest: git fetch --unshallow"
    plain = tmp_path / "plain"
    plain.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert unknown(plain) == "there is no git history here"
    monkeypatch.setenv("PATH", str(plain))
    assert unknown(repository.folder) == "git is not installed here; install it"


def test_a_merge_that_decides_a_conflict_is_an_edit(repository: Repository) -> None:
    record, other = (repository.folder / "changes" / name for name in ("a.yaml", "b.yaml"))
    record.parent.mkdir()

    def write(text: str, *, beside: str) -> str:
        record.write_text(text, encoding="utf-8")
        other.write_text(beside, encoding="utf-8")
        return repository.commit()

    write("one\n", beside="x\n")
    repository.git("checkout", "--quiet", "-b", "proposal")
    proposed = write("two\n", beside="y\n")
    repository.git("checkout", "--quiet", "main")
    write("three\n", beside="x\n")
    repository.git("merge", "--quiet", "--no-commit", "--strategy=ours", "proposal")
    merge = write("four\n", beside="y\n")
    edits = history_of(repository.folder, ("changes",), CHICAGO).edits
    # What the merge took over as it was is of the commit that wrote it.
    assert {file: edit.commit for file, edit in edits.items()} == {"changes/a.yaml": merge, "changes/b.yaml": proposed}


@pytest.mark.parametrize("seconds", [253402300800, 10**17])
def test_a_commit_in_no_year_of_the_calendar_leaves_its_files_without_a_day(seconds: int) -> None:
    mark, old = "/" + "a" * 40, "/" + "b" * 40
    log = f"{mark} {seconds}\0\nchanges/a.yaml\0{old} 1767268800\0\nchanges/a.yaml\0changes/b.yaml\0"
    assert {file: str(edit.day) for file, edit in read_history(log, CHICAGO).edits.items()} == {
        "changes/b.yaml": "2026-01-01"
    }


def test_a_file_named_like_a_commit_is_a_file(repository: Repository) -> None:
    for name in (f"\x01{'a' * 40} 1764700000", "b.yaml"):
        (repository.folder / name).write_text("one\n", encoding="utf-8")
    only = repository.commit()
    edits = history_of(repository.folder, (".",), CHICAGO).edits
    assert {edit.commit for edit in edits.values()} == {only}


def test_a_commit_before_1970_is_one() -> None:
    log = f"/{'a' * 40} -86400\0\nchanges/a.yaml\0"
    assert str(read_history(log, CHICAGO).edits["changes/a.yaml"].day) == "1969-12-30"


def test_a_book_behind_a_link_says_why_it_has_no_dates(repository: Repository) -> None:
    folder = project(repository.folder / "project", SMALL, handbook=False)
    (folder / "shared").mkdir()
    (folder / "changes").rename(folder / "shared" / "changes")
    (folder / "changes").symlink_to("shared/changes")
    repository.commit()
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "Records do not say when they were last changed: changes/ is a symbolic link" in done.stderr


def unknown(folder: Path) -> str:
    """Return why nothing is known of the folder's history, of which there must be nothing."""
    history = history_of(folder, ("changes",), CHICAGO)
    assert history.edits == {}
    return history.unknown


def test_every_page_of_the_sample_ends_with_its_link_and_no_history_where_there_is_none(site: Path) -> None:
    for file in sorted(site.rglob("index.html")):
        html = file.read_text("utf-8")
        if 'http-equiv="refresh"' in html or file.parent.name in ("downtime", "screen"):
            continue  # an old address, no page of its own; the binder and the wall screen, which lead nowhere
        found = LINK.findall(html)
        assert len(found) == 1, file
        assert found[0][0].startswith(f"{HOME}/-/edit/main/")
        assert found[0][2] == "", file
    hand = LINK.search((site / "handbook" / "kinds" / "index.html").read_text("utf-8"))
    assert hand
    assert hand.groups()[:2] == (f"{HOME}/-/edit/main/docs/handbook/kinds.md", "page")


def test_a_book_in_git_says_when_a_page_was_last_changed(repository: Repository) -> None:
    folder = project(repository.folder, SMALL)
    shutil.copy(GOOD / "complete-change.yaml", folder / "changes")
    shutil.copy(SAMPLE / "desk" / "book.yaml", folder / "changes" / "desk")
    file = folder / "changes" / "desk" / "book.yaml"
    # The small desk has no desk lead, and other teams.
    text = re.sub(r"(?m)^(?:reviewer|lead): .*\n", "", file.read_text("utf-8")).replace("clinical-safety", "interfaces")
    file.write_text(text, encoding="utf-8")
    commit = repository.commit()
    done = build(folder)
    assert done.returncode == 0, done.stderr
    for page in ("changes/complete-change", "playbooks/late-result", "handbook/kinds"):
        html = (folder / "site" / page / "index.html").read_text("utf-8")
        found = LINK.search(html)
        assert found
        said = f'<span>Last change 2 Dec, <a href="{HOME}/-/commit/{commit}">{commit[:7]}</a></span>'
        assert found[3] == said


def test_a_book_without_a_forge_has_no_such_line(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL)
    assert build(folder).returncode == 0
    assert not [file for file in (folder / "site").rglob("*.html") if 'class="cb-edit' in file.read_text("utf-8")]
