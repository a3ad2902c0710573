"""What ships: a wheel that builds a site where no checkout is, and a plugin that makes a site of a book alone."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.config import load_config

from bench.books import with_days_to_come
from building import build, changebook, with_quick_program
from changebook.cli import main
from changebook.outside.look import look_of
from changebook.search.hand import hand_sections
from changebook.source.handwritten import site_pages, wrong_addresses
from changebook.source.settings import look_folders, site_settings
from conftest import HARBOR, ROOT

PLUGIN = (
    "site_name: Harbor Point\nstrict: true\ntheme: {name: material, custom_dir: overrides}\nplugins: [changebook]\n"
)
ANSWERS = ("--organization", "Harbor Clinic", "--phone", "4400", "--zone", "America/Chicago", "--country", "US-IL")


def bare(folder: Path, settings: str = PLUGIN) -> Path:
    """Make a site of the tests' own book that has nothing but its records and the plugin."""
    folder.mkdir()
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for name in ("docs", "overrides"):
        (folder / name).mkdir()
    shutil.copytree(HARBOR, folder / "changes")
    return folder


def files_of(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_the_plugin_makes_the_pages_that_copies_of_docs_hooks_and_look_make(harbor_site: Path, tmp_path: Path) -> None:
    plain = bare(tmp_path / "plain")
    named = (harbor_site.parent / "mkdocs.yml").read_text("utf-8")
    settings = yaml.load(named, yaml.CSafeLoader)
    said = {key: settings[key] for key in ("site_name", "site_description", "site_url")}
    (plain / "mkdocs.yml").write_text(PLUGIN + yaml.safe_dump(said), encoding="utf-8")
    done = build(plain)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    one, other = files_of(plain / "site"), files_of(harbor_site)
    assert one.keys() == {name for name in other if not name.startswith("assets/screenshots/")}
    # Nobody edits a page of the package in the book's repository.
    own = [name for name in one if name.endswith(".html") and b"Edit this page" in one[name]]
    assert own == []
    differ = [name for name in one if without_file(one[name]) != without_file(other[name])]
    assert [name for name in differ if not name.startswith("sitemap")] == []


def without_file(page: bytes) -> bytes:
    """Return a page without what says which file it is made from."""
    text = re.sub(rb'\s*<a href="[^"]+">Edit this page</a>', b"", page)
    return re.sub(rb"%0A-%20Record%3A%20pages[A-Za-z0-9%.-]*?\.md", b"", text)


def test_a_file_of_the_book_wins_over_the_packages(tmp_path: Path) -> None:
    folder = bare(tmp_path / "kb", f"{PLUGIN}extra_css: [assets/own.css]\n")
    (folder / "docs" / "faq.md").write_text("# Our own answers\n\nAsk the ward clerk first.\n", "utf-8")
    (folder / "docs" / "assets").mkdir()
    (folder / "docs" / "assets" / "own.css").write_text("p { color: teal }\n", "utf-8")
    (folder / "overrides" / "partials").mkdir()
    (folder / "overrides" / "partials" / "footer.html").write_text("<footer>Ours alone</footer>\n", "utf-8")
    (folder / "overrides" / "assets" / "css").mkdir(parents=True)
    (folder / "overrides" / "assets" / "css" / "tokens.css").write_text(":root { --ours: 1 }\n", "utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    pages = files_of(folder / "site")
    assert b"Ask the ward clerk first." in pages["faq/index.html"]
    assert b"<footer>Ours alone</footer>" in pages["index.html"]
    styles = pages["assets/css/changebook.css"].decode()
    assert "--ours: 1" in styles
    assert ".cb-hero" in styles
    assert b"assets/own.css" in pages["index.html"]


def test_the_plugin_and_the_hooks_at_once_are_refused(tmp_path: Path) -> None:
    folder = bare(tmp_path / "kb", f"{PLUGIN}hooks: [hooks/book.py]\n")
    shutil.copytree(ROOT / "hooks", folder / "hooks")
    done = build(folder)
    assert done.returncode == 1
    assert "the plugin changebook does what hooks/book.py does; leave one of the two out" in done.stderr
    assert not (folder / "site").exists()


@pytest.mark.slow
def test_a_preview_builds_again_with_the_same_settings(tmp_path: Path) -> None:
    folder = bare(tmp_path / "kb")
    seen = []
    for _ in range(2):
        config = load_config(str(folder / "mkdocs.yml"))
        config.plugins.on_config(config)
        seen.append((config.markdown_extensions, config.mdx_configs, config.extra_css, config.theme.dirs))
        assert str(folder / "changes") in config.watch
    assert seen[0] == seen[1]
    assert "pymdownx.superfences" in seen[0][0]


def test_search_and_editions_read_what_ships_where_the_book_has_nothing_of_its_own(tmp_path: Path) -> None:
    folder = bare(tmp_path / "kb")
    docs = folder / "docs"
    (docs / "on-call.md").write_text("# Our rota\n\nThe board in room 4.\n", "utf-8")
    pages = {page.address: page.text for page in site_pages(docs)}
    assert "room 4" in pages["on-call/"]
    assert "Exit code" in pages["handbook/commands/"]
    assert "Our rota" in [section.title for section in hand_sections(docs)]
    assert look_folders(docs) == (folder / "overrides", ROOT / "overrides")
    look = look_of(folder)
    assert look.asset("css/tokens.css").is_file()
    assert look.fonts
    (docs.parent / "mkdocs.yml").write_text("site_name: A\ntheme: material\n", "utf-8")
    assert [page.address for page in site_pages(docs)] == ["on-call/"]
    assert site_settings(docs) == {"site_name": "A", "theme": "material"}


def test_a_page_at_the_address_of_a_shipped_one_is_named_with_the_file_that_replaces_it(tmp_path: Path) -> None:
    docs = bare(tmp_path / "kb") / "docs"
    (docs / "faq").mkdir()
    for name in ("faq/index.md", "on-call.md"):
        (docs / name).write_text("# Ours\n", "utf-8")
    told = [str(problem) for problem in wrong_addresses(docs, Path("docs"), set())]
    assert told == ["docs/faq/index.md:1:1: has the address of a page of changebook; call it faq.md to replace it"]


def new_book(folder: Path, *more: str) -> Path:
    done = CliRunner().invoke(main, ["init", str(folder), *ANSWERS, "--yes", *more])
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("forge", "there", "not_there"),
    [
        ("none", "README.md", "CODEOWNERS"),
        ("https://github.com/harbor/kb", ".github/workflows/changes.yml", ".gitlab-ci.yml"),
        ("https://git.harbor.example/harbor/kb", ".gitlab-ci.yml", ".github"),
    ],
)
def test_a_new_book_is_right_as_written(tmp_path: Path, forge: str, there: str, not_there: str) -> None:
    folder = new_book(tmp_path / "kb", "--forge", forge)
    assert (folder / there).is_file()
    assert not (folder / not_there).exists()
    changes = str(folder / "changes")
    book = ("--book", changes)
    for arguments in (["check", changes, "--search"], ["gate", *book], ["list", *book], ["search", "example", *book]):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
    assert not [file for file in folder.rglob("*") if file.is_file() and "Northmere" in file.read_text("utf-8")]


def test_a_new_book_runs_the_actions_that_this_project_runs(tmp_path: Path) -> None:
    folder = new_book(tmp_path / "kb", "--forge", "https://github.com/harbor/kb")
    workflow = (folder / ".github" / "workflows" / "changes.yml").read_text("utf-8")
    ours = (ROOT / ".github" / "workflows" / "changes.yml").read_text("utf-8")
    assert (used := re.findall(r"uses: .*", workflow))
    assert used == re.findall(r"uses: .*", ours)
    steps = yaml.safe_load(workflow)["jobs"]["changes"]["steps"]
    targets = set(re.findall(r"^([a-z]+):", (folder / "Makefile").read_text("utf-8"), flags=re.M))
    asked = {name for step in steps for name in re.findall(r"make ([a-z]+)", step.get("run", ""))}
    assert asked == {"install", "site", "test"} <= targets


def test_the_examples_of_a_new_book_are_right_when_their_comments_are_taken_away(tmp_path: Path) -> None:
    folder = new_book(tmp_path / "kb") / "changes" / "desk"
    for file in folder.glob("*.yaml"):
        if file.stem in ("kinds", "cases", "wording"):
            continue
        lines = file.read_text("utf-8").split("\n")
        kept = (line.removeprefix("# ") if is_example(line) else line for line in lines)
        file.write_text("\n".join(kept), encoding="utf-8")
    systems = folder / "systems.yaml"
    lab = "laboratory-feed:\n  name: Laboratory Feed\n  kind: partner-endpoint\n  owner: desk-lead\n  about: Orders.\n"
    systems.write_text(systems.read_text("utf-8") + lab, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(folder.parent)])
    assert done.exit_code == 0, done.output


def is_example(line: str) -> bool:
    """Return whether a comment is YAML that is left out, and no sentence."""
    return bool(re.match(r"# (?: |[a-z_/-]+:(?: |$))", line))


def test_nothing_is_written_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    done = CliRunner().invoke(main, ["init", str(tmp_path), *ANSWERS, "--yes"])
    assert done.exit_code == 2
    assert "README.md would be overwritten; name a folder without them" in done.output
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (["--organization", "A<b"], "organization: a title goes into page titles"),
        (["--phone", "call us"], "desk.phone: 'call us' is not a phone number"),
        (["--zone", "Mars"], "no time zone 'Mars'"),
        (["--zone", "Berlin"], "no time zone 'Berlin'; did you mean Europe/Berlin?"),
        (["--language", "tlh"], "language: 'tlh' is not one of the terms; one of: "),
        (["--forge", "nowhere"], "forge.repository: 'nowhere' is not a web address"),
        (["--language", "\udcff"], "language: '?' is not one of the terms"),
        (["--country", "XX"], "no public holidays are known of 'XX'"),
        (["--desk", "x: [1, 2]"], "desk.name: a title goes into page titles"),
    ],
)
def test_an_answer_that_no_book_can_hold_is_refused(tmp_path: Path, answer: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "kb"), *ANSWERS, *answer, "--yes"])
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "kb").exists()


def test_an_answer_that_yaml_would_retype_stays_what_it_is(tmp_path: Path) -> None:
    folder = new_book(tmp_path / "kb", "--organization", "007", "--desk", "Yes: no", "--phone", "0044")
    done = CliRunner().invoke(main, ["check", str(folder / "changes")])
    assert done.exit_code == 0, done.output
    assert 'organization: "007"' in (folder / "changes" / "desk" / "book.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("folder", "said"), [("b ü ö", "\n  cd 'b ü ö'\n  make site"), (".", "This folder holds the book of Harbor Clinic")]
)
def test_what_to_type_next_can_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["init", folder, *ANSWERS, "--yes"])
    assert said in done.output
    assert "cd ." not in done.output


def test_the_first_week_goes_as_the_handbook_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = with_days_to_come((ROOT / "docs" / "handbook" / "first-week.md").read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    for before, kind, block in re.findall(r"(?s)(.*?)```(\w+)\n(.*?)```", text):
        if kind == "console":
            told += [
                follow(shlex.split(line), monkeypatch)
                for line in block.replace("\\\n", "").replace("$ ", "").splitlines()
            ]
        else:
            file = Path(re.findall(r"`([\w./-]+\.\w+)`", before)[-1])
            there = file.read_text("utf-8") if file.exists() else ""
            file.write_text(f"{there}\n{block}" if there else block, encoding="utf-8")
    assert "patient-not-found" in "".join(told)
    assert (tmp_path / "kb" / "site-staff" / "index.html").is_file()
    assert "Nothing is missing: run changebook ready" in "".join(told)
    assert "Status Page Wording" in (tmp_path / "kb" / "site" / "changes" / "index.html").read_text("utf-8")


def follow(words: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Do what a line of the handbook says, and return what is printed."""
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
        return ""
    if words[0] == "rm":
        Path(words[1]).unlink()
        return ""
    if words[0] in ("make", "git"):
        if words[1] == "site":  # tried with the wheel
            return ""
        done = subprocess.run(words, env=with_quick_program(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
    if words[1] == "build":
        done = changebook(*words[1:], cwd=Path.cwd())
        assert done.returncode == 0, done.stderr
        return done.stdout
    tried = CliRunner().invoke(main, words[1:])
    assert tried.exit_code == 0, tried.output
    return tried.output


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    return wheel_in(folder)


def wheel_in(folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_what_a_site_needs_and_nothing_else(wheel: Path, tmp_path: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    held = {name.removeprefix("changebook/data/") for name in names if name.startswith("changebook/data/")}
    ours = {file.relative_to(ROOT).as_posix() for file in (ROOT / "overrides").rglob("*") if file.is_file()}
    ours |= {file.relative_to(ROOT).as_posix() for file in (ROOT / "docs").rglob("*.md")}
    lists = {f"changes/desk/{name}.yaml" for name in ("cases", "kinds", "wording")}
    assert held == {*ours, *lists, "mkdocs.yml"}
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"changebook"}
    assert wheel_in(tmp_path).read_bytes() == wheel.read_bytes(), "the same files make another wheel"


def test_a_new_book_builds_and_tests_itself_where_no_checkout_is(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, capture_output=True, check=True)
    # Dependencies are those of this run; of its own .pth files, one of which leads to the checkout, none is read.
    packages = next((home / "lib").glob("python*/site-packages"))
    (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    left_out = {"PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "VIRTUAL_ENV"}
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    environment["PATH"] = f"{home / 'bin'}{os.pathsep}{environment['PATH']}"

    def run(*command: str, folder: Path = tmp_path) -> str:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert run(str(python), "-c", "import changebook; print(changebook.__file__)").startswith(str(home))
    run("changebook", "init", "kb", *ANSWERS, "--yes")
    for target in ("site", "test"):
        run("make", target, folder=tmp_path / "kb")
    run("changebook", "build", "--edition", "staff", folder=tmp_path / "kb")
    assert (tmp_path / "kb" / "site-staff" / "assets" / "css" / "edition.css").is_file()
    pages = files_of(tmp_path / "kb" / "site")
    assert b"Example Change" in pages["changes/example-change/index.html"]
    assert {"handbook/commands/index.html", "about/index.html", "assets/css/changebook.css"} <= pages.keys()
    assert not [name for name, page in pages.items() if str(ROOT).encode() in page]
