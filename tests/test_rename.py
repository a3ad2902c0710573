"""`changebook rename`: the new name everywhere it is meant, every other byte as it was, or nothing at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from browsing import open_page, put_back, serve
from building import build
from changebook.cli import main
from conftest import GOOD, HARBOR, ROOT, SAMPLE, project

OLD, NEW = "Score Search", "Match Search"
OLD_ID, NEW_ID = "score-search", "match-search"
# The same in the sample, where other records mention the change.
SAMPLE_OLD, SAMPLE_NEW = "FHIR Patient Lookup R4", "FHIR Patient Search R4"
SAMPLE_OLD_ID, SAMPLE_NEW_ID = "fhir-patient-lookup-r4", "fhir-patient-search-r4"


def rename(book: Path, old: str, new: str, *options: str, text: str = "") -> Result:
    return CliRunner().invoke(main, ["rename", old, new, "--book", str(book), *options], input=text)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tests' own book, with a record and a page that mention a change in every way."""
    folder = project(tmp_path / "project", HARBOR)
    with (folder / "changes" / "six-lines.yaml").open("a", encoding="utf-8") as record:
        record.write(f'unchanged: ["{OLD} works as it did."]\n')
    page = f"""# Extra

See [{OLD}](../changes/{OLD_ID}/index.md) or
[its questions](../changes/{OLD_ID}/faq/index.md#top). The {OLD}
is live, as Score
Search should. Score is no name.

{{{{ change_name("{OLD_ID}") }}}}
"""
    (folder / "docs" / "handbook" / "extra.md").write_text(page, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_sample_is_renamed_and_nothing_else_changes(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(SAMPLE, folder / "changes")
    shutil.copytree(ROOT / "docs", folder / "docs")
    before = contents(folder)
    done = rename(folder / "changes", SAMPLE_OLD_ID, SAMPLE_NEW, "--yes")
    assert done.exit_code == 0, done.output
    after = contents(folder)
    assert f"changes/{SAMPLE_OLD_ID}.yaml" not in after
    after[f"changes/{SAMPLE_OLD_ID}.yaml"] = after.pop(f"changes/{SAMPLE_NEW_ID}.yaml")
    assert set(after) == set(before)
    changed = {name for name in before if after[name] != before[name]}
    records = {f"changes/{name}.yaml" for name in (SAMPLE_OLD_ID, "lookup-hyphen-fix", "outside-records-query")}
    # Two pages of the handbook have it in an example.
    assert changed == records | {"docs/handbook/analysts.md", "docs/handbook/channels.md"}
    for name in changed:
        lines = after[name].splitlines(keepends=True)
        if name.endswith(f"{SAMPLE_OLD_ID}.yaml"):
            added = f"  - {SAMPLE_OLD}\n".encode()
            assert lines.count(added) == 1
            lines.remove(added)
        # Every line is as it was, once the new name is put back.
        restored = [line.replace(SAMPLE_NEW.encode(), SAMPLE_OLD.encode()) for line in lines]
        restored = [line.replace(SAMPLE_NEW_ID.encode(), SAMPLE_OLD_ID.encode()) for line in restored]
        assert restored == before[name].splitlines(keepends=True)
    assert CliRunner().invoke(main, ["check", str(folder / "changes")]).exit_code == 0


def test_git_shows_the_expected_files_only(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "changes")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Desk", "-c", "user.email=desk@northmere.example"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Before"]):
        subprocess.run([*git, *command], check=True)
    assert rename(tmp_path / "changes", SAMPLE_OLD, SAMPLE_NEW, "--yes").exit_code == 0
    subprocess.run([*git, "add", "-A"], check=True)
    shown = subprocess.run(
        [*git, "diff", "--cached", "--stat=200", "-M"], check=True, capture_output=True, text=True
    ).stdout
    assert [line.split("|")[0].strip() for line in shown.splitlines()] == [
        f"changes/{{{SAMPLE_OLD_ID}.yaml => {SAMPLE_NEW_ID}.yaml}}",
        "changes/lookup-hyphen-fix.yaml",
        "changes/outside-records-query.yaml",
        shown.splitlines()[-1].strip(),
    ]
    assert "3 files changed, 8 insertions(+), 7 deletions(-)" in shown


@pytest.mark.slow
def test_the_diff_comes_first_and_no_writes_nothing(copy: Path) -> None:
    before = contents(copy)
    done = rename(copy / "changes", OLD, NEW, text="n\n")
    assert done.exit_code == 1
    assert f"rename to changes/{NEW_ID}.yaml" in done.stdout
    assert f"-name: {OLD}\n+name: {NEW}\n" in done.stdout
    assert "Write these edits to 3 files?" in done.stderr
    assert contents(copy) == before


@pytest.mark.slow
def test_yes_after_the_diff_writes(copy: Path) -> None:
    assert rename(copy / "changes", OLD, NEW, text="y\n").exit_code == 0
    assert (copy / "changes" / f"{NEW_ID}.yaml").is_file()


@pytest.mark.slow
def test_a_page_follows_in_its_words_links_and_macros(copy: Path) -> None:
    assert rename(copy / "changes", OLD, NEW, "--yes").exit_code == 0
    assert (
        (copy / "docs" / "handbook" / "extra.md").read_text("utf-8")
        == f"""# Extra

See [{NEW}](../changes/{NEW_ID}/index.md) or
[its questions](../changes/{NEW_ID}/faq/index.md#top). The {NEW}
is live, as
{NEW} should. Score is no name.

{{{{ change_name("{NEW_ID}") }}}}
"""
    )


def test_a_macro_of_something_else_keeps_its_argument(small: Path) -> None:
    record = (GOOD / "six-lines.yaml").read_text("utf-8")
    name = record.partition("name: ")[2].partition("\n")[0]
    (small / "late-result.yaml").write_text(record.replace(name, "Late Result", 1), encoding="utf-8")
    docs = small.parent / "docs" / "changes"
    docs.mkdir(parents=True)
    page = "{{ scenario(\"late-result\") }} {{ hub(change='late-result') }} [it](late-result/) late-result"
    (docs / "own.md").write_text(page, encoding="utf-8")
    done = rename(small, "late-result", "Slow Result", "--yes")
    assert done.exit_code == 0, done.output
    assert (docs / "own.md").read_text("utf-8") == (
        "{{ scenario(\"late-result\") }} {{ hub(change='slow-result') }} [it](slow-result/) late-result"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: Odd Feed  # its name\nkind", "name: Even Feed  # its name\nformer_names:\n  - Odd Feed\nkind"),
        ('name: "Odd Feed"\nkind', 'name: "Even Feed"\nformer_names:\n  - Odd Feed\nkind'),
        (
            "name: Odd Feed\nformer_names:   # old\n- 'Some one' # first\n\nkind",
            "name: Even Feed\nformer_names:   # old\n- 'Some one' # first\n- Odd Feed\n\nkind",
        ),
        (
            "name: Odd Feed\nformer_names: ['Some one']\nkind",
            "name: Even Feed\nformer_names: ['Some one', \"Odd Feed\"]\nkind",
        ),
        # The former name that comes back changes places with the present one.
        ("name: Odd Feed\nformer_names:\n  - Even Feed\nkind", "name: Even Feed\nformer_names:\n  - Odd Feed\nkind"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_layout_of_a_record_stays(small: Path, before: str, after: str, line_end: str) -> None:
    rest = (GOOD / "six-lines.yaml").read_text("utf-8").partition("\nkind")[2]
    rest += "details: >-  # Zoë's note\n  Café lists — for the\n  Odd Feed — were late.\n"
    for name, text in (("odd-feed", before), ("expected", after)):
        (small / f"{name}.yaml").write_bytes((text + rest).replace("\n", line_end).encode())
    expected = (small / "expected.yaml").read_bytes().replace(b"Odd Feed \xe2", b"Even Feed \xe2")
    (small / "expected.yaml").unlink()
    done = rename(small, "odd-feed", "Even Feed", "--yes")
    assert done.exit_code == 0, done.output
    assert (small / "even-feed.yaml").read_bytes() == expected


@pytest.mark.slow
def test_a_name_that_keeps_its_address_keeps_its_file(copy: Path) -> None:
    done = rename(copy / "changes", "first-links", "First-Links", "--yes")
    assert done.exit_code == 0, done.output
    assert "name: First-Links\n" in (copy / "changes" / "first-links.yaml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("new", ["First LINKS", "FIRST links"])
def test_other_capitals_are_the_same_name_and_leave_no_former_one(copy: Path, new: str) -> None:
    done = rename(copy / "changes", "first-links", new, "--yes")
    assert done.exit_code == 0, done.output
    text = (copy / "changes" / "first-links.yaml").read_text("utf-8")
    assert f"name: {new}\n" in text
    assert "former_names" not in text
    assert "First Links" not in text
    assert CliRunner().invoke(main, ["check", str(copy / "changes")]).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scoer-search", NEW, "no change 'scoer-search'; did you mean 'score-search'?"),
        (OLD, "Search & Find", "not U+0026 (AMPERSAND); leave it out"),
        (OLD, "4 Searches", "a name starts with a letter"),
        (OLD, OLD, "is already its name"),
        (OLD, "First Links", "is the name of first-links.yaml; choose another name"),
        (OLD, "First-links", "is too close to 'First Links' of first-links.yaml"),
        (OLD, "The end of faxes", "is a former name of fax-end.yaml"),
        (OLD, "Taken", "taken.yaml already exists"),
    ],
)
def test_what_stands_in_the_way_is_named_and_nothing_is_written(copy: Path, old: str, new: str, said: str) -> None:
    if new == "Taken":
        (copy / "changes" / "taken.yaml").symlink_to("elsewhere")
        # A link in the book is a problem of its own: it comes first.
        said = "taken.yaml:1:1: not read: a symbolic link"
    before = contents(copy)
    done = rename(copy / "changes", old, new, "--yes")
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert contents(copy) == before


def test_a_wrong_book_is_not_renamed_in(copy: Path) -> None:
    (copy / "changes" / "broken.yaml").write_text("name: Broken\n", encoding="utf-8")
    before = contents(copy)
    done = rename(copy / "changes", OLD, NEW, "--yes")
    assert done.exit_code == 1
    assert "broken.yaml:1:1: kind is missing" in done.stdout
    assert "nothing was changed" in done.stderr
    assert contents(copy) == before


@pytest.mark.slow
def test_a_night_of_another_day_can_be_tried_to_its_end(copy: Path) -> None:
    today = ["--today", "2026-12-06 00:30"]
    back = ["roll-back", "lab-codes-r5", "It failed.", "--by", "late-owners", "--yes", "--book", str(copy / "changes")]
    assert CliRunner().invoke(main, [*back, *today]).exit_code == 0
    refused = rename(copy / "changes", "Lab Codes R5", "Lab Codes R6", "--yes")
    assert (refused.exit_code, "the window starts at 2026-12-05 22:00" in refused.stdout) == (1, True)
    assert rename(copy / "changes", "Lab Codes R5", "Lab Codes R6", "--yes", *today).exit_code == 0


@pytest.mark.slow
def test_a_book_that_would_be_wrong_is_not_written(copy: Path) -> None:
    # The old name is written with an escape, which no edit finds: it would be left over as a former name.
    file = copy / "changes" / "first-links.yaml"
    escaped = OLD.replace("S", "\\x53")
    file.write_text(f'{file.read_text("utf-8")}unchanged: ["It waits for {escaped}."]\n', encoding="utf-8")
    before = contents(copy)
    done = rename(copy / "changes", OLD, NEW, "--yes")
    assert done.exit_code == 1, done.output
    assert f"unchanged[0]: {OLD!r} is now called {NEW!r}; write that" in done.stdout
    assert contents(copy) == before


@pytest.mark.slow
def test_a_failed_write_leaves_every_file_as_it_was(copy: Path) -> None:
    blocked = copy / "docs" / "handbook" / f".extra.md.{os.getpid()}.draft"
    blocked.mkdir()
    before = contents(copy)
    done = rename(copy / "changes", OLD, NEW, "--yes")
    assert done.exit_code == 2
    assert "docs/handbook/extra.md: this is a folder, and a file is needed; move it away" in done.output
    assert "Nothing was changed." in done.output
    assert contents(copy) == before
    assert [file.name for file in (copy / "changes").iterdir() if file.name.endswith(".draft")] == []


@pytest.mark.slow
def test_search_finds_it_by_its_old_name(copy: Path) -> None:
    assert rename(copy / "changes", OLD, NEW, "--yes").exit_code == 0
    done = CliRunner().invoke(main, ["search", OLD, "--book", str(copy / "changes")])
    assert done.exit_code == 0
    assert f"{OLD!r} is a former name." in done.output
    assert f" 1. {NEW} (" in done.output


@pytest.fixture(scope="module")
def renamed_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site after the rename."""
    folder = project(tmp_path_factory.mktemp("renamed") / "project", HARBOR, handbook=False)
    assert rename(folder / "changes", OLD, NEW, "--yes").exit_code == 0
    done = build(folder)
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    with serve(site, missing=site / "404.html") as address:
        yield address


@pytest.mark.parametrize("part", ["", "playbooks/patient-not-found/", "faq/", "release-note/"])
def test_an_old_address_opens_the_new_page(chromium: Browser, renamed_site: str, part: str) -> None:
    page, _ = open_page(chromium, "about:blank")
    page.goto(f"{renamed_site}changes/{OLD_ID}/{part}", wait_until="commit")
    page.wait_for_url(f"**/changes/{NEW_ID}/{part}")
    assert NEW in page.title()
    put_back(page)


def test_a_much_older_address_does_too(chromium: Browser, renamed_site: str) -> None:
    page, _ = open_page(chromium, "about:blank")
    page.goto(f"{renamed_site}changes/the-first-old-name/", wait_until="commit")
    page.wait_for_url(f"**/changes/{NEW_ID}/")
    put_back(page)
