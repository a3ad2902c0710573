"""The sample book: complete, and consistent with itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from statistics import median

import pytest

from changebook.book import Book
from changebook.model import Record
from changebook.model.change import Status
from changebook.model.status import CLAIMS
from changebook.readiness import readiness
from changebook.views.playbook import PlaybookPage, playbook_page
from conftest import SAMPLE, lines, load

MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
# The queue rule of FHIR Patient Lookup R4 that is over, and that home asks somebody to remove.
OVER = "rule-overdue/queue_rules:repeat-tickets-about-mpi"


def texts(record: object) -> Iterator[str]:
    """Yield every text in a record."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, Record):
        for name in type(record).model_fields:
            yield from texts(getattr(record, name))
    elif isinstance(record, tuple):
        for item in record:
            yield from texts(item)


@pytest.fixture(scope="module")
def prose(sample: Book) -> dict[str, str]:
    """All text of each change and scenario."""
    records = {**sample.changes, **sample.desk.scenarios}
    return {name: "\n".join(texts(record)) for name, record in records.items()}


@pytest.fixture(scope="module")
def playbooks(sample: Book) -> dict[str, PlaybookPage]:
    """Every playbook page: the general ones, and those of changes over them."""
    scenarios = sample.desk.scenarios
    pages = {name: playbook_page(sample, scenario) for name, scenario in scenarios.items()}
    for change in sample.changes.values():
        for own in change.playbooks:
            pages[f"{change.id} {own.scenario}"] = playbook_page(sample, scenarios[own.scenario], change=change)
    return pages


def test_the_sample_has_no_problem_and_the_gaps_that_it_means() -> None:
    found = lines(load(SAMPLE))
    late = [line for line in found if "gap: " in line and "adt-mapping-2026-4.yaml" in line]
    assert [line.rpartition(" ")[2] for line in found if line not in late] == [f"({OVER})"]
    assert len(late) >= 4


def test_the_desk_is_whole(sample: Book) -> None:
    desk = sample.desk
    assert len(desk.teams) >= 8
    assert len(desk.systems) >= 12
    assert len(desk.groups) >= 8
    assert len(desk.partners) >= 4
    assert len(desk.workflows) >= 8
    assert len(desk.scenarios) >= 14
    assert "partner-onboarding" in desk.kinds
    assert len(desk.kinds) == 6


def test_twelve_changes_show_every_kind_and_status(sample: Book) -> None:
    assert len(sample.changes) >= 12
    assert {change.kind for change in sample.changes.values()} == set(sample.desk.kinds)
    assert {change.status for change in sample.changes.values()} == set(Status.__args__)  # type: ignore[attr-defined]


def test_each_change_is_as_complete_as_its_status_asks(sample: Book) -> None:
    for change in sample.changes.values():
        if change.status in CLAIMS:
            gaps = [gap.name for gap in readiness(sample)[change.id].gaps]
            assert gaps == [OVER] * (change.id == "fhir-patient-lookup-r4"), change.name


def test_every_state_of_readiness_is_in_the_sample(sample: Book) -> None:
    states = readiness(sample)
    assert states["adt-mapping-2026-4"].counted
    assert states["status-page-names"].in_time
    assert states["lookup-hyphen-fix"].waived
    assert states["claims-api-2-4"].waiting


def test_every_team_owns_something(sample: Book) -> None:
    owners = {record.owner for record in (*sample.desk.systems.values(), *sample.desk.scenarios.values())}
    owners |= {change.owner for change in sample.changes.values()}
    owners |= {change.compliance.reviewed_by for change in sample.changes.values() if change.compliance}
    owners |= {change.safety.assessed_by for change in sample.changes.values() if change.safety}
    assert set(sample.desk.teams) - owners <= {"service-desk"}


def test_no_two_changes_share_a_tenth_of_their_words(sample: Book, prose: dict[str, str]) -> None:
    runs = {name: _runs(prose[name]) for name in sample.changes}
    shared = {
        (one, other): len(runs[one] & runs[other]) / min(len(runs[one]), len(runs[other]))
        for one, other in combinations(sample.changes, 2)
    }
    worst = max(shared, key=lambda pair: shared[pair])
    print(f"most alike: {worst[0]} and {worst[1]}, {100 * shared[worst]:.1f} % of their five-word runs")
    assert shared[worst] <= 0.10


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[index : index + 5]) for index in range(len(words) - 4)}


def test_a_team_is_named_with_its_own_number(sample: Book, prose: dict[str, str]) -> None:
    teams = sorted(sample.desk.teams.values(), key=lambda team: -len(team.name))
    for name, text in prose.items():
        for team in teams:
            for number in re.findall(rf"(?<![A-Za-z] ){re.escape(team.name)},? (?:on |at )?(\d{{4}})\b", text):
                assert number in (team.phone, sample.desk.settings.desk.phone), (name, team.name, number)


def test_every_internal_number_is_one_of_the_desks(sample: Book, prose: dict[str, str]) -> None:
    known = {team.phone for team in sample.desk.teams.values()} | {"6601"}
    for name, text in prose.items():
        for number in re.findall(r"\b(?:call|dial|bridge|phone) (\d{4})\b", text, flags=re.I):
            assert number in known, (name, number)


def test_a_partner_is_called_on_its_own_number(sample: Book, prose: dict[str, str]) -> None:
    numbers = {partner.contact.rsplit(", ", 1)[1] for partner in sample.desk.partners.values()}
    for name, text in prose.items():
        assert set(re.findall(r"\b555-\d{4}\b", text)) <= numbers, name


def test_a_weekday_is_that_of_its_date(prose: dict[str, str]) -> None:
    pattern = rf"\b({'|'.join(DAYS)})[a-z]* (\d{{1,2}}) ({'|'.join(MONTHS)})[a-z]*(?: (\d{{4}}))?"
    for name, text in prose.items():
        for weekday, day, month, year in re.findall(pattern, text):
            years = [int(year)] if year else [2026, 2027]
            days = [DAYS[date(some, MONTHS[month], int(day)).weekday()] for some in years]
            assert weekday in days, (name, weekday, day, month, year)


def test_a_message_with_a_code_reads_alike_everywhere(sample: Book) -> None:
    # The last sentences before a code in brackets are what users read out: word for word the same in every record.
    said: dict[str, dict[str, list[str]]] = {}
    for change in sample.changes.values():
        for exchange in change.contract:
            for answer in exchange.answers:
                said.setdefault(answer.code, {}).setdefault(answer.user_sees, []).append(change.id)
    differing = {code: found for code, found in said.items() if len(found) > 1}
    assert differing == {}


def test_no_caller_says_the_same_of_two_things(sample: Book) -> None:
    seen: dict[str, str] = {}
    for scenario in sample.desk.scenarios.values():
        for words in scenario.callers_say:
            assert seen.setdefault(words.casefold(), scenario.id) == scenario.id
    for change in sample.changes.values():
        for playbook in change.playbooks:
            for words in playbook.callers_say:
                here = f"{change.id} {playbook.scenario}"
                assert seen.setdefault(words.casefold(), here) == here


@pytest.mark.parametrize(
    "robotic",
    ["has been logged", "as soon as possible", "known issue", "please note", "simply", "kindly", "!", "N/A", "TBD"],
)
def test_nobody_talks_like_a_machine(prose: dict[str, str], robotic: str) -> None:
    assert [name for name, text in prose.items() if robotic.lower() in text.lower()] == []


def test_the_checks_of_a_playbook_are_read_with_a_caller_on_the_line(playbooks: dict[str, PlaybookPage]) -> None:
    words = {name: sum(map(len, map(str.split, _checks(page)))) for name, page in playbooks.items()}
    worst = max(words, key=lambda name: words[name])
    print(f"{len(words)} playbooks, {median(words.values())} words in Do (median), {words[worst]} in {worst}")
    assert median(words.values()) <= 120


def _checks(page: PlaybookPage) -> Iterator[str]:
    for check in page.checks:
        yield check.do
        yield from (f"{outcome.sign} {outcome.do}" for outcome in check.outcomes)


def test_a_first_response_is_said_in_60_words(playbooks: dict[str, PlaybookPage]) -> None:
    words = {name: len(page.first_response.split()) for name, page in playbooks.items()}
    assert {name: count for name, count in words.items() if count > 60} == {}


@pytest.mark.parametrize(
    "word", ["anew", "autumn", "behaviour", "catalogue", "fortnight", "mend", "mends", "shall", "telephone", "whilst"]
)
def test_the_sample_is_in_american_english(prose: dict[str, str], word: str) -> None:
    assert [name for name, text in prose.items() if re.search(rf"\b{word}\b", text, flags=re.I)] == []
