"""What changed since a moment: exactly the guidance that says something else, whatever else was committed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, Page

from accessibility import violations
from browsing import open_page, put_back, serve
from building import build
from changebook.cli import main
from conftest import GOOD, SMALL, Repository, project

CASES = Path(__file__).parent / "since"
MOMENTS = [
    *("", "12h", "3d", "7d", "30d"),
    *("2026-12-03 08:50", "2026-12-01 08:00", "2026-11-26 09:30", "2026-11-20 08:59", "2026-11-12", "2026-10-01"),
]


def history() -> Any:
    return yaml.load((CASES / "history.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


def commits(folder: Path) -> Repository:
    """Return a repository with the thirty commits of the scripted history."""
    repository = Repository(folder)
    book = folder / "changes"
    for step in history():
        if not book.exists():
            shutil.copytree(SMALL, book)
            record = (GOOD / "complete-change.yaml").read_text("utf-8")
            # It gets another name in the course of this history, and it repeats itself by the first one.
            (book / "complete-change.yaml").write_text(record.replace("repeats: complete-change\n", ""), "utf-8")
        for old, new in step.get("move", {}).items():
            (book / old).rename(book / new)
        for name, edits in step.get("edit", {}).items():
            change(book / name, edits)
        for name, text in step.get("add", {}).items():
            (book / name).parent.mkdir(exist_ok=True)
            (book / name).write_text(text, encoding="utf-8")
        if "delete" in step:
            (book / step["delete"]).unlink()
        repository.commit(step["says"], at=f"{step['at'].replace(' ', 'T')}:00-06:00")
    return repository


def change(file: Path, edits: dict[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in edits.items():
        assert text.count(old) == 1, (file.name, old)
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The scripted history; nobody edits it."""
    return commits(tmp_path_factory.mktemp("since") / "book")


@pytest.fixture
def own(scripted: Repository, tmp_path: Path) -> Repository:
    """A copy of the scripted history, to edit."""
    return Repository(Path(shutil.copytree(scripted.folder, tmp_path / "own")))


def since(repository: Repository, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["since", *arguments, "--book", str(repository.folder / "changes")])


def told(repository: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    """Return what changed, how, and what it is called."""
    done = since(repository, *arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    return [(one["what"], one["how"], one["title"]) for one in json.loads(done.stdout)["changed"]]


def test_the_history_has_thirty_commits(scripted: Repository) -> None:
    assert len(history()) == 30
    assert scripted.git("rev-list", "--count", "HEAD") == "30"


def test_since_lists_exactly_the_changed_guidance(scripted: Repository, request: pytest.FixtureRequest) -> None:
    shown = []
    for moment in MOMENTS:
        done = since(scripted, *filter(None, [moment]))
        assert done.exit_code == 0, done.output
        shown.append(f"$ changebook since {moment}".rstrip() + f"\n{done.stdout}")
    text, file = "\n".join(shown), CASES / "printed.txt"
    if request.config.getoption("--golden"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text("utf-8"), "is it meant? then run: pytest tests/test_since.py --golden"


def test_what_is_in_no_commit_yet_is_told_first(own: Repository) -> None:
    file = own.folder / "changes" / "desk" / "scenarios" / "late-result.yaml"
    change(file, {"Look into the result portal.": "Look into the portal."})
    deleted = own.git("show", "HEAD~4:changes/desk/scenarios/sign-in-fails.yaml")
    (own.folder / "changes" / "desk" / "scenarios" / "sign-in.yaml").write_text(f"{deleted}\n", encoding="utf-8")
    done = since(own, "2026-12-03 08:50")
    assert done.stdout.splitlines() == [
        "2 changes since Thu 3 Dec, 08:50 CST.",
        "",
        "Not committed yet  Playbook changed: Result is late",
        "  Workaround: was “Look into the result portal.”, now “Look into the portal.”",
        "  /playbooks/late-result/",
        "",
        "Not committed yet  New playbook: Sign-in fails",
        "  /playbooks/sign-in/",
    ]
    # A day ago it was there, under another name.
    assert told(own) == [
        ("playbook", "changed", "Result is late"),
        ("team", "changed", "Interfaces"),
        ("first response", "changed", "Patient not found"),
    ]


def test_a_merged_proposal_counts_when_it_is_merged(own: Repository) -> None:
    own.git("checkout", "--quiet", "-b", "proposal", "HEAD~3")
    file = own.folder / "changes" / "desk" / "teams.yaml"
    change(file, {'phone: "300"': 'phone: "301"'})
    # Written before the moment that is asked about, and published after it.
    own.commit("Another number", at="2026-12-02T20:00:00-06:00")
    own.git("checkout", "--quiet", "main")
    own.git("merge", "--quiet", "--no-ff", "--message", "Merge", "proposal", at="2026-12-03T08:55:00-06:00")
    assert told(own, "2026-12-03 08:50") == [("number", "changed", "Interfaces")]
    assert told(own, "2026-12-03 08:55") == []


def test_a_file_in_an_older_format_is_never_no_change(own: Repository) -> None:
    file = own.folder / "changes" / "desk" / "scenarios" / "patient-not-found.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("first_response:", "opening:"), encoding="utf-8")
    own.commit("How it was written once", at="2026-12-03T08:50:00-06:00")
    file.write_text(text, encoding="utf-8")
    own.commit("A key has another name", at="2026-12-03T08:55:00-06:00")
    lines = since(own, "2026-12-03 08:50").stdout.splitlines()
    assert lines == [
        "Can't tell for 1 file: broken or in an older format.",
        "Other files: nothing changed since Thu 3 Dec, 08:50 CST.",
        "",
        "Not compared, so what changed in them is not listed:",
        "  desk/scenarios/patient-not-found.yaml",
    ]
    assert since(own, "2026-12-03 08:55").stdout == "No changes since Thu 3 Dec, 08:55 CST.\n"


def test_what_came_while_its_file_could_not_be_read_has_no_date(own: Repository) -> None:
    file = own.folder / "changes" / "whole-change.yaml"
    text = file.read_text("utf-8")
    third = """known_errors:
  - id: KE-3
    title: The score of newborns is missing
    workaround: Ask for the mother's name.
    state: open
    severity: low
    owner: records-team
"""
    file.write_text(text.replace("sentence:", "says:"), encoding="utf-8")
    own.commit("How it was written once", at="2026-12-03T08:50:00-06:00")
    file.write_text(text.replace("known_errors:\n", third), encoding="utf-8")
    own.commit("A key has another name", at="2026-12-03T08:55:00-06:00")
    lines = since(own, "2026-12-03 08:46").stdout.splitlines()
    assert lines[2] == "Date unknown  New known error: KE-3, The score of newborns is missing (Whole Change)"
    # What comes once the file can be read has its date, and keeps it.
    change(file, {"The score of newborns": "The score of twins' newborns"})
    change(own.folder / "changes" / "desk" / "teams.yaml", {'phone: "300"': 'phone: "301"'})
    own.commit("Another title, another number", at="2026-12-03T08:57:00-06:00")
    assert "Thu 3 Dec, 08:57 CST  Number changed: Interfaces" in since(own, "2026-12-03 08:46").stdout


def test_what_is_new_has_the_date_when_it_came(own: Repository) -> None:
    change(own.folder / "changes" / "whole-change.yaml", {"Ask for the first name.": "Ask for the full name."})
    own.commit("Another workaround", at="2026-12-03T08:50:00-06:00")
    assert "Sun 22 Nov, 09:00 CST  New known error: KE-2, The score of twins" in since(own, "2026-11-20 08:59").stdout


def test_a_playbook_that_is_gone_is_still_called_by_its_title(own: Repository) -> None:
    folder = own.folder / "changes" / "desk" / "scenarios"
    deleted = own.git("show", "HEAD~4:changes/desk/scenarios/sign-in-fails.yaml")
    (folder / "sign-in-fails.yaml").write_text(f"{deleted}\n", encoding="utf-8")
    change(folder / "patient-not-found.yaml", {"then: done": "then: sign-in-fails"})
    own.commit("A result leads on", at="2026-12-03T08:50:00-06:00")
    change(folder / "patient-not-found.yaml", {"then: sign-in-fails": "then: done"})
    (folder / "sign-in-fails.yaml").unlink()
    own.commit("And no longer", at="2026-12-03T08:55:00-06:00")
    printed = since(own, "2026-12-03 08:50").stdout
    assert "go to Sign-in fails" in printed
    assert "sign-in-fails" not in printed


def test_hours_backup_queue_and_holidays_are_told(own: Repository) -> None:
    change(
        own.folder / "changes" / "desk" / "teams.yaml",
        {
            "hours: mon-fri 08:00-17:00": "hours: mon-sun 08:00-17:00",
            "queue: IFACE": "queue: ENGINE",
            'phone: "300"': 'phone: "301"',
            "backup: front-desk\n  does: Runs": "backup: records-team\n  does: Runs",
        },
    )
    file = own.folder / "changes" / "desk" / "book.yaml"
    holiday = "holidays:\n  - {day: 2026-12-24, name: Christmas Eve}\nlead: front-desk\n"
    file.write_text(file.read_text("utf-8") + holiday, encoding="utf-8")
    assert since(own, "2026-12-03 08:50").stdout.splitlines() == [
        "4 changes since Thu 3 Dec, 08:50 CST.",
        "",
        "Not committed yet  Number changed: Interfaces",
        "  Number: was “300”, now “301”",
        "  /on-call/#interfaces",
        "",
        "Not committed yet  Team changed: Interfaces",
        "  Backup: was “Front Desk”, now “Records Team”",
        "  Queue: was “IFACE”, now “ENGINE”",
        "  /on-call/#interfaces",
        "",
        "Not committed yet  Team changed: Records Team",
        "  Hours: was “Mon\N{EN DASH}Fri 08:00\N{EN DASH}17:00 in America/New_York”, "
        "now “Mon\N{EN DASH}Sun 08:00\N{EN DASH}17:00 in America/New_York”",
        "  /on-call/#records-team",
        "",
        "Not committed yet  Service desk changed: Teal Valley Desk",
        "  Lead added: “Front Desk”",
        "  Holiday added: “Thu 24 Dec 2026, Christmas Eve”",
        "  /on-call/",
    ]


def test_a_file_that_is_broken_now_is_named_and_the_others_are_compared(own: Repository) -> None:
    change(own.folder / "changes" / "desk" / "teams.yaml", {'phone: "300"': 'phone: "301"'})
    change(own.folder / "changes" / "whole-change.yaml", {"sentence:": "says:"})
    lines = [
        "Can't tell for 1 file: broken or in an older format.",
        "Other files: 1 change since Thu 3 Dec, 08:50 CST.",
        "",
        "Not committed yet  Number changed: Interfaces",
        "  Number: was “300”, now “301”",
        "  /on-call/#interfaces",
        "",
        "Not compared, so what changed in them is not listed:",
        "  whole-change.yaml",
        "Run 'changebook check' for what is broken now.",
    ]
    assert since(own, "2026-12-03 08:50").stdout.splitlines() == lines
    # So is one of the desk's lists.
    change(own.folder / "changes" / "desk" / "teams.yaml", {"queue: IFACE": "que: IFACE"})
    assert since(own, "2026-12-03 08:50").stdout.splitlines() == [
        "Can't tell for 2 files: broken or in an older format.",
        "Other files: nothing changed since Thu 3 Dec, 08:50 CST.",
        "",
        lines[-3],
        "  desk/teams.yaml",
        *lines[-2:],
    ]


@pytest.mark.parametrize("committed", [True, False])
def test_a_broken_reference_then_or_now_stops_nothing(own: Repository, committed: bool) -> None:
    file = own.folder / "changes" / "desk" / "scenarios" / "patient-not-found.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("owner: records-team", "owner: nobody"), encoding="utf-8")
    if committed:
        own.commit("Nobody owns it", at="2026-12-03T08:50:00-06:00")
        file.write_text(text, encoding="utf-8")
    lines = since(own, "2026-12-03 08:50").stdout.splitlines()
    was, now = ("nobody", "Records Team") if committed else ("Records Team", "nobody")
    assert lines[:3] == [
        "1 change since Thu 3 Dec, 08:50 CST.",
        "",
        "Not committed yet  Playbook changed: Patient not found",
    ]
    assert f"was “{was}, then" in lines[3]
    assert f"now “{now}, then" in lines[3]


def test_a_clock_that_was_wrong_hides_nothing(own: Repository) -> None:
    change(own.folder / "changes" / "desk" / "teams.yaml", {'phone: "300"': 'phone: "301"'})
    own.commit("From a machine whose clock is a year ahead", at="2027-12-03T08:50:00-06:00")
    change(own.folder / "changes" / "desk" / "teams.yaml", {'phone: "200"': 'phone: "201"'})
    own.commit("And from one that is right", at="2026-12-03T08:55:00-06:00")
    assert {title for _, _, title in told(own, "2026-12-03 08:50")} == {"Interfaces", "Records Team"}


def test_a_shallow_clone_says_how_far_back_it_sees(scripted: Repository, tmp_path: Path) -> None:
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=4", scripted.folder.as_uri(), "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    done = since(shallow)
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "2 changes since Wed 2 Dec, 09:00 CST.",
        "The clone of the book that this was made from is shallow and knows nothing before Wed 2 Dec, 18:00 CST.",
        "",
        "Thu 3 Dec, 08:45 CST  Team changed: Interfaces",
    ]
    assert "Thu 3 Dec, 07:00 CST  Playbook changed: Result is late" in lines
    assert "shallow" not in since(shallow, "12h").stdout


def test_without_git_nothing_is_told(scripted: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path(shutil.copytree(scripted.folder / "changes", tmp_path / "plain" / "changes"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = CliRunner().invoke(main, ["since", "--book", str(plain)])
    assert done.exit_code == 2
    assert "the book's history is not known: there is no git history here" in done.stderr
    monkeypatch.setenv("PATH", str(plain))
    done = since(scripted)
    assert done.exit_code == 2
    assert "the book's history is not known: git is not installed here; install it" in done.stderr


def test_a_book_that_was_never_committed_has_no_past(repository: Repository) -> None:
    (repository.folder / "README").write_text("Words.\n", encoding="utf-8")
    repository.commit()
    shutil.copytree(SMALL, repository.folder / "changes")
    done = since(repository)
    assert done.exit_code == 2
    assert "the book's folder has no commit yet; commit it" in done.stderr


@pytest.mark.parametrize("moment", ["yesterday", "0h", "3w", "2026-13-01", "2026-12-02 25:00"])
def test_a_moment_that_is_none_is_refused(scripted: Repository, moment: str) -> None:
    done = since(scripted, moment)
    assert done.exit_code == 2
    assert f"'{moment}' is not a time" in done.stderr
    assert "or how long ago: 12h, 3d" in done.stderr


@pytest.mark.parametrize("moment", ["2026-12-03 09:01", "2026-12-04", "2099-12-31 00:00"])
def test_a_moment_that_is_still_to_come_is_refused(scripted: Repository, moment: str) -> None:
    done = since(scripted, moment)
    assert done.exit_code == 2
    assert f"'{moment}' is still to come; name a time before Thu 3 Dec, 09:00 CST" in done.stderr


def put_project(repository: Repository, scratch: Path) -> Path:
    """Put this project's pages around a repository's book, build its site, and return the site's folder."""
    around = project(scratch, SMALL, handbook=False)
    shutil.rmtree(around / "changes")
    shutil.copytree(around, repository.folder, dirs_exist_ok=True)
    done = build(repository.folder)
    assert done.returncode == 0, done.stderr
    return repository.folder / "site"


@pytest.fixture(scope="module")
def address(scripted: Repository, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the site of the scripted history is served."""
    scratch = tmp_path_factory.mktemp("site")
    repository = Repository(Path(shutil.copytree(scripted.folder, scratch / "book")))
    with serve(put_project(repository, scratch / "project")) as served:
        yield served


def listed(page: Page) -> list[str]:
    """Return what a reader sees listed, one `title: heading` a line."""
    rows = page.locator(".cb-row--since:visible").all()
    return [
        f"{row.locator('.cb-row__name').inner_text()}: {row.locator('.cb-row__facts span').first.inner_text()}"
        for row in rows
    ]


def titles(scripted: Repository, moment: str) -> list[str]:
    """Return what the command lists."""
    return [title for _, _, title in told(scripted, moment)]


def test_the_reader_picks_a_moment_by_keyboard_and_the_address_keeps_it(
    scripted: Repository, address: str, chromium: Browser
) -> None:
    page, complaints = open_page(chromium, f"{address}since/", zone="Asia/Tokyo")
    says = page.locator("[data-cb-since-says]")
    assert says.inner_text() == "4 changes since Wed 2 Dec, 09:00 CST."
    assert len(listed(page)) == 4
    for chip, moment, kept in (("12 hours", "12h", "12h"), ("3 days", "3d", "3d"), ("7 days", "7d", "7d")):
        page.get_by_role("button", name=chip).focus()
        page.keyboard.press("Enter")
        assert page.url == f"{address}since/?since={kept}"
        assert [line.split(":")[0] for line in listed(page)] == titles(scripted, moment)
    own = page.get_by_label("Another time, CST")
    assert own.input_value() == "2026-11-26T09:00"
    # A time of the book's zone, wherever the reader is.
    own.fill("2026-11-20T08:59")
    own.press("Tab")
    assert page.url == f"{address}since/?since=2026-11-20T08%3A59"
    page.reload()
    assert page.locator("[data-cb-since-says]").inner_text() == "10 changes since Fri 20 Nov, 08:59 CST."
    assert [line.split(":")[0] for line in listed(page)] == titles(scripted, "2026-11-20 08:59")
    assert page.locator("[data-cb-ago][aria-pressed=true]").count() == 0
    assert page.get_by_text("Files not compared").is_hidden()
    page.goto(f"{address}since/?since=2026-11-26T09:30")
    assert page.get_by_text("Files not compared").is_visible()
    assert page.get_by_text("Can't tell for 3 files: broken or in an older format.").is_visible()
    assert page.locator("[data-cb-since-says]").inner_text() == "Other files: 5 changes since Thu 26 Nov, 09:30 CST."
    assert violations(page) == []
    assert complaints == []
    put_back(page)


@pytest.mark.parametrize(
    "asked", ["", "never", "3w", "2026-99-99T00:00", "<b>", "2026-12-03T09:01", "2027-01-02T00:00"]
)
def test_an_address_that_names_no_past_moment_shows_a_day_and_says_so(
    address: str, chromium: Browser, asked: str
) -> None:
    page, complaints = open_page(chromium, f"{address}since/?since={asked}")
    assert page.locator("[data-cb-since-says]").inner_text() == "4 changes since Wed 2 Dec, 09:00 CST."
    why = {
        "": "",
        "2026-12-03T09:01": "Thu 3 Dec, 09:01 CST is still to come. Showing the last 24 hours.",
        "2027-01-02T00:00": "Sat 2 Jan 2027, 00:00 CST is still to come. Showing the last 24 hours.",
    }
    said = page.locator("[data-cb-since-odd]")
    assert said.inner_text() == why.get(asked, f"“{asked}” is not a time. Showing the last 24 hours.")
    assert said.is_visible() == bool(asked)
    page.get_by_role("button", name="3 days").click()
    assert said.is_hidden()
    assert complaints == []
    put_back(page)


def test_a_moment_before_the_page_is_its_first(address: str, chromium: Browser) -> None:
    page, _ = open_page(chromium, f"{address}since/?since=2020-01-01T00:00")
    assert page.locator("[data-cb-since-says]").inner_text() == "10 changes since Tue 3 Nov, 09:00 CST."
    why = "This page does not go back to Wed 1 Jan 2020, 00:00 CST. Showing all it has."
    assert page.locator("[data-cb-since-odd]").inner_text() == why
    put_back(page)


def test_without_a_script_the_last_day_is_shown(address: str, chromium: Browser) -> None:
    page, _ = open_page(chromium, f"{address}since/?since=7d", script=False)
    assert listed(page) == [
        "Interfaces: Team changed",
        "Result is late: Playbook changed",
        "Sign-in fails: Playbook removed",
        "Patient not found: First response changed",
    ]
    assert page.get_by_role("button", name="12 hours").is_hidden()
    put_back(page)


def test_each_change_leads_to_its_place(address: str, chromium: Browser) -> None:
    page, _ = open_page(chromium, f"{address}since/?since=2026-11-03T09:00")
    links = [link.evaluate("link => link.href") for link in page.locator(".cb-row--since a:visible").all()]
    assert len(links) == 10
    for link in links:
        response = page.goto(link)
        assert response
        assert response.ok, link
        if "#" in link:
            assert page.locator(f"[id='{link.partition('#')[2]}']").count() == 1, link
    put_back(page)


def test_the_first_page_shows_the_newest_and_leads_there(address: str, chromium: Browser) -> None:
    page, _ = open_page(chromium, address)
    assert page.get_by_text("1 first response, 2 playbooks and 1 team changed since Wed 2 Dec, 09:00 CST.").is_visible()
    page.get_by_role("link", name="See what changed").click()
    page.wait_for_url(f"{address}since/")
    put_back(page)


def test_what_changed_since_the_book_began_is_counted_as_it_is_listed(
    repository: Repository, tmp_path: Path, chromium: Browser
) -> None:
    shutil.copytree(SMALL, repository.folder / "changes")
    repository.commit("The book", at="2026-11-02T09:00:00-06:00")
    change(repository.folder / "changes" / "desk" / "teams.yaml", {'phone: "300"': 'phone: "301"'})
    with serve(put_project(repository, tmp_path / "project")) as served:
        page, _ = open_page(chromium, f"{served}since/")
        assert listed(page) == ["Interfaces: Number changed"]
        assert page.locator("[data-cb-since-says]").inner_text() == "1 change since Wed 2 Dec, 09:00 CST."
        put_back(page)


ATTACK = "Thank you {{ 7*7 }} </li><script>alert(1)</script> {% raw %}"


def test_text_of_an_old_commit_stays_text(own: Repository, tmp_path: Path) -> None:
    file = own.folder / "changes" / "desk" / "scenarios" / "patient-not-found.yaml"
    before = file.read_text("utf-8")
    said = "first_response: Thank you. I am searching again. I call you by [time + 15 min]."
    change(file, {said: f"first_response: '{ATTACK}'"})
    own.commit("Bad words", at="2026-12-03T08:50:00-06:00")
    file.write_text(before, encoding="utf-8")
    own.commit("Good words", at="2026-12-03T08:55:00-06:00")
    html = (put_project(own, tmp_path / "project") / "since" / "index.html").read_text("utf-8")
    assert "Thank you {{ 7*7 }} &lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt; {% raw %}" in html
    assert "<script>alert" not in html


def test_a_site_without_history_says_so_and_lists_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    page, home = ((folder / "site" / name).read_text("utf-8") for name in ("since/index.html", "index.html"))
    for html in (page, home):
        assert "without the book&#39;s history" in html
        assert "cb-row--since" not in html
