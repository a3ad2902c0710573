"""A list of the desk filled from an export: ids are stable, comments stay, hostile cells are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from changebook.cli import main

TEAMS = "Name,Phone,Queue,Hours,Backup,Does,Manager\n"
NIGHT = "Night Watch,+1 312 555 0100,NIGHT,always,Interfaces,Watches at night.,Robin\n"


def run(small: Path, table: str, text: str | bytes, *more: str) -> Result:
    file = small.parent / "export.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return CliRunner().invoke(main, ["desk", "import", table, str(file), "--book", str(small), "--yes", *more])


def filled(small: Path, table: str, text: str | bytes, *more: str) -> dict[str, dict[str, object]]:
    done = run(small, table, text, *more)
    assert done.exit_code == 0, done.output
    return entries(small, table)


def entries(small: Path, table: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.load(
        (small / "desk" / f"{table}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return found


def test_new_entries_get_ids_and_find_others_by_name(small: Path) -> None:
    there = entries(small, "teams")
    first = next(iter(there))
    name = str(there[first]["name"])
    found = filled(small, "teams", TEAMS + NIGHT.replace("Interfaces", name.upper()))
    assert found == {
        **there,
        "night-watch": {
            "name": "Night Watch",
            "phone": "+1 312 555 0100",
            "queue": "NIGHT",
            "hours": "always",
            "backup": first,
            "does": "Watches at night.",
        },
    }


def test_a_team_can_name_one_further_down_as_its_backup(small: Path) -> None:
    rows = "Alpha,1,A,mon-fri 08:00-16:00,Beta,Works.,\nBeta,2,B,always,,Works.,\n"
    assert filled(small, "teams", TEAMS + rows)["alpha"]["backup"] == "beta"


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("24x7", "always"),
        ("24/7/365", "always"),
        ("Mon-Fri 07:00 - 17:00", "mon-fri 07:00-17:00"),
        ("MON\u2013FRI 07:00\u201317:00", "mon-fri 07:00-17:00"),
        ("M-F 8:00-17:30", "mon-fri 08:00-17:30"),
        ("Monday to Friday 8am to 5 p.m.; Sat. 12:15 pm - 11 pm", "mon-fri 08:00-17:00, sat 12:15-23:00"),
    ],
)
def test_hours_are_read_as_lists_of_teams_have_them(small: Path, cell: str, hours: str) -> None:
    assert filled(small, "teams", f"{TEAMS}Alpha,1,A,{cell},,Works.,\n")["alpha"]["hours"] == hours


@pytest.mark.parametrize("cell", ["M-F 8-5", "Business hours", "Mon-Fri 8am-5"])
def test_hours_that_can_be_read_two_ways_are_refused(small: Path, cell: str) -> None:
    done = run(small, "teams", f"{TEAMS}Alpha,1,A,{cell},,Works.,\n")
    assert done.exit_code == 1
    assert "are not hours; write always, or for example" in done.output


def test_a_german_export_is_read_as_germans_write(small: Path) -> None:
    book = small / "desk" / "book.yaml"
    book.write_text(f"{book.read_text('utf-8')}language: de\n", "utf-8")
    rows = "Netz & Telefon;1;N;Mo.–Fr. 7:30 bis 16:30 Uhr, Samstag 8.00-12.00;;Netz.;\n"
    rows += "Wache;2;W;rund um die Uhr;;Wacht.;\n"
    found = filled(small, "teams", TEAMS.replace(",", ";") + rows)
    assert found["netz-und-telefon"]["name"] == "Netz und Telefon"
    assert found["netz-und-telefon"]["hours"] == "mon-fri 07:30-16:30, sat 08:00-12:00"
    assert found["wache"]["hours"] == "always"
    assert filled(small, "groups", "name;people;about\nPflege;1.240;Pflegt.\n")["pflege"]["people"] == 1240


def test_a_name_is_written_as_titles_can_hold_it_and_found_as_it_was(small: Path) -> None:
    rows = "Lab & Pathology,1,L,always,Scans&Images,Works.,\nScans & Images,2,S,always,,Works.,\n"
    found = filled(small, "teams", TEAMS + rows)
    assert found["lab-and-pathology"] == {
        "name": "Lab and Pathology",
        "phone": "1",
        "queue": "L",
        "hours": "always",
        "backup": "scans-and-images",
        "does": "Works.",
    }
    again = run(small, "systems", "name,kind,owner,about\nScan Store,departmental,Scans & Images,Keeps scans.\n")
    assert again.exit_code == 0, again.output


def test_a_row_that_says_what_another_says_is_read_once(small: Path) -> None:
    assert (
        filled(small, "groups", "name,people,about,CI\nRunners,5,Run.,1\nRunners, 5,Run.,2\n")["runners"]["people"] == 5
    )


def test_cells_are_read_as_told_and_what_is_wrong_in_many_rows_is_said_once(small: Path) -> None:
    owner = next(iter(entries(small, "teams")))
    rows = "".join(f"System {number},Server,{owner},Works.\n" for number in "ABCDEFGH") + f"Bus,Engine,{owner},Works.\n"
    text = f"name,kind,owner,about\n{rows}"
    done = run(small, "systems", text, "--read", "Engine=interface-engine")
    assert done.exit_code == 1
    assert "export.csv:2:1: kind: 'Server' is not one of the terms; one of: " in done.output
    assert "(also in lines 3, 4, 5, 6, 7 and 2 more)" in done.output
    assert "1 problem, " in done.output
    assert "with --column, --read and --set" in done.output
    found = filled(small, "systems", text, "--read", "Engine=interface-engine", "--read", "Server=middleware")
    assert (found["bus"]["kind"], found["system-h"]["kind"]) == ("interface-engine", "middleware")
    done = run(small, "systems", text, "--read", "Serve=middleware")
    assert "no cell 'Serve' in a column that is used; did you mean 'Server'?" in done.output


def test_a_field_is_named_as_its_heading_or_its_key(small: Path) -> None:
    export = small.parent / "systems.csv"
    export.write_text("CI,owner,about,Aliases\nNew Gate,interfaces,Opens.,gate\n", encoding="utf-8")
    words = ["--column", "CI=Name", "--column", "Aliases=other names", "--set", "Kind=portal"]
    done = CliRunner().invoke(main, ["desk", "import", "systems", str(export), *words, "--yes", "--book", str(small)])
    assert done.exit_code == 0, done.output
    assert entries(small, "systems")["new-gate"]["other_names"] == ["gate"]


def test_what_is_imported_again_changes_nothing_and_comments_stay(small: Path) -> None:
    file = small / "desk" / "groups.yaml"
    file.write_text(f"# Who works here.\n{file.read_text('utf-8')}# newest last\n", "utf-8")
    rows = "name,people,about\nRunners,12,Carry samples.\nNurses,310,Work on wards.\n"
    done = run(small, "groups", rows)
    assert "1 new and 1 changed" in done.output
    text = file.read_text("utf-8")
    assert text.startswith("# Who works here.\n")
    assert "# newest last\nrunners:\n" in text
    assert entries(small, "groups")["nurses"]["people"] == 310
    again = run(small, "groups", rows)
    assert again.exit_code == 0
    assert "groups say all of this already" in again.output
    assert file.read_text("utf-8") == text


def test_an_entry_with_an_id_keeps_it_under_another_name(small: Path) -> None:
    found = filled(small, "groups", "ID,Name\nnurses,Ward Nurses\n")
    assert found["nurses"]["name"] == "Ward Nurses"
    assert "ward-nurses" not in found


def test_columns_have_other_headings_and_new_entries_what_the_file_lacks(small: Path) -> None:
    owner = next(iter(entries(small, "teams")))
    text = "CI Name;Type;Aliases;Site\nScan Store;Departmental;archive;North\nGate;;;South\n"
    more = ["--column", "CI Name=name", "--column", "type=kind", "--column", "Aliases=other_names"]
    more += ["--set", f"owner={owner}", "--set", "about=Keeps scans.", "--set", "kind=middleware"]
    done = run(small, "systems", text, *more)
    assert done.exit_code == 0, done.output
    assert "Columns that fill no field: Site." in done.output
    found = entries(small, "systems")
    assert found["scan-store"]["kind"] == "departmental"
    assert found["scan-store"]["other_names"] == ["archive"]
    assert found["gate"]["kind"] == "middleware"


def test_columns_may_have_headings_in_any_script(small: Path) -> None:
    columns = ["--column", "Название=name", "--column", "О группе=about"]
    done = run(small, "groups", "Название,О группе,People\nWard Nurses,Floor nurses.,40\n", *columns)
    assert done.exit_code == 0, done.output
    assert entries(small, "groups")["ward-nurses"]["about"] == "Floor nurses."


def test_a_list_is_added_to_and_never_cut(small: Path) -> None:
    owner = next(iter(entries(small, "teams")))
    head = "name,kind,owner,about,other names\n"
    filled(small, "systems", f"{head}Gate,middleware,{owner},Passes messages.,the gate\n")
    found = filled(small, "systems", f"{head}Gate,,,,front door; the gate\n")
    assert found["gate"]["other_names"] == ["the gate", "front door"]
    assert found["gate"]["about"] == "Passes messages."


@pytest.mark.parametrize(
    "data",
    [
        "name,people,about\nÄrzte,5,Prüfen Befunde.\n".encode("utf-16"),
        "name,people,about\nÄrzte,5,Prüfen Befunde.\n".encode("cp1252"),
        "\ufeffname\tpeople\tabout\r\nÄrzte\t5\tPrüfen Befunde.\r\n".encode(),
    ],
    ids=["utf-16", "windows", "tabs"],
)
def test_an_export_is_read_as_spreadsheets_write_it(small: Path, data: bytes) -> None:
    assert filled(small, "groups", data)["arzte"] == {"name": "Ärzte", "people": 5, "about": "Prüfen Befunde."}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('=HYPERLINK("http://x"),5,Work.', "export.csv:2:1: name: '=HYPERLINK"),
        ("Runners,5,@SUM(A1)", "export.csv:2:1: about: '@SUM(A1)' is a formula; export its value"),
        ("Runners,5,-2+3+cmd|'/c calc'!A0\nWalkers,x,Walk.", "export.csv:3:1: people: 'x' is not a whole number"),
        ("<script>,5,Work.", "cannot hold '<'"),
        ("{{ 7*7 }},5,Work.", "cannot hold '{'"),
        ("Runners,5,", "export.csv:2:1: about is missing; add it"),
        (",5,Work.", "export.csv:2:1: the name is missing; every row needs one"),
        ("Runners,5,Work.\nrunners,6,Run.", "the same entry as in line 2, 'runners'"),
        ("Runners,5,Run.\nWalkers,5,Call for SSN 412-55-8093.", "export.csv:3:1: looks like a social security number"),
        ("3M Desk,5,Work.", "export.csv:2:1: no id can be made of '3M Desk'; add a column id"),
        ("Runners,5,Carry samples, and wait.", "export.csv:2:1: 4 cells, 3 headings; quote a cell that has a comma"),
        ("Runners,-,Work.\nn/a,5,Work.", "export.csv:3:1: the name is missing"),
    ],
)
def test_a_cell_that_no_book_can_hold_is_refused_and_nothing_is_written(small: Path, rows: str, said: str) -> None:
    before = (small / "desk" / "groups.yaml").read_bytes()
    done = run(small, "groups", f"name,people,about\n{rows}\n")
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert (small / "desk" / "groups.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("title,people\nA,1\n", (), "no column is called name; of its columns, title, people, say which one it is"),
        ("name,people\nA,1\n", ("--column", "Persons=people"), "no column 'Persons'; one of: name, people"),
        ("name,people\nA,1\n", ("--set", "persons=2"), "no field 'persons' in groups"),
        ("name,people,Name\nA,1,B\n", (), "two columns fill 'name'; rename one of them"),
        ('name,people\n"A,1\n', (), "not a CSV file"),
        ("name,people,about\n,,\n", (), "export.csv has headings and no row below them"),
        ("\nsep=;\n;;\nname;people;about\nA;x;B\n", (), "export.csv:5:1: people: 'x' is not a whole number"),
        (
            "id,name,people\n0815,A,1\n",
            (),
            "an id begins with a letter; put a word before the number, such as 'unit-0815'",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(small: Path, text: str, more: tuple[str, ...], said: str) -> None:
    done = run(small, "groups", text, *more)
    assert done.exit_code == 1
    assert said in done.output


@pytest.mark.parametrize(
    ("name", "made"), [("Weiß", "weiss"), ("Œuvre", "oeuvre"), ("Ærø", "aero"), ("Łódź", "lodz"), ("Ärzte", "arzte")]
)
def test_an_id_loses_no_letter_of_its_name(small: Path, name: str, made: str) -> None:
    assert filled(small, "groups", f"name,people,about\n{name},5,Work.\n")[made]["name"] == name


@pytest.mark.parametrize("nothing", ["-", "–", "n/a", "N/A"])
def test_a_cell_that_says_nothing_is_empty(small: Path, nothing: str) -> None:
    assert "backup" not in filled(small, "teams", TEAMS + NIGHT.replace("Interfaces", nothing))["night-watch"]


def test_an_entry_that_nobody_knows_is_told_with_the_nearest_name(small: Path) -> None:
    rows = NIGHT.replace("Interfaces", "Beta Teem") + "Beta Team,2,B,always,,Works.,\n"
    done = run(small, "teams", TEAMS + rows)
    assert "export.csv:2:1: backup: no team 'Beta Teem'; did you mean 'Beta Team'?" in done.output
    assert "instead of" not in done.output
    done = run(small, "systems", "name,kind,owner,about\nGate,middleware,Interfacs,Passes.\n")
    assert "export.csv:2:1: owner: no team 'Interfacs'; did you mean 'Interfaces'?" in done.output


def test_nothing_is_written_that_leaves_a_problem_in_the_book(small: Path) -> None:
    before = (small / "desk" / "partners.yaml").read_bytes()
    done = run(small, "partners", 'name,about,contact,systems\nFar Lab,Results.,"Desk, 555-0101",no-such-feed\n')
    assert done.exit_code == 1
    assert "no system 'no-such-feed'" in done.output
    assert (small / "desk" / "partners.yaml").read_bytes() == before
