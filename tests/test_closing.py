"""What is decided before a change is closed: folded, dropped, learned; and who is asked about it next."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.book import Book
from changebook.book.folding import still_different, undecided
from changebook.cli import main
from changebook.model import Change
from changebook.pages import blocks, pages_of
from changebook.pages.redirects import redirects_of
from conftest import GOOD, SAMPLE, load
from golden_texts import html_of, text_of

NAME, CLOSING = "complete-change", "2026-12-20 09:00"
DECIDED = "    folded: [keywords]\n    dropped: Nobody asked about the score after the first day.\n"
OPEN = {"status: live": "status: stable", "closed: 2026-12-03\n": "", DECIDED: ""}
Do = Callable[..., Result]


@pytest.fixture
def stable(small: Path) -> Path:
    """The small desk with a change that is stable, and its playbook, of which nobody has decided on anything."""
    text = (GOOD / f"{NAME}.yaml").read_text("utf-8")
    for said, before in OPEN.items():
        assert said in text
        text = text.replace(said, before)
    (small / f"{NAME}.yaml").write_text(text, encoding="utf-8")
    return small


@pytest.fixture
def do(stable: Path) -> Do:
    """What runs a command on the day of closing, and says yes."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--book", str(stable), "--today", CLOSING, "--yes"])

    return run


def own(book: Path) -> str:
    return (book / f"{NAME}.yaml").read_text("utf-8")


def general(book: Path) -> str:
    return (book / "desk" / "scenarios" / "patient-not-found.yaml").read_text("utf-8")


def edit(file: Path, edits: dict[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in edits.items():
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_change_is_closed_once_its_playbook_is_decided_on(stable: Path, do: Do) -> None:
    refused = do("close", NAME)
    assert refused.exit_code == 1
    assert "neither folded nor dropped: callers_say, keywords, otherwise, codes, file_as, checks" in refused.stdout
    assert "run: changebook fold complete-change patient-not-found" in refused.stdout
    assert do("fold", NAME, "patient-not-found", "callers_say", "codes").exit_code == 0
    assert "neither folded nor dropped: keywords, otherwise, file_as, checks" in do("close", NAME).stdout
    assert do("fold", NAME, "patient-not-found", "--drop", "The score is old news.").exit_code == 0
    assert "    folded: [callers_say, codes]\n    dropped: The score is old news.\n" in own(stable)
    assert do("close", NAME).exit_code == 0
    assert "status: closed\n" in own(stable)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({"  held: 2026-12-03\n": ""}, "retrospective: not written: held; hold the retrospective"),
        ({"  held: 2026-12-03\n": "  held: 2026-12-21\n"}, "retrospective: not written: held; hold the retrospective"),
        ({"      fixed_in: patient-not-found\n": ""}, "is not fixed; fix it, and write where. Front Desk closes it"),
        ({"    removed: 2026-12-18\n": ""}, "is still in force; remove it"),
        ({"    confusion: 6m\n    owner: records-team\n": ""}, "known_errors[0].owner is missing; add it"),
    ],
)
def test_a_change_is_not_closed_while_something_of_it_is_open(
    stable: Path, do: Do, edits: dict[str, str], says: str
) -> None:
    edit(stable / f"{NAME}.yaml", {**edits, "  - scenario: patient-not-found\n    title": f"{DROPPED}    title"})
    refused = do("close", NAME)
    assert (refused.exit_code, says in refused.output) == (1, True), refused.output
    assert "status: stable\n" in own(stable)


DROPPED = "  - scenario: patient-not-found\n    dropped: The score is old news.\n"


@pytest.mark.slow
def test_what_is_folded_is_in_the_general_playbook_and_both_edits_are_shown(stable: Path, do: Do) -> None:
    before = general(stable)
    done = do("fold", NAME, "patient-not-found", "checks", "escalate", "first_response", "file_as", "keywords")
    assert done.exit_code == 0, done.output
    added = [line for line in done.stdout.splitlines() if line[:1] == "+" and line[:3] != "+++"]
    assert "+    folded: [keywords, file_as, checks, first_response, escalate]" in added
    assert "+first_response: Thank you. The search is new; I call you by [time + 10 min]." in added
    after = general(stable)
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [
        line[1:] for line in done.stdout.splitlines() if line[:1] == "-" and line[:3] != "---"
    ]
    loaded = load(stable, today=CLOSING)
    assert loaded.book
    scenario = loaded.book.scenario("patient-not-found")
    playbook = loaded.book.change(NAME).playbooks[0]
    assert scenario.checks[: len(playbook.checks)] == playbook.checks
    assert scenario.escalate[-1] == playbook.escalate[0]
    assert (scenario.first_response, scenario.file_as) == (playbook.first_response, playbook.file_as)
    assert not {"checks", "escalate", "first_response"} & set(undecided(playbook, scenario))
    # On the page of the change, what is general now is shown once.
    page = text_of(blocks.playbook(loaded.book, NAME, "patient-not-found"), loaded.book)
    assert page.count(playbook.checks[0].do) == 1
    again = do("fold", NAME, "patient-not-found", "checks")
    assert (again.exit_code, "says so already" in again.stderr) == (0, True)


def test_a_check_that_escalates_keeps_its_team_in_the_general_playbook(stable: Path, do: Do) -> None:
    edit(
        stable / f"{NAME}.yaml",
        {"            then: escalate\n            to: interfaces\n": "            then: escalate\n"},
    )
    done = do("fold", NAME, "patient-not-found", "checks", "escalate")
    assert done.exit_code == 0, done.output
    assert "+        to: interfaces" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["patient-not-fond"], "has no playbook 'patient-not-fond'; did you mean 'patient-not-found'?"),
        (["patient-not-found", "code"], "has no 'code' to fold; did you mean 'codes'?"),
        (
            ["patient-not-found", "severity"],
            "severity 1: the general playbook says 'Nobody is found at one site', the change 'No site finds anyone for "
            "5 minutes'; severity:1 takes the change's, --drop REASON keeps the general one",
        ),
        (["patient-not-found", "checks"], "its checks call interfaces, whom patient-not-found does not; fold escalate"),
    ],
)
def test_a_fold_is_refused_with_what_to_do(stable: Path, do: Do, arguments: list[str], says: str) -> None:
    edit(stable / "desk" / "scenarios" / "patient-not-found.yaml", {"{level: 2,": "{level: 1,"})
    before = own(stable), general(stable)
    refused = do("fold", NAME, *arguments)
    assert (refused.exit_code, says in refused.output) == (1, True), refused.output
    assert (own(stable), general(stable)) == before


def test_one_item_of_a_list_is_folded_and_the_rest_stays_to_decide(stable: Path, do: Do) -> None:
    edit(stable / f"{NAME}.yaml", {"    codes: [": "    codes: [SRC-405, "})
    before = own(stable)
    done = do("fold", NAME, "patient-not-found", "codes:1", "callers_say:1")
    assert done.exit_code == 0, done.output
    loaded = load(stable, today=CLOSING).book
    assert loaded
    scenario, playbook = loaded.scenario("patient-not-found"), loaded.change(NAME).playbooks[0]
    assert "SRC-405" in scenario.codes
    assert scenario.callers_say[-1] == playbook.callers_say[0]
    left = undecided(playbook, scenario)
    assert ("codes" in left) is bool(set(playbook.codes) - set(scenario.codes))
    # What is general now is not marked as new on the change's page.
    assert "SRC-405" not in still_different(playbook, scenario).codes
    retrospective = text_of(blocks.retrospective(loaded, NAME), loaded)
    assert "Moved to the general playbook:" in retrospective
    again = do("fold", NAME, "patient-not-found", "codes:1")
    assert (again.exit_code, "says so already" in again.stderr) == (0, True), before


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("codes:9", "there is no codes:9: codes has 1 item; name another, or codes alone"),
        ("codes:0", "there is no codes:0: codes has 1 item"),
        ("first_response:1", "there is no first_response:1: first_response is one text; name another"),
    ],
)
def test_an_item_that_is_not_there_is_refused(do: Do, key: str, says: str) -> None:
    refused = do("fold", NAME, "patient-not-found", key)
    assert (refused.exit_code, says in refused.output) == (1, True), refused.output


def test_a_severity_of_the_same_level_takes_the_place_of_the_general_one_if_it_is_named(stable: Path, do: Do) -> None:
    edit(stable / "desk" / "scenarios" / "patient-not-found.yaml", {"{level: 2,": "{level: 1,"})
    done = do("fold", NAME, "patient-not-found", "severity:1")
    assert done.exit_code == 0, done.output
    loaded = load(stable, today=CLOSING).book
    assert loaded
    scenario, playbook = loaded.scenario("patient-not-found"), loaded.change(NAME).playbooks[0]
    assert [entry for entry in scenario.severity if entry.level == 1] == [playbook.severity[0]]
    assert "    folded: [severity]\n" in own(stable)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The search is new with Complete Change.", "Complete Change"),
        ("See CHG0041 for the codes.", "CHG0041"),
        ("Scores show since the release.", "since the release"),
        ("Scores show as of 3 Dec.", "3 Dec"),
        ("Scores show from Dec 3 on.", "Dec 3"),
        ("Scores show from 2026-12-03 on.", "2026-12-03"),
        ("The search is back at 23:00.", "23:00"),
        ("Searches fail during this window.", "during this window"),
        ("This change moved only results.", "This change"),
    ],
)
def test_a_text_about_one_change_only_is_not_folded_unless_it_is_confirmed(
    stable: Path, do: Do, text: str, found: str
) -> None:
    response = "    first_response: "
    record = own(stable)
    line = next(line for line in record.splitlines() if line.startswith(response))
    edit(stable / f"{NAME}.yaml", {f"{line}\n": f'{response}"{text}"\n'})
    before = own(stable), general(stable)
    refused = do("fold", NAME, "patient-not-found", "first_response")
    assert refused.exit_code == 1
    assert f"first_response: {found!r}\n" in refused.output
    assert "1 text is about Complete Change only, see above; rewrite" in refused.output
    assert (own(stable), general(stable)) == before
    # What is not folded may say what it likes.
    assert do("fold", NAME, "patient-not-found", "codes").exit_code == 0
    assert do("fold", NAME, "patient-not-found", "first_response", "--as-is").exit_code == 0
    assert text in general(stable)


def test_nothing_of_a_planned_change_is_folded(stable: Path, do: Do) -> None:
    edit(stable / f"{NAME}.yaml", {"status: stable": "status: draft"})
    refused = do("fold", NAME, "patient-not-found")
    assert (refused.exit_code, "Complete Change is draft: nothing of it is general yet" in refused.stderr) == (1, True)


def test_what_was_undone_is_not_folded(stable: Path, do: Do) -> None:
    edit(stable / f"{NAME}.yaml", {"status: stable": "status: rolled-back"})
    refused = do("fold", NAME, "patient-not-found")
    assert (refused.exit_code, "was rolled back: nothing of it is general" in refused.stderr) == (1, True)


def test_a_retrospective_is_not_held_before_the_window_ends(stable: Path, do: Do) -> None:
    edit(stable / f"{NAME}.yaml", {"  held: 2026-12-03\n": "  held: 2026-12-01\n"})
    refused = do("close", NAME)
    said = "retrospective.held: 2026-12-01 is before the window ends; fix one of the two"
    assert (refused.exit_code, said in refused.output) == (1, True), refused.output


@pytest.mark.slow
def test_what_close_says_to_run_works_on_every_stable_sample_change(sample: Book, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "changes"))
    options = ["--book", str(folder), "--today", f"{sample.now:%Y-%m-%d %H:%M}", "--yes"]
    made = [change for change in sample.changes.values() if change.status == "stable"]
    folded = [
        (change.id, name)
        for change in made
        for name, playbook in change.playbooks_by_id().items()
        if undecided(playbook, sample.scenario(playbook.scenario))
    ]
    assert folded
    for place in folded:
        done = CliRunner().invoke(main, ["fold", *place, *options])
        if done.exit_code:
            # A rollback that works until a date.
            assert "about Allergy Codes Refresh only, see above; rewrite them in the record" in done.output
            done = CliRunner().invoke(main, ["fold", *place, "--as-is", *options])
        assert done.exit_code == 0, done.output
        if "This is not folded:" in done.stderr:
            assert "This is not folded:\n  severity " in done.stderr
            dropped = CliRunner().invoke(main, ["fold", *place, "--drop", "The level is kept.", *options])
            assert dropped.exit_code == 0, dropped.output
    book = load(folder, today=options[3]).book
    assert book
    for change_id, name in folded:
        after = book.change(change_id).playbooks_by_id()[name]
        assert undecided(after, book.scenario(after.scenario)) == ()


@pytest.mark.slow
def test_a_retrospective_that_is_late_is_on_home_the_board_the_hub_and_its_own_page(stable: Path) -> None:
    edit(stable / f"{NAME}.yaml", {"  held: 2026-12-03\n  outcome: with-issues\n": ""})
    for today, late in (("2027-01-02 23:00", False), ("2027-01-03 00:00", True)):
        book = load(stable, today=today).book
        assert book
        assert ("Complete Change" in text_of(blocks.retrospectives_to_hold(book), book)) is late
        board = html_of(blocks.readiness_board(book), book)
        assert ("hold the retrospective, then write them" in board) is late
        assert ("1 gap" in text_of(blocks.hub(book, NAME), book)) is late
        assert ("cb-due--late" in html_of(blocks.retrospective(book, NAME), book)) is late


def test_the_retrospective_takes_the_place_of_the_launch_page(book: Book) -> None:
    for status, parts in (
        ("ready", {"launch"}),
        ("live", {"launch"}),
        ("stable", {"retrospective"}),
        ("cancelled", set()),
    ):
        changed = book.change(NAME).model_copy(update={"status": status})
        seen = Book(**{**vars(book), "changes": {**book.changes, NAME: changed}})
        addresses = {page.address.split("/")[2] for page in pages_of(seen) if page.change == NAME}
        assert addresses & {"launch", "retrospective"} == parts
        moved = {redirect.address for redirect in redirects_of(seen)}
        assert (f"changes/{NAME}/launch/" in moved) is ("launch" not in parts)


def closed_changes(book: Book) -> list[Change]:
    return [change for change in book.changes.values() if change.status == "closed"]


def test_a_closed_sample_change_shows_its_whole_life(sample: Book) -> None:
    assert len(closed_changes(sample)) >= 2
    for change in closed_changes(sample):
        page = text_of(blocks.retrospective(sample, change.id), sample)
        told = change.retrospective
        assert told
        assert all(text in page for text in (told.summary, *told.causes, *told.confusion, *told.lessons))
        assert all(text in page for text in ("Go-live", "Stable", "Closed", "Dropped:"))
        assert "Moved to the general playbook:" in page
        assert "To decide" not in page
        assert any(playbook.folded for playbook in change.playbooks)


@pytest.mark.slow
def test_a_lesson_of_one_sample_change_is_a_question_to_the_next_of_its_kind(sample: Book, tmp_path: Path) -> None:
    book = Path(shutil.copytree(SAMPLE, tmp_path / "changes"))
    for change in closed_changes(sample):
        arguments = [
            "new",
            "Next Of Kind",
            "--kind",
            change.kind,
            "--owner",
            change.owner,
            "--yes",
            "--book",
            str(book),
        ]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        written = " ".join((book / "next-of-kind.yaml").read_text("utf-8").replace("##", "").split())
        assert change.retrospective
        for lesson in change.retrospective.lessons:
            assert f"{lesson.removesuffix('.')}? ({change.name}, {change.retrospective.held})" in written
            assert lesson in text_of(blocks.lessons(sample), sample)
        (book / "next-of-kind.yaml").unlink()


def test_the_five_most_recent_lessons_of_a_kind_are_asked_about(sample: Book) -> None:
    first = next(change for change in closed_changes(sample) if change.kind == "fhir-resource-update")
    told = first.retrospective
    assert told
    assert told.held
    many = {
        f"old-{number}": first.model_copy(
            update={
                "id": f"old-{number}",
                "retrospective": told.model_copy(
                    update={"held": told.held - timedelta(days=number), "lessons": (f"Lesson {number} of all.",)}
                ),
            }
        )
        for number in range(1, 7)
    }
    page = text_of(blocks.lessons(Book(**{**vars(sample), "changes": {**sample.changes, **many}})), sample)
    assert [number for number in range(1, 7) if f"Lesson {number} of all." in page] == [1, 2, 3]
