"""`changebook review`: what a pull request changes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from changebook.cli import main
from changebook.errors import Problem
from changebook.git.repository import git, write_files
from changebook.review.markdown import as_markdown, inert
from changebook.review.record import PageChange, Reason, Review, Reviewer, Touched, WorseSearch
from conftest import GOOD, SMALL, Repository
from test_hostile import ATTACKS

FORGES = [
    "@service-desk/everyone",
    "#1",
    "!1",
    "https://elsewhere.example",
    "www.elsewhere.example",
    "/approve",
    "`",
    "```x",
]


@pytest.fixture
def proposal(repository: Repository) -> Repository:
    """A repository whose first commit is a small book with two changes."""
    book = repository.folder / "changes"
    shutil.copytree(SMALL, book)
    for record in GOOD.glob("*.yaml"):
        shutil.copy(record, book)
    settings = book / "desk" / "book.yaml"
    settings.write_text(settings.read_text("utf-8") + "reviewer: front-desk\n", encoding="utf-8")
    (repository.folder / "docs").mkdir()
    (repository.folder / "docs" / "more.md").write_text("# More\n\nWords.\n", encoding="utf-8")
    repository.commit("The book")
    return repository


def edit(proposal: Repository, name: str, old: str, new: str) -> None:
    file = proposal.folder / "changes" / name
    text = file.read_text("utf-8")
    assert old in text, name
    file.write_text(text.replace(old, new), encoding="utf-8")


def review(proposal: Repository, revisions: str = "HEAD^..HEAD", *options: str) -> Result:
    arguments = ["review", revisions, "--book", str(proposal.folder / "changes"), *options]
    return CliRunner().invoke(main, arguments)


def found(proposal: Repository) -> Any:
    """Commit what was edited and return its review as other programs read it."""
    proposal.commit()
    done = review(proposal, "HEAD^..HEAD", "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def rows(items: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(item[key] for key in keys) for item in items]


def test_a_proposal_that_changes_nothing_says_so(proposal: Repository) -> None:
    proposal.commit("Nothing")
    done = review(proposal)
    assert done.exit_code == 0
    for said in ("No record changes.", "None added, none resolved.", "None changes.", "finds what it found before."):
        assert said in done.stdout
    assert "- `Front Desk`: reviews every proposal" in done.stdout


def test_an_added_a_changed_and_a_removed_record_are_told_apart(proposal: Repository) -> None:
    shutil.copy(GOOD / "six-lines.yaml", proposal.folder / "changes" / "seven-lines.yaml")
    edit(proposal, "seven-lines.yaml", "name: Six Lines", "name: Seven Lines")
    edit(proposal, "complete-change.yaml", "- Record numbers stay.", "- Record numbers stay as they are.")
    (proposal.folder / "changes" / "six-lines.yaml").unlink()
    edit(proposal, "desk/groups.yaml", "people: ", "people: 1")
    seen = found(proposal)
    touched = rows(seen["touched"], "how", "what", "id", "sections")
    assert touched[:3] == [
        ("changed", "change", "complete-change", ["unchanged"]),
        ("added", "change", "seven-lines", []),
        ("removed", "change", "six-lines", []),
    ]
    assert {row[:2] for row in touched[3:]} == {("changed", "user group")}
    assert seen["names_added"] == ["Seven Lines"]
    assert seen["names_dropped"] == ["Six Lines"]
    pages = rows(seen["pages"], "how", "address")
    assert ("added", "changes/seven-lines/") in pages
    assert ("removed", "changes/six-lines/release-note/") in pages
    assert ("changed", "changes/complete-change/release-note/") in pages
    assert ("changed", "changes/complete-change/contract/") not in pages


def test_what_the_desk_does_not_do_is_named_by_what_it_is(proposal: Repository) -> None:
    listed = proposal.folder / "changes" / "desk" / "elsewhere.yaml"
    listed.write_text("keys: {what: Lost keys, words: [my keys, key ring, locker key], team: front-desk}\n", "utf-8")
    touched = rows(found(proposal)["touched"], "how", "what", "id", "name")
    assert touched == [("added", "outside contact", "keys", "Lost keys")]


def test_a_window_that_moves_is_told_from_when_to_when(proposal: Repository) -> None:
    edit(proposal, "complete-change.yaml", "21:00, end: 2026-12-02 23:00", "21:00, end: 2026-12-03 01:30")
    before, after = "Wed 2 Dec, 21:00\u201323:00 CST", "Wed 2 Dec, 21:00\u2013Thu 3 Dec, 01:30 CST"
    assert rows(found(proposal)["touched"], "id", "moved") == [("complete-change", [before, after])]
    said = f"`Complete Change` (change): `window`; moved from `{before}` to `{after}`"
    assert said in " ".join(review(proposal).stdout.split())


def test_a_phase_that_moves_is_told_under_its_name(proposal: Repository) -> None:
    record = proposal.folder / "changes" / "six-lines.yaml"
    phases = "phases:\n  - {{name: North, start: 2026-12-09 05:00, end: 2026-12-09 06:00}}\n"
    phases += "  - {{name: South, start: 2026-12-{day} 05:00, end: 2026-12-{day} 06:00}}\n"
    text = record.read_text("utf-8")
    record.write_text(text + phases.format(day=16), encoding="utf-8")
    proposal.commit()
    record.write_text(text + phases.format(day=17), encoding="utf-8")
    (item,) = found(proposal)["touched"]
    assert item["moved"] == ["South: Wed 16 Dec, 05:00\u201306:00 CST", "South: Thu 17 Dec, 05:00\u201306:00 CST"]


def test_a_window_that_comes_or_goes_is_told_too(proposal: Repository) -> None:
    with (proposal.folder / "changes" / "six-lines.yaml").open("a", encoding="utf-8") as record:
        record.write("window: {start: 2026-12-09 05:00, end: 2026-12-09 06:00}\n")
    (item,) = found(proposal)["touched"]
    assert item["moved"] == ["no window", "Wed 9 Dec, 05:00\u201306:00 CST"]


def test_a_change_that_takes_its_old_name_along_is_renamed(proposal: Repository) -> None:
    shutil.move(proposal.folder / "changes" / "six-lines.yaml", proposal.folder / "changes" / "few-lines.yaml")
    edit(proposal, "few-lines.yaml", "name: Six Lines", "name: Few Lines\nformer_names:\n  - Six Lines")
    seen = found(proposal)
    assert rows(seen["touched"], "how", "id", "was") == [("renamed", "few-lines", "six-lines")]
    assert seen["names_dropped"] == []
    assert seen["worse"] == []
    assert seen["asked"] > 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("six-lines.yaml", "sentence: ", "sentence: Today, "),
        ("complete-change.yaml", "90 or more", "91 or more"),
        ("desk/teams.yaml", "name: Front Desk", "name: First Desk"),
        ("desk/scenarios/late-result.yaml", "title: ", "title: New "),
        ("desk/book.yaml", "reviewer: front-desk", ""),
        ("../docs/more.md", "Words.", "Other words."),
        ("six-lines.yaml", "", None),
        ("quite-another-name.yaml", None, ""),
    ],
)
def test_pages_that_differ_are_found_without_making_those_that_cannot(
    file: str, old: str | None, new: str | None, proposal: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = proposal.folder / "changes" / "six-lines.yaml"
    if old is None:
        text = re.sub("(?m)^name: .*", "name: Quite Another Name", record.read_text("utf-8"))
        record.with_name(file).write_text(text, encoding="utf-8")
    elif new is None:
        record.unlink()
    else:
        edit(proposal, file, old, new)
    quick = found(proposal)["pages"]
    monkeypatch.setattr("changebook.review.compare.difference", lambda base, head: None)
    done = review(proposal, "HEAD^..HEAD", "--format", "json")
    assert json.loads(done.stdout)["pages"] == quick
    assert bool(quick) == (new != "" or old is None)


def test_a_problem_is_new_or_gone_and_one_that_only_moved_is_neither(proposal: Repository) -> None:
    edit(
        proposal,
        "complete-change.yaml",
        "must_find:\n      - the score is gone\n    callers_say:\n      - there is no score",
        'workaround: ["Try again."]',
    )
    edit(proposal, "complete-change.yaml", "    workaround:\n      - Search by number.\n", "")
    first = found(proposal)
    assert len(first["problems_new"]) == 1
    assert "no callers' words" in first["problems_new"][0]["message"]
    assert first["problems_new"][0]["gap"] is True
    edit(proposal, "complete-change.yaml", "why: Clerks", "# A line more.\nwhy: Clerks")
    moved = found(proposal)
    assert moved["problems_new"] == moved["problems_gone"] == []
    edit(proposal, "complete-change.yaml", 'workaround: ["Try again."]', "callers_say:\n      - there is no score")
    assert [item["message"] for item in found(proposal)["problems_gone"]] == [first["problems_new"][0]["message"]]


def test_a_record_that_cannot_be_read_any_more_is_no_removed_one(proposal: Repository) -> None:
    edit(proposal, "six-lines.yaml", "status: draft", "status: drafted")
    edit(proposal, "complete-change.yaml", "owner: interfaces", "owner: interfases")
    seen = found(proposal)
    assert rows(seen["touched"], "how", "id") == [("changed", "complete-change"), ("broken", "six-lines")]
    assert seen["pages"] is None
    assert seen["worse"] is None
    text = review(proposal).stdout
    assert "**Cannot be read**: `Six Lines`" in text
    assert "a book with problems has no pages" in text
    assert "`changes/complete-change.yaml:6` `owner: no team 'interfases'; did you mean 'interfaces'?`" in text
    # And back: a proposal that fixes a book is reviewed too.
    edit(proposal, "six-lines.yaml", "status: drafted", "status: draft")
    edit(proposal, "complete-change.yaml", "owner: interfases", "owner: interfaces")
    assert len(found(proposal)["problems_gone"]) == 2


def test_owners_review_what_is_theirs_and_what_others_add_to_it(proposal: Repository) -> None:
    edit(proposal, "complete-change.yaml", "90 or more", "91 or more")
    edit(proposal, "desk/scenarios/late-result.yaml", "owner: interfaces", "owner: front-desk")
    seen = found(proposal)["reviewers"]
    reasons = {item["team"]: rows(item["reasons"], "owns", "adds") for item in seen}
    assert list(reasons) == ["front-desk", "interfaces", "records-team"]
    late = next(owns for owns, adds in reasons["front-desk"] if owns)
    assert reasons["front-desk"] == [("", ""), (late, "")]
    assert reasons["interfaces"] == [("Complete Change", ""), (late, "")]
    assert [adds for _, adds in reasons["records-team"]] == ["Complete Change"]


def test_a_search_that_lost_its_page_is_listed_even_when_its_promise_was_deleted(proposal: Repository) -> None:
    edit(proposal, "complete-change.yaml", "    must_find:\n      - the score is gone\n", "")
    edit(proposal, "complete-change.yaml", "title: No score beside the name", "title: Nothing")
    edit(proposal, "complete-change.yaml", "playbook: No score beside the name", "playbook: Nothing")
    edit(proposal, "complete-change.yaml", "there is no score", "zzz")
    for number in range(4):
        text = (GOOD / "six-lines.yaml").read_text("utf-8").replace("Six Lines", f"Lines {number}")
        text += "visible:\n  - {what: the score is gone, change: removed, before: the score is gone, for: [clerks]}\n"
        text += "affects: {groups: [clerks]}\n"
        (proposal.folder / "changes" / f"lines-{number}.yaml").write_text(text, encoding="utf-8")
    seen = found(proposal)
    assert rows(seen["worse"], "words", "address") == [
        ("the score is gone", "changes/complete-change/playbooks/patient-not-found/")
    ]
    assert "`the score is gone` no longer finds `/changes/complete-change/playbooks/" in review(proposal).stdout


def test_the_clock_alone_changes_no_page(proposal: Repository) -> None:
    edit(proposal, "desk/book.yaml", "today: 2026-12-03 09:00", "today: 2026-12-04 09:00")
    seen = found(proposal)
    assert rows(seen["touched"], "what", "sections") == [("settings", ["today"])]
    assert seen["pages"] == []


def test_a_hand_written_page_is_a_page_too(proposal: Repository) -> None:
    (proposal.folder / "docs" / "more.md").write_text("# More\n\nOther words.\n", encoding="utf-8")
    (proposal.folder / "docs" / "extra").mkdir()
    (proposal.folder / "docs" / "extra" / "index.md").write_text("# Extra\n", encoding="utf-8")
    assert rows(found(proposal)["pages"], "how", "address") == [("added", "extra/"), ("changed", "more/")]


def test_three_dots_leave_out_what_happened_to_the_base_since(proposal: Repository) -> None:
    proposal.git("checkout", "--quiet", "-b", "proposal")
    edit(proposal, "complete-change.yaml", "90 or more", "91 or more")
    proposal.commit()
    proposal.git("checkout", "--quiet", "main")
    edit(proposal, "six-lines.yaml", "To show", "In order to show")
    proposal.commit()
    proposal.git("checkout", "--quiet", "proposal")
    assert "`Six Lines`" in review(proposal, "main..proposal").stdout
    done = review(proposal, "main...")
    assert "`Complete Change` (change): `questions`" in done.stdout
    assert "`Six Lines`" not in done.stdout


def test_nothing_is_hidden_from_a_review_and_nothing_led_out_of_it(proposal: Repository) -> None:
    secret = proposal.folder.parent / "secret.md"
    secret.write_text("# Secret\n", encoding="utf-8")
    (proposal.folder / ".gitattributes").write_text("*.yaml export-ignore\n", encoding="utf-8")
    (proposal.folder / "docs" / "linked.md").symlink_to(secret)
    edit(proposal, "complete-change.yaml", "90 or more", "91 or more")
    seen = found(proposal)
    assert rows(seen["touched"], "how", "id") == [("changed", "complete-change")]
    assert "linked/" not in [page["address"] for page in seen["pages"]]


@pytest.mark.parametrize(
    ("revisions", "said"),
    [
        ("main", "'main' is not a range; write BASE..HEAD"),
        ("mian..HEAD", "no revision 'mian' here; fetch it, or name another: did you mean 'main'?"),
        ("main..--output=x", "no revision '--output=x' here"),
        ("HEAD..empty", "cannot be read:"),
        ("empty...HEAD", "have no common commit here; fetch the whole history"),
    ],
)
def test_a_range_that_cannot_be_reviewed_is_told_so(proposal: Repository, revisions: str, said: str) -> None:
    proposal.git("checkout", "--quiet", "--orphan", "empty")
    proposal.git("rm", "--quiet", "-r", "--cached", ".")
    proposal.git("commit", "--quiet", "--allow-empty", "--message", "Empty")
    proposal.git("checkout", "--quiet", "--force", "main")
    done = review(proposal, revisions)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_branch_whose_name_is_no_text_keeps_no_other_from_being_named(proposal: Repository) -> None:
    packed = proposal.folder / ".git" / "packed-refs"
    packed.write_bytes(f"{proposal.git('rev-parse', 'HEAD')} refs/heads/ma\udcff\n".encode("utf-8", "surrogateescape"))
    done = review(proposal, "mian..HEAD")
    assert done.exit_code == 2
    assert "no revision 'mian' here; fetch it, or name another: did you mean 'main'?" in done.output


def test_front_matter_that_grows_without_end_is_not_unfolded(proposal: Repository) -> None:
    bomb = "".join(f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 40))
    page = f"---\na0: &a0 lol\n{bomb}title: *a39\n---\n# More\n"
    (proposal.folder / "docs" / "more.md").write_text(page, encoding="utf-8")
    seen = found(proposal)
    (problem,) = (problem["message"] for problem in seen["problems_new"])
    assert problem == (
        "the lines between the two --- cannot be read: the alias *a0 is not allowed, write the value out; "
        "correct or delete them"
    )


def test_a_book_outside_git_is_told_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small.parent))
    done = CliRunner().invoke(main, ["review", "main..HEAD", "--book", str(small)])
    assert done.exit_code == 2
    assert "is not in a git repository" in done.output
    monkeypatch.setenv("PATH", str(small))
    done = CliRunner().invoke(main, ["review", "main..HEAD", "--book", str(small)])
    assert "git is not installed here" in done.output


@pytest.mark.slow
@pytest.mark.parametrize("text", [*ATTACKS, *FORGES, " ".join(FORGES), "# a\n\n- b\n    c"])
def test_what_a_record_says_is_inert_in_a_review(text: str) -> None:
    problem = Problem(Path(f"changes/{text}.yaml"), 1, 1, text, gap=True)
    hostile = Review(
        reviewers=(Reviewer("team", text, (Reason(text, text), Reason())),),
        touched=(
            Touched("changed", "change", text, text, "", (text,), (text, text)),
            Touched("renamed", "change", text, text, text),
        ),
        names_added=(text,),
        names_dropped=(text,),
        problems_new=(problem,),
        problems_gone=(replace(problem, gap=False),),
        pages=(PageChange("added", text),),
        worse=(WorseSearch(text, text, text),),
        asked=1,
    )
    markdown = MarkdownIt("commonmark")
    html = markdown.render(as_markdown(hostile))
    # Outside code, a hostile review reads as one with harmless words does.
    harmless = markdown.render(as_markdown(hostile).replace(inert(text), "`x`"))
    assert re.sub(r"<code>.*?</code>", "", html) == re.sub(r"<code>.*?</code>", "", harmless)
    assert not re.search(r"<(script|img|a|b)\b", re.sub(r"<code>.*?</code>", "", html))
    shown = (
        " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
    assert html.count(f"<code>{shown}</code>") >= 10


def test_a_book_that_was_not_there_counts_as_new(proposal: Repository) -> None:
    (proposal.folder / "kb").mkdir()
    proposal.git("mv", "changes", "docs", "kb/")
    proposal.commit("Move the book")
    done = CliRunner().invoke(main, ["review", "HEAD^..HEAD", "--book", str(proposal.folder / "kb" / "changes")])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[2].startswith("There is no book before this change in the folder where it is now")
    assert "- **Added**: `Complete Change` (change)" in done.stdout
    assert "- **Added**: `Front Desk` (team)" in done.stdout
    assert "- **New** `Complete Change`" in done.stdout
    assert "- `/more/`" in done.stdout


@pytest.mark.parametrize("linked", [True, False])
def test_both_sides_have_their_own_files_and_share_those_that_are_the_same(
    proposal: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    edit(proposal, "six-lines.yaml", "sentence: ", "sentence: Edited ")
    proposal.commit()

    def refuse(*_: Path) -> NoReturn:
        raise PermissionError

    if not linked:
        monkeypatch.setattr("os.link", refuse)
    written: dict[str, Path] = {}
    sides = {commit: tmp_path / name for commit, name in (("HEAD", "head"), ("HEAD^", "base"))}
    for commit, side in sides.items():
        write_files(proposal.folder, commit, [PurePosixPath("changes")], side, written)
    files = sorted(path.relative_to(proposal.folder) for path in proposal.folder.glob("changes/**/*.yaml"))
    for commit, side in sides.items():
        for file in files:
            assert (side / file).read_bytes() == git(proposal.folder, "show", f"{commit}:{file.as_posix()}")
    head, base = sides.values()
    shared = [file for file in files if (head / file).samefile(base / file)]
    edited = Path("changes", "six-lines.yaml")
    assert shared == ([file for file in files if file != edited] if linked else [])
