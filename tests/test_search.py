"""Search without a browser: words, keys, ranking, files, and what the labeled queries find."""

from __future__ import annotations

import json
import re
import shutil
import sys
import zlib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import quickjs
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from browsing import open_page, put_back
from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.checking.searching import index_of
from changebook.cli import main
from changebook.cli.search import plain_results, result_lines
from changebook.model.contract import DeskAnswer
from changebook.model.settings import QUESTIONS
from changebook.model.status import PLANNED
from changebook.names import answer_anchor
from changebook.search.cards import first_sentences
from changebook.search.codes import codes_named, duty_card
from changebook.search.document import Document, answers_of
from changebook.search.engine import ASKING, BUILDING, Engine, scripts
from changebook.search.files import index_files
from changebook.search.finding import as_on_go_live
from changebook.search.hand import hand_sections
from changebook.search.index import Hit, Index, SearchResults
from changebook.search.kinds import KINDS, DocumentKind
from changebook.search.lexicon import everywhere, shorthand
from changebook.search.postings import postings, split, written
from changebook.search.reading import front_coded, read_texts
from changebook.views.assets import assets
from changebook.views.change import symptoms_of
from changebook.views.duty import rota
from changebook.views.guidance import playbook_link
from changebook.views.playbook import playbook_page
from changebook.views.triage import triage
from conftest import GOOD, ROOT, SAMPLE, lines, load

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from books import write_book
from keys import keys_astray
from search import VOICES, is_right, judged, labeled, shares

QUERIES = labeled()
MOST = 99  # results of a query that are looked at


@pytest.fixture(scope="session")
def index(sample: Book) -> Index:
    """The sample's index, as the site publishes it."""
    return index_of(sample, SAMPLE)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Index]:
    """A generated book of 200 changes, and its index."""
    folder = write_book(tmp_path_factory.mktemp("generated"), 200)
    loaded = load_book(folder, clock=lambda: datetime(2026, 12, 3, 15, tzinfo=UTC))
    assert loaded.problems == []
    assert loaded.book
    return loaded.book, Index(loaded.book)


def with_files(book: Book, index: Index) -> Index:
    """Return an index with its files made again as they are split now, of the same documents."""
    files = index_files(book, index.documents, Engine(), index.remembered)
    return Index(book, made=(index.documents, files, index._pages))


@pytest.fixture(scope="module")
def answers(index: Index) -> dict[str, SearchResults]:
    """What the terminal finds for each labeled query."""
    return {query.ask: index.ask(query.ask, shown=MOST) for query in QUERIES}


def addresses(hits: list[Hit]) -> list[str]:
    return [hit.document.address for hit in hits]


# Words


@pytest.mark.parametrize(
    "alike",
    [
        "order orders ordered ordering",
        "route routes routed routing",
        "delay delays delayed",
        "miss misses missed missing",
        "bill bills billed billing",
        "stop stopped stopping stops",
        "category categories",
        "find found finds finding",
        "cannot can't couldn't won't",
        "nobody nothing none not isn't",
        "gray grey",
        "box boxes",
        "release released releases releasing",
    ],
)
def test_forms_of_a_word_meet_in_one_stem(alike: str) -> None:
    engine = Engine()
    stems = {engine.call("words", word)[0]["stem"] for word in alike.split()}
    assert len(stems) == 1


@pytest.mark.parametrize(
    "unlike", ["order older", "lab label", "claim clam", "status state", "late later", "sign design"]
)
def test_words_that_only_look_alike_stay_apart(unlike: str) -> None:
    engine = Engine()
    one, other = (engine.call("words", word)[0]["stem"] for word in unlike.split())
    assert one != other


@pytest.mark.parametrize("written", ["LKP-504", "lkp504", "LKP 504", "lkp.504", "Lkp_504"])
def test_a_code_is_found_however_it_is_written(index: Index, written: str) -> None:
    found = index.ask(written)
    assert found.hits[1].document.title.startswith("LKP-504")
    assert found.hits[0].pinned


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("patient", "patient", 0),
        ("pateint", "patient", 1),
        ("patint", "patient", 1),
        ("patiennt", "patient", 1),
        ("oatient", "patient", 1),
        ("ptaeint", "patient", 2),
        ("claim", "order", 3),
    ],
)
def test_a_slip_counts_as_one(one: str, other: str, far: int) -> None:
    assert min(Engine().call("distance", one, other, 2), 3) == far


def test_a_text_is_counted_by_its_words_and_by_the_wordings_in_it() -> None:
    synonyms = [["lab result", "test result"], ["cannot be read", "parse error"], ["the of"]]
    said = ["Test results of Ms M\u00fcller", "it can't be read", "results of a test", "the of", "LKP-504 again", ""]
    read = read_texts([*said, said[0]], synonyms, Engine())
    assert list(read.texts) == said
    assert {text: (one.terms, one.length) for text, one in read.texts.items()} == {
        said[0]: (["test", "result", "ms", "mueller", "muller", "~0"], 4),
        said[1]: (["cant", "read", "~1"], 2),
        said[2]: (["result", "test"], 2),
        said[3]: (["~2"], 0),
        said[4]: (["lkp504", "504", "again"], 2),
        said[5]: ([], 0),
    }
    # The first text is said twice.
    assert read.spoken == Counter(
        {"test": 3, "results": 3, "mueller": 2, "muller": 2, "cant": 1, "read": 1, "again": 1}
    )


@pytest.mark.parametrize(
    "text",
    [
        'The LAB\'s (late) "result": LKP-504, lkp-504. Lkp-504!',
        "a.b_c/d-e; a.b_c/d-e. 3.14: .5 5. v2.1?",
        "Can't, cannot, CAN\u2019T and `can`'t... [can't]",
        "M\u00dcLLER. M\u00fcller, Mu\u0308ller! \u0141\u00f3d\u017a; stra\u00dfe. \u00c5s\u00f8y:",
        "\u60a3\u8005. \u60a3\u8005\u60c5\u5831, K+ K+. 1\u00bd \ufb01le. \u2014dash\u2014",
    ],
)
def test_python_counts_the_words_that_the_browser_sees(text: str) -> None:
    engine = Engine()
    words = [word for word in engine.call("words", text) if not engine.call("stops", word)]
    read = read_texts([text], [], engine).texts[text]
    assert read.terms == [word["stem"] for word in words]
    assert read.length == sum(not word.get("joined") for word in words)


def test_a_posting_is_the_gap_to_the_document_before_and_an_impact() -> None:
    texts = read_texts(["late result", "late late", "order"], [], Engine()).texts
    fields: list[dict[str, tuple[str, ...]]] = [
        {"title": ("late result",)},
        {"title": ("order",)},
        {"title": ("late late",), "callers": ("late result",)},
    ]
    documents = [Document("scenario", str(number), "", item, {}) for number, item in enumerate(fields)]
    found = postings("symptoms", documents, texts)
    # 3.5 of 33.5, and 12 of 42, in 15 steps.
    assert found == {
        "lat": f"{written([0, 2])} {written([2, 4])}",
        "result": f"{written([0, 2])} {written([2, 2])}",
        "order": f"{written([1])} {written([2])}",
    }
    assert [dict(sorted(file.items())) for file in split(found, 1, Engine())] == [dict(sorted(found.items()))]


def test_numbers_in_letters_are_read_as_they_were_written() -> None:
    numbers = [*range(60), 1_937, 1_938, 65_891, 65_892, 10**9]
    assert Engine().call("numbersOf", written(numbers)) == numbers
    assert json.dumps(written(numbers)) == f'"{written(numbers)}"'


def test_words_of_names_are_told_once(index: Index) -> None:
    start, engine = json.loads(index.files["start.json"]), Engine()
    of_names = engine.call("spokenIn", [*start["names"], *(name for former in start["former"] for name in former)])
    others: list[str] = []
    for same, rest in re.findall("([0-9])([a-z]*)", start["words"]):
        others.append((others or [""])[-1][: int(same)] + rest)
    assert {"lookup", "hyphen"} < {*of_names}
    assert {*of_names}.isdisjoint(others)
    assert len(start["often"]) == len(of_names) + len(others)


def test_codes_that_begin_alike_are_read_as_they_were_written() -> None:
    codes = ["", "4", "MPI-204", "MPI-204 retry", "MPI-24", "MPI-LONG-AS-IT-IS-1", "MPI-LONG-AS-IT-IS-2", "X"]
    assert Engine().call("codesOf", front_coded(codes, end="\n")) == codes


# Names and keys


def test_every_key_leads_to_exactly_its_changes_pages(generated: tuple[Book, Index]) -> None:
    book, index = generated
    # `tests/bench/keys.py 1000` asks for those of all changes.
    changes = list(book.changes.values())
    some = {*changes[::6], *{change.status: change for change in changes}.values()}
    assert list(keys_astray(book, index, list(some))) == []


def test_a_name_shows_the_hub_first_then_its_pages_in_their_fixed_order(index: Index, sample: Book) -> None:
    change = sample.change("lab-results-routing-v3")
    expected = [
        f"changes/{change.id}/",
        *(item.address for item in (*symptoms_of(sample, change), *assets(sample, change))),
    ]
    assert addresses(index.ask("lab results ROUTING v3").hits) == expected


def test_what_a_code_pins_comes_whole_and_others_only_fill_up_what_is_shown(index: Index) -> None:
    every = index.ask("LKP-504", shown=MOST).hits
    pinned = [hit for hit in every if hit.pinned]
    assert 2 < len(pinned) < len(every)
    for shown in (1, len(pinned), len(pinned) + 1):
        hits = index.ask("LKP-504", shown=shown).hits
        assert hits[: len(pinned)] == pinned
        assert len(hits) == max(shown, len(pinned))


@pytest.mark.parametrize("words", ["PB-999", "pb-999", "pb 999", "PB999"])
def test_the_code_of_no_playbook_is_no_code_of_anything_else(index: Index, words: str) -> None:
    found = index.ask(words)
    assert (found.good, found.hits, found.near) == (False, [], [])


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("known errors", "known-errors/"),
        ("Calendar", "calendar/"),
        ("since my last shift", "since/"),
        ("outages", "outages/"),
    ],
)
def test_a_page_comes_first_for_its_title(index: Index, title: str, page: str) -> None:
    assert addresses(index.ask(title).hits)[0] == page
    # In a caller's sentence it is a word like others.
    assert page not in addresses(index.ask(f"{title} on my screen").hits[:1])


@pytest.mark.parametrize("words", ["LKP-999", "lkp 999"])
def test_the_figures_of_an_unknown_code_are_no_code_of_their_own(index: Index, words: str) -> None:
    assert index.ask("999 reject").good
    found = index.ask(words)
    assert (found.good, found.hits) == (False, [])


@pytest.mark.parametrize("words", ["zzzz", "xxxxxx", "the the"])
def test_what_says_nothing_finds_nothing_and_says_so(index: Index, words: str) -> None:
    found = index.ask(words)
    assert (found.good, found.hits, found.near) == (False, [], [])


@pytest.mark.parametrize("words", ["the zebu is where the quagga should be", "the zebu is were the quagga shoud be"])
def test_what_is_said_around_other_words_counts(index: Index, words: str) -> None:
    assert index.ask(words).near[0].document.scenario == "schema-drift"


def test_what_is_said_around_other_words_counts_in_its_order(index: Index) -> None:
    found = index.ask("should the zebu be where the quagga is")
    assert (found.hits, found.near) == ([], [])


def test_a_former_name_is_found_and_named(index: Index) -> None:
    found = index.ask("mpi lookup upgrade")
    assert found.former == "MPI lookup upgrade"
    assert found.hits[0].document.address == "changes/fhir-patient-lookup-r4/"
    assert index.ask("nothing works since the mpi lookup upgrade").former == "MPI lookup upgrade"


def test_a_name_completes_as_one_types(index: Index) -> None:
    for typed in ("fhir patient l", "FHIR Patient Lookup"):
        assert index.ask(typed).hits[0].document.address == "changes/fhir-patient-lookup-r4/"
    assert index.ask("cant find pat").hits[0].document.scenario == "failed-patient-lookup"


def test_of_many_codes_in_one_search_three_changes_come_first(generated: tuple[Book, Index]) -> None:
    _, index = generated
    # A query reads four files of rare terms: with fewer codes, no more than three are in them.
    hits = index.ask(" ".join(f"Z{number}-00" for number in range(107, 114)), shown=MOST).hits
    assert len({hit.document.change for hit in hits if hit.pinned}) == 3


def test_a_code_inside_a_longer_code_is_not_meant(generated: tuple[Book, Index]) -> None:
    book, index = generated
    change = next(change for change in book.changes.values() if change.name.endswith(" 101"))
    assert {hit.document.change for hit in index.ask("Z101-00").hits if hit.pinned} == {change.id}


def test_a_name_that_is_half_typed_does_not_hide_its_playbooks(index: Index) -> None:
    hits = index.ask("lab results").hits
    assert hits[0].document.address == "changes/lab-results-routing-v3/"
    assert "playbook" in {hit.document.kind for hit in hits}


def test_a_name_with_a_number_is_not_found_inside_a_longer_number(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "book", tmp_path / "changes"))
    text = (GOOD / "six-lines.yaml").read_text("utf-8")
    own = re.search(r"^name: (.*)$", text, re.M)
    assert own
    for number in ("1", "12"):
        name = f"Router Step {number}"
        file = folder / f"router-step-{number}.yaml"
        file.write_text(text.replace(own[1], name) + f"former_names:\n  - Router move {number}\n", encoding="utf-8")
    book = load(folder).book
    assert book
    assert index_of(book, folder).ask("router move 12 broke the score").former == "Router move 12"


def test_a_code_in_a_long_message_is_seen(index: Index) -> None:
    words = "good morning the nurse on ward four says that her screen shows LKP-504 again today thanks"
    assert index.ask(words).hits[1].document.title.startswith("LKP-504")


@pytest.mark.slow
def test_a_pasted_book_is_no_trouble(index: Index) -> None:
    index.ask("word " * 20_000)
    assert index.ask(" ".join(["patient not found"] * 500)).good


@pytest.mark.parametrize(
    ("heard", "like"), [("mpi 402 no record", "MPI-204"), ("RTE-214 on my screen", "RTE-241"), ("clm 421", "CLM-412")]
)
def test_a_code_that_was_misheard_is_named_with_those_like_it(index: Index, heard: str, like: str) -> None:
    found = index.ask(heard)
    assert like in found.codes_like
    assert like not in [hit.document.title.partition(":")[0] for hit in found.hits]


def test_a_code_opens_its_playbook_at_the_check_that_names_it_and_the_contract_comes_second(index: Index) -> None:
    assert addresses(index.ask("lkp 504").hits)[:3] == [
        "changes/fhir-patient-lookup-r4/playbooks/failed-patient-lookup/#check-4",
        "changes/fhir-patient-lookup-r4/contract/#code-lkp-504",
        "changes/fhir-patient-lookup-r4/",
    ]


def test_every_code_of_the_sample_opens_its_playbook_at_a_check_that_names_it(index: Index, sample: Book) -> None:
    opened = 0
    for change in sample.changes.values():
        for answer in (answer for answer in answers_of(change) if answer.desk and answer.desk.scenario):
            page, row = addresses(index.ask(answer.code).hits)[:2]
            assert row == f"changes/{change.id}/contract/#{answer_anchor(answer.code)}"
            scenario = sample.desk.scenarios[str(answer.desk and answer.desk.scenario)]
            own = change if change.playbook_for(scenario.id) else None
            guide = playbook_page(sample, scenario, change=own)
            address, _, check = page.partition("#check-")
            assert address == playbook_link(sample, scenario.id, change=change).address
            naming = [
                number
                for number, one in enumerate(guide.checks, 1)
                if answer.code in " ".join([one.do, *(f"{out.sign} {out.do}" for out in one.outcomes)])
            ]
            assert int(check or 0) in (naming or [0]), answer.code
            opened += bool(check)
    assert opened >= 30


def test_a_code_of_a_standing_playbook_opens_it_at_its_check(index: Index) -> None:
    assert addresses(index.ask("ALR-409").hits)[0] == "playbooks/conflicting-messages/#check-3"


def test_a_check_with_a_result_of_that_name_goes_before_one_that_only_mentions_it(book: Book) -> None:
    guide = playbook_page(book, book.scenario("patient-not-found"))
    first, sign = guide.checks[0], guide.checks[0].outcomes[0]
    rows = [
        replace(first, do="Read the code: SRC-404 or SRC-409.", outcomes=[]),
        replace(first, do="Ask for the site.", outcomes=[replace(sign, sign="SRC-404")]),
        replace(first, do="Ask for the card.", outcomes=[replace(sign, sign="XSRC-40", do="Read SRC-4041.")]),
    ]
    found = codes_named(rows, ("SRC-404", "SRC-409", "SRC-4"), {})
    assert {key: says["at"] for key, says in found.items()} == {"src404": 2, "src409": 1}


def test_a_code_does_what_its_own_result_says_and_calls_whom_that_calls(book: Book) -> None:
    guide = playbook_page(book, book.scenario("patient-not-found"))
    first, sign = guide.checks[0], guide.checks[0].outcomes[0]
    other = replace(guide.calls[0], rota=replace(guide.calls[0].rota, ids="night-shift"))
    rows = [
        replace(
            first, do="Ask for the site.", outcomes=[replace(sign, sign="SRC-404", do="Wait a minute", verb="next")]
        ),
        replace(
            first, do="Ask for the card.", outcomes=[replace(sign, sign="SRC-5", do="", verb="escalate", call=other)]
        ),
        replace(first, do="Read SRC-7 out.", outcomes=[]),
        replace(
            first,
            do="Ask whether SRC-8 shows.",
            outcomes=[replace(sign, sign="SRC-8 returns", verb="escalate", call=other)],
        ),
    ]
    answers = {
        "SRC-404": DeskAnswer(action="Have them search by number.", defect_when="Always."),
        "SRC-8": DeskAnswer(action="Have them sign in again.", defect_when="SRC-8 returns."),
    }
    found = codes_named(rows, ("SRC-404", "SRC-5", "SRC-7", "SRC-8", "SRC-9"), answers)
    assert {key: says["do"] for key, says in found.items()} == {
        "src404": "Ask for the site. SRC-404: Wait a minute; then check 2.",
        "src5": "Ask for the card. SRC-5: escalate.",
        "src7": "Read SRC-7 out.",
        "src8": "Have them sign in again.",
    }
    assert {key: says["duty"]["line"] for key, says in found.items() if "duty" in says} == {"src5": "night-shift"}
    assert found["src5"]["when"] == other.reasons[0].value.when
    assert found["src8"]["when"] == "SRC-8 returns."
    assert "when" not in found["src404"]


def test_the_playbook_that_a_code_opens_does_what_its_check_says_and_stands_once(index: Index, sample: Book) -> None:
    first = index.ask("LKP-504").hits[0].document
    guide = playbook_page(
        sample, sample.scenario("failed-patient-lookup"), change=sample.change("fhir-patient-lookup-r4")
    )
    sign = guide.checks[3].outcomes[2].sign
    assert "LKP-504" in sign
    assert first.card["do"].startswith(f"{guide.checks[3].do} {sign}: ")
    found = [address.partition("#")[0] for address in addresses(index.ask("RTE-245", shown=40).hits)]
    assert found.count("playbooks/malformed-payload/") == 1


def test_what_a_code_pins_comes_whole_and_the_rest_fills_up_what_is_wanted(index: Index) -> None:
    whole = index.ask("LKP-504 claim rejected", shown=1).hits
    assert len(whole) > 1
    assert all(hit.pinned for hit in whole)
    filled = index.ask("LKP-504 claim rejected", shown=len(whole) + 1).hits
    assert addresses(filled[:-1]) == addresses(whole)
    assert not filled[-1].pinned
    assert len(index.ask("LKP-504 claim rejected", shown=40).hits) > len(filled)


def test_the_two_names_most_like_what_was_typed_are_offered() -> None:
    names = ("Lab routing", "Portal sign-in", "Lab results routing", "Lab results routes")
    changes = json.dumps([{"name": name, "former": []} for name in names])
    context = quickjs.Context()
    context.eval(scripts(ASKING, "en"))
    names_of = f"{{ names: changebookSearch.namesOf({changes}) }}"
    assert context.eval(f"changebookSearch.namesLike('labresultsroutin', {names_of}).join()") == "2,3"


def test_the_letters_of_a_code_are_no_word(index: Index) -> None:
    assert "allergy-codes-refresh" not in [hit.document.change for hit in index.ask("med list is blank").hits[:2]]


@pytest.mark.parametrize("words", ["it's not working", "the screen is broken again", "help"])
def test_a_call_that_says_nothing_finds_nothing(index: Index, words: str) -> None:
    assert not index.ask(words).good


# Shorthand, slips, letters


@pytest.mark.parametrize(
    ("typed", "scenario"),
    [
        ("pt srch no rslt", "failed-patient-lookup"),
        ("clm rej", "rejected-claim"),
        ("270 no resp", "eligibility-check-fails"),
        ("403 on chart", "authorization-error"),
        ("ORU parse err", "malformed-payload"),
        ("mwl empty", "imaging-work-list-empty"),
        ("dupl mrn", "duplicate-record"),
        ("labs arent crossing", "delayed-lab-result"),
        ("outofsync", "delayed-sync"),
        ("tablets missing from the clinic letter", "missing-data"),
        ("system expels me all the time", "sign-in-again"),
    ],
)
def test_shorthand_finds_what_it_means(index: Index, typed: str, scenario: str) -> None:
    found = index.ask(typed)
    assert scenario in [hit.document.scenario for hit in (found.hits or found.near)[:3]]


@pytest.mark.parametrize(
    "words", ["can i drive after my stitches", "my vacation days are wrong", "how many pills can i take of these"]
)
def test_what_another_desk_answers_better_comes_first(index: Index, words: str) -> None:
    assert index.ask(words).hits[0].document.kind == "elsewhere"


def test_a_word_that_means_nothing_for_sure_has_nearest_by_its_letters(index: Index) -> None:
    found = index.ask("embossed")
    assert not found.good
    assert found.near
    assert index.ask("quagga zebu").near == []


def test_shorthand_counts_whole_where_only_its_later_meaning_goes_with_anything(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "book", tmp_path / "changes"))
    with (folder / "desk" / "wording.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "shorthand:\n  - {short: [zqx], means: [late, several]}\n  - {short: [zqy], means: [several, late]}\n"
        )
    book = load(folder).book
    assert book
    index = index_of(book, folder)
    assert not index.ask("zqx").vague
    assert index.ask("zqy").vague


def test_an_ordinary_word_is_shorthand_only_in_capitals(index: Index) -> None:
    assert index.ask("case moved in the OR") != index.ask("case moved in the or")
    assert index.ask("CASE MOVED IN THE OR").hits == index.ask("case moved in the or").hits
    assert index.ask("K+ late").hits != index.ask("k late").hits


def test_a_desks_own_shorthand_comes_before_what_others_mean_by_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "book", tmp_path / "changes"))
    with (folder / "desk" / "wording.yaml").open("a", encoding="utf-8") as file:
        file.write("shorthand:\n  - {short: [PT, zqx], means: [late result]}\n")
    book = load(folder).book
    assert book
    assert shorthand(book.desk)["pt"] == shorthand(book.desk)["zqx"] == ["late result"]
    assert shorthand(book.desk)["rslt"] == everywhere("en")["rslt"]
    found = index_of(book, folder).ask("zqx")
    assert (found.hits or found.near)[0].document.scenario == "late-result"


def test_a_word_that_nothing_holds_takes_nothing_away(index: Index) -> None:
    plain = index.ask("patient search is gray").hits[0].document
    found = index.ask("patient search is gray qqzx wvvk")
    assert (found.hits or found.near)[0].document == plain


@pytest.mark.parametrize(
    "alike",
    [
        "Muller M\u00fcller",
        "Mueller M\u00fcller",
        "Soren S\u00f8ren",
        "Soeren S\u00f8ren",
        "Lukasz \u0141ukasz",
        "strasse stra\u00dfe",
        "aether \u00e6ther",
        "naive na\u00efve",
    ],
)
def test_a_letter_and_how_others_write_it_meet(alike: str) -> None:
    engine = Engine()
    one, other = ({word["stem"] for word in engine.call("words", name)} for name in alike.split())
    assert one & other


@pytest.mark.parametrize(
    "text",
    [
        "\u0440\u0435\u0437\u0443\u043b\u044c\u0442\u0430\u0442",
        "\u0627\u0644\u0645\u0631\u064a\u0636",
        "\u0930\u094b\u0917\u0940",
    ],
)
def test_words_of_other_scripts_are_indexed_as_written(text: str) -> None:
    assert [word["stem"] for word in Engine().call("words", text)] == [text]


def test_scripts_without_spaces_are_indexed_by_two_letters() -> None:
    texts = [word["text"] for word in Engine().call("words", "\u691c\u67fb\u7d50\u679c ABC")]
    assert texts == ["\u691c\u67fb", "\u67fb\u7d50", "\u7d50\u679c", "abc"]


def test_a_long_paste_is_found_by_what_tells_most_in_it(index: Index) -> None:
    noise = "2026-01-01 ERROR java.lang.Foo at com.bar.Baz request 12345 " * 400
    assert index.ask(f"{noise} caller reads LKP-504").hits[0].pinned
    said = index.ask(f"{noise} claims kicked back by the clearing house, batch rejected").hits
    assert "rejected-claim" in [hit.document.scenario for hit in said[:3]]


# Ranking


@pytest.mark.parametrize("words", ["can't find patient", "can't open chart", "won't let me in", "isn't in the list"])
def test_an_apostrophe_changes_nothing(index: Index, words: str) -> None:
    assert index.ask(words) == index.ask(words.replace("'", ""))


@pytest.mark.parametrize(
    "words", ["constructor", "toString", "hasOwnProperty", "!!!", "\u65e5\u672c\u8a9e", "the of and", "", "?"]
)
def test_odd_words_find_nothing_and_break_nothing(index: Index, words: str) -> None:
    found = index.ask(words)
    assert not found.good
    assert found.hits == []


def test_a_word_that_every_object_has_can_stand_in_a_record(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "book", tmp_path / "changes"))
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    text = text.replace("      - there is no score\n", "      - the constructor has no prototype\n")
    (folder / "complete-change.yaml").write_text(text, encoding="utf-8")
    book = load(folder).book
    assert book
    assert index_of(book, folder).ask("constructor prototype").hits[0].document.kind == "playbook"


def test_a_book_without_changes_can_be_searched(small: Path) -> None:
    book = load(small).book
    assert book
    assert index_of(book, small).ask("result is late").hits[0].document.kind == "scenario"


def test_orders_are_delayed_reaches_the_playbook_for_orders(index: Index) -> None:
    assert "order-not-received" in [hit.document.scenario for hit in index.ask("orders are delayed").hits[:3]]


def test_what_is_live_stands_before_what_is_closed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "book", tmp_path / "changes"))
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    for name, status in (("Closed Twin", "closed"), ("Live Twin", "live")):
        record = text.replace("Complete Change", name).replace("status: live", f"status: {status}", 1)
        record = re.sub(r"former_names:\n(  - .*\n)+", "", record)
        (folder / f"{name.lower().replace(' ', '-')}.yaml").write_text(record, encoding="utf-8")
    book = load(folder).book
    assert book
    hits = index_of(book, folder).ask("there is no score").hits
    assert [hit.document.change for hit in hits if hit.document.kind == "playbook"] == ["live-twin", "closed-twin"]


def test_what_is_live_answers_as_the_playbook_that_it_adds_to(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "book", tmp_path / "changes"))
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    # The general playbook has the word from callers, this one in a step, which counts for less.
    assert "do: Ask for the code." in text
    text = text.replace("Ask for the code.", "Ask for the list.")
    (folder / "complete-change.yaml").write_text(text, encoding="utf-8")
    book = load(folder).book
    assert book
    first = index_of(book, folder).ask("list").hits[0].document
    assert (first.kind, first.change, first.scenario) == ("playbook", "complete-change", "patient-not-found")


@pytest.mark.slow
def test_what_is_not_put_in_order_would_be_listed_nowhere(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    text = scripts(ASKING + BUILDING, "en")
    # Nothing is left out here, so all that answers anything is put in order.
    whole = text.replace("const CHAFF = TAIL", "const CHAFF = 0").replace("const least = TAIL", "const least = 0")
    assert len(whole) == len(text) - 6
    monkeypatch.setattr("changebook.search.engine.scripts", lambda *_: whole)
    other = Engine()
    monkeypatch.undo()
    engine = Engine()
    for one in (engine, other):
        one.open(index.files)
    for query in QUERIES[::20]:
        for filters in ({}, {"status": "live"}):
            asked = ("answer", query.ask, filters, 1000)
            assert engine.call(*asked) == other.call(*asked), query.ask


def test_a_further_page_of_a_playbook_yields_to_another_playbook() -> None:
    pages = [(1, 10), (1, 9.9), (2, 8), (-1, 7.9)]
    hits = [
        {"tier": "symptoms", "number": number, "scenario": scenario, "score": score}
        for number, (scenario, score) in enumerate(pages)
    ]
    assert [hit["number"] for hit in Engine().call("uncrowded", hits)] == [0, 2, 3, 1]


@pytest.mark.slow
def test_a_playbook_is_one_result_with_what_changes_add_to_it(answers: dict[str, SearchResults]) -> None:
    told = 0
    for query in QUERIES:
        rows = [hit for hit in answers[query.ask].hits if hit.document.scenario]
        for general in (hit for hit in rows if hit.document.kind == "scenario"):
            told += len(general.also)
            # What is first stands for all; a change's page holds all of the general one.
            assert [hit.document.address for hit in rows if hit.document.scenario == general.document.scenario] == [
                general.document.address
            ], query.ask
    assert told > 50


@pytest.mark.slow
def test_a_result_names_the_changes_that_add_to_its_playbook(index: Index, sample: Book) -> None:
    first = index.ask("duplicate record").hits[0]
    assert first.document.address == "playbooks/duplicate-record/"
    assert first.also == ("fhir-patient-lookup-r4", "lookup-hyphen-fix")
    printed = CliRunner().invoke(main, ["search", "duplicate", "record", "--book", str(SAMPLE)]).stdout
    names = ", ".join(sample.change(name).name for name in first.also)
    assert printed.startswith(f" 1. {first.document.title} (playbook, new with {names})\n")


def test_a_code_that_a_change_answers_brings_its_playbook_alone(index: Index) -> None:
    hits = index.ask("LKP-504", shown=99).hits
    assert hits[0].document.change == "fhir-patient-lookup-r4"
    assert "playbooks/failed-patient-lookup/" not in addresses(hits)


@pytest.mark.parametrize("status", ["", "live", "ready", "stable"])
def test_a_filter_counts_what_it_would_list(index: Index, status: str) -> None:
    ask = index._engine.call
    every = index.ask("duplicate record")
    assert every.good
    counts = ask("answer", "duplicate record", {"status": status}, 999)["counts"]["kind"]
    for kind, count in counts.items():
        listed = ask("answer", "duplicate record", {"status": status, "kind": kind}, 999)
        assert listed["total"] == count, kind


def test_the_labelled_queries_are_fair(sample: Book) -> None:
    sayings = [words for scenario in sample.desk.scenarios.values() for words in scenario.callers_say]
    sayings += [words for change in sample.changes.values() for item in change.playbooks for words in item.callers_say]
    heard = [re.findall(r"[a-z0-9]+", words.lower().replace("'", "")) for words in sayings]
    fours = {tuple(words[at : at + 4]) for words in heard for at in range(len(words) - 3)}
    assert sum(bool(query.pages) for query in QUERIES) >= 500
    assert sum(not query.pages for query in QUERIES) >= 100
    assert sum(query.held for query in QUERIES) >= 250
    assert len({query.ask for query in QUERIES}) == len(QUERIES)
    for query in QUERIES:
        asked = re.findall(r"[a-z0-9]+", query.ask.lower().replace("'", ""))
        assert asked not in heard, query.ask
        assert not fours & {tuple(asked[at : at + 4]) for at in range(len(asked) - 3)}, query.ask


def test_every_right_page_of_the_labelled_queries_exists(index: Index, sample: Book) -> None:
    known = {document.address for document in (*index.documents.symptoms, *index.documents.more)}
    known |= {address.partition("#")[0] for address in known}
    wanted = {page for query in QUERIES for page in query.pages}
    assert {page for page in wanted if not page.startswith("*")} <= known
    assert {page[1:] for page in wanted if page.startswith("*")} <= {f"/{page}" for page in known}


@pytest.mark.slow
def test_the_labelled_queries_find_their_pages(answers: dict[str, SearchResults]) -> None:
    places: dict[str, list[int]] = defaultdict(list)
    unsure: dict[str, int] = defaultdict(int)
    held: list[int] = []
    for query in (query for query in QUERIES if query.kind not in VOICES):
        found = answers[query.ask]
        unsure[query.kind] += not judged(found).sure
        ranks = [rank for rank, page in enumerate(addresses(found.hits)) if is_right(page, query.pages)]
        places[query.kind].append(min(ranks, default=99))
        if query.held and query.pages:
            held.append(min(ranks, default=99))
    refused = unsure.pop("unanswerable")
    del places["unanswerable"]
    every = [rank for ranks in places.values() for rank in ranks]
    assert sum(rank < 3 for rank in every) / len(every) >= 0.93
    assert sum(rank < 1 for rank in every) / len(every) >= 0.80
    assert sum(rank < 3 for rank in held) / len(held) >= 0.90
    assert sum(rank < 3 for rank in places["typo"]) / len(places["typo"]) >= 0.90
    assert sum(unsure.values()) / len(every) <= 0.02
    assert refused >= 22


@pytest.mark.slow
# What is held back was written by new hands when the ranking was done.
@pytest.mark.parametrize(("half", "at_night"), [("tuned on", 0.95), ("held back", 0.93)])
def test_every_voice_finds_its_playbooks(answers: dict[str, SearchResults], half: str, at_night: float) -> None:
    queries = [query for query in QUERIES if query.kind in VOICES and query.held == (half == "held back")]
    answered = [query for query in queries if query.pages]
    found = {query.ask: judged(answers[query.ask]) for query in queries}
    listed = {words: one.listed for words, one in found.items()}
    shown = {words: one.shown for words, one in found.items()}
    night = [query for query in answered if query.kind == "night"]
    assert len(night) >= 60
    assert shares(answered, listed, 1) >= 0.79
    assert shares(answered, listed, 3) >= 0.89
    assert shares(answered, shown, 3) >= 0.93
    assert shares(night, listed, 3) >= 0.88
    assert shares(night, shown, 3) >= at_night
    assert all(shown[query.ask] for query in answered)
    unanswerable = [query for query in queries if not query.pages]
    assert sum(found[query.ask].sure for query in unanswerable) <= 0.16 * len(unanswerable)


# What the page's own script finds, with the files that the site publishes.
IN_THE_PAGE = """async ([queries, most]) => {
    const { ask, cardFile, prepare } = globalThis.changebookSearch, read = new Map();
    const get = async (path) => (await fetch(`search/${path}`)).json();
    const start = prepare(await get("start.json")), open = (name) => {
        if (!read.has(name)) read.set(name, get(`${start.folder}/${name}`));
        return read.get(name);
    };
    const address = async ({ tier, number }) => {
        const cards = await open(cardFile(start, tier, number));
        return cards[number % start.tiers[tier].cards].address;
    };
    const found = [];
    for (const query of queries) {
        const asking = ask(query, {});
        asking.next();
        let step = asking.next([start]);
        while (!step.done) step = asking.next(await Promise.all(step.value.map(open)));
        const { good, vague, pins, hits, near } = step.value;
        const of = (list) => Promise.all(list.slice(0, most).map(address));
        found.push({ good, vague, hits: await of(hits), near: await of(near),
            pins: await of(pins.map(({ hub }) => ({ tier: "symptoms", number: hub }))) });
    }
    return found;
}"""


def test_the_browser_and_the_terminal_agree_on_every_labelled_query(
    chromium: Browser, address: str, answers: dict[str, SearchResults]
) -> None:
    page, complaints = open_page(chromium, address)
    page.locator(".cb-search__field:visible").focus()
    page.wait_for_function("Boolean(globalThis.changebookSearch?.prepare)")
    theirs = page.evaluate(IN_THE_PAGE, [list(answers), MOST])
    other = [number for number, ours in enumerate(answers.values()) if not agree(ours, theirs[number])]
    # Only where they are: some of them nobody reads.
    assert [place_of(number) for number in other] == []
    assert complaints == []
    put_back(page)


def agree(ours: SearchResults, theirs: dict[str, Any]) -> bool:
    pinned = [one.partition("#check-")[0] for one in addresses([hit for hit in ours.hits if hit.pinned])]
    listed = addresses([hit for hit in ours.hits if not hit.pinned])
    # The terminal spells a pinned change out: which pages it has, and that none of them follows again.
    hits = theirs["hits"] if not pinned else [one for one in theirs["hits"] if one in listed]
    return (
        (ours.good, ours.vague, addresses(ours.near)) == (theirs["good"], theirs["vague"], theirs["near"])
        and listed == hits[: len(listed)]
        and len(ours.hits) >= min(MOST, len(hits))
        and [one for one in pinned if one in theirs["pins"]] == theirs["pins"]
    )


def place_of(number: int) -> str:
    """Return where a labeled query is: its file, its class or voice, and its place there from 0."""
    query = QUERIES[number]
    file = "queries" if query.kind not in VOICES else "held-out" if query.held else "voices"
    before = [one for one in QUERIES[:number] if one.kind == query.kind]
    return f"{file}.yaml, {query.kind} {sum(file == 'queries' or one.held == query.held for one in before)}"


# Files


def test_a_small_book_has_one_file_a_tier(index: Index) -> None:
    expected = {
        "start.json",
        "symptoms-0.json",
        "symptoms-cards-0.json",
        "codes.json",
        "more-0.json",
        "more-cards-0.json",
    }
    assert set(index.files) == expected


def test_a_large_book_is_split_and_finds_the_same(
    generated: tuple[Book, Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, index = generated
    monkeypatch.setattr("changebook.search.files.ONE_FILE", 10_000_000)
    whole = with_files(book, index)
    monkeypatch.setattr("changebook.search.files.ONE_FILE", 20_000)
    split = with_files(book, index)
    sizes = {name: len(zlib.compress(text.encode())) for name, text in split.files.items()}
    for family in ("terms", "symptoms-cards", "more-cards"):
        own = [size for name, size in sizes.items() if re.fullmatch(rf"{family}-\d+\.json", name)]
        assert len(own) > 8, family
        assert max(own) < 20_000, family
    # However large a book is, a host takes so many files only.
    monkeypatch.setattr("changebook.search.files.FILES", 8)
    few = Counter(re.sub(r"\d+", "", name) for name in with_files(book, index).files)
    assert few["terms-.json"] == few["more-cards-.json"] == 8
    assert few["symptoms-cards-.json"] <= 8
    # What the desk's own playbooks say is not split.
    assert sizes["symptoms-0.json"] < 25_000
    assert sizes["more-0.json"] < 25_000
    assert len([name for name in whole.files if name.endswith("0.json")]) == len(whole.files) - 2 == 4
    # All that is rare is read here. As published, four files are, and are enough to find the same.
    as_published = Index(book, made=(split.documents, split.files, split._pages))
    everything = Engine()
    everything._context.eval(scripts(ASKING + BUILDING, "en").replace("const RARE = 4", "const RARE = 400"))
    split._engine = everything
    for change in list(book.changes.values())[:20]:
        saying, question = change.playbooks[0].callers_say[0], change.questions[0].question
        for words in (saying, question, change.name, " ".join(saying.split()[:2]), change.contract[0].answers[0].code):
            assert split.ask(words) == whole.ask(words), words
            assert as_published.ask(words).hits[0].document == whole.ask(words).hits[0].document, words
    for query in QUERIES[::40]:
        assert split.ask(query.ask) == whole.ask(query.ask), query
        one, other = as_published.ask(query.ask), whole.ask(query.ask)
        assert one.good == other.good, query
        assert [hit.document for hit in (*one.hits[:3], *one.near)] == [
            hit.document for hit in (*other.hits[:3], *other.near)
        ], query


def test_a_word_that_callers_say_is_in_one_file_and_what_nobody_says_in_none(
    generated: tuple[Book, Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("changebook.search.files.ONE_FILE", 20_000)
    files, asked = with_files(*generated).files, set[str]()

    class Counted(dict[str, str]):
        def get(self, name: str, default: str | None = None) -> str | None:
            asked.add(name)
            return super().get(name, default)

    engine = Engine()
    engine.open(Counted(files))
    for words in ("cannot find the patient", "qqzwx rslts missing at 0312h on 4w", "pt chart says wrong ward again"):
        asked.clear()
        engine.call("open")
        engine.call("answer", words, {}, 3)
        # All that was typed may be a queue's name, which is looked up once.
        assert len([one for one in asked if one.startswith("terms-")]) <= 1, (words, asked)
        assert "symptoms-0.json" in asked
    # A paste reads few files of what is rare, however much of it there is.
    rare = [next(iter(json.loads(files[name]))) for name in sorted(files) if name.startswith("terms-")]
    asked.clear()
    engine.call("answer", " ".join(word for word in rare if word.isalpha())[:120], {}, 3)
    assert len([one for one in asked if one.startswith("terms-")]) == 4


def test_files_lie_in_a_folder_called_after_their_contents(index: Index) -> None:
    published = index.published()
    folder = json.loads(published["search/start.json"])["folder"]
    assert {path for path in published if path != "search/start.json"} == {
        f"search/{folder}/{name}" for name in index.files if name != "start.json"
    }


@pytest.mark.slow
def test_the_same_book_makes_the_same_files(sample: Book, index: Index) -> None:
    assert Index(sample, hand_sections(ROOT / "docs")).files == index.files


def test_sections_of_hand_written_pages_have_their_address(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "index.md").write_text("# First\n", encoding="utf-8")
    text = "---\nprose: true\n---\n\n# A guide\n\nIntro {{ macro() }} text.\n\n"
    text += "## What to do\n\n| a | b |\n|---|---|\n| c | d |\n"
    (tmp_path / "guide" / "index.md").write_text(text, encoding="utf-8")
    sections = hand_sections(tmp_path)
    assert [(one.address, one.title, one.page) for one in sections] == [
        ("guide/", "A guide", "A guide"),
        ("guide/#what-to-do", "What to do", "A guide"),
    ]
    assert sections[0].paragraphs == ("Intro text.",)
    assert sections[1].paragraphs == ("a b c d",)


# The command line


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.slow
def test_the_command_finds_what_the_index_finds(index: Index) -> None:
    done = run("search", "--book", SAMPLE, "--format", "json", "cant", "find", "patient")
    printed = [result["address"] for result in json.loads(done.output)["results"]]
    assert printed == [f"/{address}" for address in addresses(index.ask("cant find patient").hits)]
    assert done.exit_code == 0


@pytest.mark.slow
def test_the_command_says_when_nothing_is_a_good_match_and_what_to_ask(sample: Book) -> None:
    for words, verdict in (("quagga zebu", "None of your words was found."), ("???", "Not enough to go on.")):
        done = run("search", "--book", SAMPLE, "--today", "2026-12-04 02:10", words)
        assert done.exit_code == 1
        asks = [f"  - {question}" for question in sample.desk.settings.triage]
        assert done.output.splitlines()[:6] == [verdict, "Ask:", *asks, "Call: Now: Desk Lead, 4401."]


@pytest.mark.slow
def test_without_a_good_match_the_command_tells_the_nearest_whole(index: Index) -> None:
    words = "lab giraffe"
    found = index.ask(words)
    assert found.hits == []
    assert len(found.near) > 1
    done = run("search", "--book", SAMPLE, words)
    assert done.exit_code == 1
    lines = [line.strip() for line in done.output.splitlines()]
    assert lines[0] == "Only some of your words were found. Nearest:"
    assert [line[1:] for line in lines if line.startswith("/")] == addresses(found.near)
    terms = [line.partition(":")[0] for line in lines if line.startswith(("Do:", "Say:", "Call:"))]
    assert terms == ["Do", "Say", "Call"] * len(found.near) + ["Call"]
    assert "None of these? Ask:" in lines
    printed = json.loads(run("search", "--book", SAMPLE, "--format", "json", words).output)
    assert printed["results"] == []
    assert [near["address"][1:] for near in printed["nearest"]] == addresses(found.near)
    assert all(near["do"] and near["say"] and near["call"]["says"] for near in printed["nearest"])
    assert len(printed["triage"]["ask"]) == 3
    assert printed["triage"]["call"]["phone"] == "4401"


@pytest.mark.slow
def test_the_nearest_are_different_playbooks_or_what_others_do(answers: dict[str, SearchResults]) -> None:
    unsure = [found for found in answers.values() if not found.good]
    assert len(unsure) > 3
    for found in unsure:
        assert len(found.near) <= 3
        assert {hit.document.kind for hit in found.near} <= {"scenario", "playbook", "elsewhere"}
        places = [hit.document.scenario or hit.document.address for hit in found.near]
        assert len(set(places)) == len(places)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("the laminator", "Looks like printing: not in this book."),
        ("lab giraffe", "Only some of your words were found."),
        ("quagga zebu", "None of your words was found."),
        ("help", "Not enough to go on."),
    ],
)
def test_the_browsers_script_and_the_terminal_say_the_same_of_what_is_not_found(
    index: Index, words: str, verdict: str
) -> None:
    script = (ROOT / "overrides" / "assets" / "js" / "search" / "nothing.js").read_text("utf-8")
    said = quickjs.Context().eval(f"{script}; (answer) => verdictOf(JSON.parse(answer))")
    found = index.ask(words)
    assert said(json.dumps(index._engine.call("answer", words, {}, 10))) == found.verdict == verdict
    if found.near:
        printed = run("search", "--book", SAMPLE, words).output
        assert printed.startswith(f"{verdict} Nearest:\n")


@pytest.mark.parametrize("word", ["quagga", "zebu", "xylophone"])
def test_one_word_alone_always_has_nearest(index: Index, word: str) -> None:
    found = index.ask(word)
    assert found.hits or found.near, word
    assert len(found.near) <= 3


@pytest.mark.parametrize(("word", "whose"), [("laminator", "Printers and toner"), ("stapler", "Printers and toner")])
def test_a_foreign_word_alone_has_other_desks_as_nearest(index: Index, word: str, whose: str) -> None:
    found = index.ask(word)
    assert not found.good
    assert found.near[0].document.title == whose
    assert {hit.document.kind for hit in found.near} == {"elsewhere"}


def test_a_difference_is_asked_about_and_the_page_that_tells_it_comes_first(index: Index) -> None:
    assert addresses(index.ask("difference between severity 2 and 3").hits)[0].startswith("handbook/analysts/#")


def test_a_kind_of_result_needs_a_weight(index: Index) -> None:
    named: dict[str, Any] = {"label": "Map", "many": "Maps", "icon": "note"}
    assert DocumentKind(**named, weight=0.5).weight == 0.5
    with pytest.raises(TypeError, match="weight"):
        DocumentKind(**named)
    start = json.loads(index.files["start.json"])
    assert dict(zip(start["kinds"], start["weights"], strict=True)) == {name: one.weight for name, one in KINDS.items()}


def test_with_a_good_match_nothing_is_only_near(index: Index) -> None:
    assert index.ask("cant find patient").verdict == ""
    printed = json.loads(run("search", "--book", SAMPLE, "--format", "json", "cant find patient").output)
    assert (printed["nearest"], printed["triage"]) == ([], None)


def test_what_another_desk_answers_as_much_of_is_not_said_to_be_this_desks(index: Index) -> None:
    found = index.ask("claim for parking was rejected")
    assert not found.good
    assert {"elsewhere", "scenario"} <= {hit.document.kind for hit in found.near}
    # A short query says too little to doubt it.
    assert index.ask("claim rejected").good


def test_what_is_not_this_desks_names_whom_to_call_and_a_team_who_answers(book: Book) -> None:
    other = {"label": "Not this desk", "line": "Facilities, 4900, 24/7.", "phone": "4900", "hours": "24/7"}
    own = {"line": "300, Mon-Fri.", "phone": "300", "duty": duty_card(rota(book.desk, book.desk.teams["interfaces"]))}
    hits = [Hit(Document("page", f"on-call/#{name}", name, {}, card), 1) for name, card in (("a", other), ("b", own))]
    found = SearchResults(good=True, hits=hits)
    told = list(result_lines(found, book, book.now))
    assert told[:3] == [" 1. a", "    /on-call/#a", "    Not this desk: Facilities, 4900, 24/7."]
    assert told[-1].startswith("    Call: Now: Interfaces, 300.")
    assert len(told) == 6
    printed = plain_results(found, book, book.now)["results"]
    assert isinstance(printed, list)
    assert [one["call"]["phone"] for one in printed] == ["4900", "300"]


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("4410", "on-call/#interop-platform"),
        ("IOP-PLATFORM", "on-call/#interop-platform"),
        ("integration operations", "on-call/#integration-operations"),
        ("desk lead", "on-call/#desk-lead"),
        ("bridge", "on-call/#desk-lead"),
        ("6601", "on-call/#desk-lead"),
        ("who is on call", "on-call/"),
        ("phone list", "on-call/"),
    ],
)
def test_who_is_asked_for_by_number_queue_or_name_comes_first(index: Index, words: str, address: str) -> None:
    found = index.ask(words)
    assert found.good
    assert found.hits[0].document.address == address
    assert addresses(found.hits).count(address) == 1


def test_the_desks_lead_is_called_or_the_first_team_on_call_that_is_not_the_desk(book: Book) -> None:
    def called(lead: str | None, phone: str = "110") -> str:
        settings = book.desk.settings
        desk = settings.desk.model_copy(update={"phone": phone})
        settings = settings.model_copy(update={"lead": lead, "desk": desk})
        found = triage(replace(book, desk=replace(book.desk, settings=settings)))
        assert found.asks == QUESTIONS
        assert found.rota
        return found.rota.posts[0].team.id

    assert called("records-team") == "records-team"
    assert called(None) == "front-desk"
    own = book.desk.teams["front-desk"].phone
    assert called(None, phone=own) == "interfaces"
    assert called("front-desk", phone=own) == "front-desk"


def test_the_command_names_problems_and_searches_all_that_has_none(small: Path) -> None:
    shutil.copy(ROOT / "tests" / "records" / "bad" / "unknown-team.yaml", small)
    shutil.copy(GOOD / "complete-change.yaml", small)
    done = run("search", "--book", small, "no score beside the name")
    assert done.exit_code == 0
    assert "no team" in done.stderr
    assert "Left out until this is fixed: unknown-team." in done.stderr
    assert "score" in done.stdout


def with_must_find(folder: Path, words: str) -> Path:
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    assert "      - the score is gone\n" in text
    record = text.replace("      - the score is gone\n", f"      - {words}\n")
    (folder / "complete-change.yaml").write_text(record, encoding="utf-8")
    return folder


def test_a_search_that_must_find_its_page_is_tried_as_on_go_live_day(harbor: Book) -> None:
    planned = [change.id for change in harbor.changes.values() if change.status in PLANNED]
    assert planned
    ready = as_on_go_live(harbor)
    assert {ready.changes[name].status for name in planned} == {"live"}
    over = [name for name in harbor.changes if name not in planned]
    assert all(ready.changes[name] is harbor.changes[name] for name in over)
    name = harbor.changes[planned[0]].name

    def prior(book: Book) -> int:
        start = json.loads(Index(book).published()["search/start.json"])
        _, counts = start["statuses"][int(start["status"][start["names"].index(name)])]
        return int(counts)

    assert prior(ready) > prior(harbor)


def test_a_search_that_must_find_its_page_fails_the_check_when_it_does_not(small: Path) -> None:
    with_must_find(small, "no score beside the name")
    assert run("check", "--search", small).exit_code == 0
    with_must_find(small, "printer is out of toner")
    assert run("check", small).exit_code == 0
    done = run("check", "--search", small)
    assert done.exit_code == 1
    assert re.search(
        r"complete-change\.yaml:\d+:9: playbooks\[0\]\.must_find\[0\]: 'printer is out of toner' finds nothing",
        done.output,
    )


@pytest.mark.slow
def test_the_samples_own_searches_find_their_pages() -> None:
    done = run("check", "--search", SAMPLE)
    assert done.exit_code == 0, done.output


def test_a_code_of_two_changes_is_a_gap(small: Path) -> None:
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    for name in ("One Change", "Other Change"):
        record = re.sub(r"former_names:\n(  - .*\n)+", "", text.replace("Complete Change", name))
        record = record.replace("SRC-404", "SRC404") if name == "Other Change" else record
        (small / f"{name.lower().replace(' ', '-')}.yaml").write_text(record, encoding="utf-8")
    found = [line for line in lines(load(small)) if "leads to" in line]
    assert found
    assert all("gap: " in line for line in found)
    # The one that is used first keeps it, and of two at once the first by name.
    assert any("'SRC404' leads to one-change.yaml too" in line for line in found)
    assert not any("one-change.yaml:" in line for line in found)


def test_a_playbook_without_callers_words_is_a_gap(small: Path) -> None:
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    (small / "complete-change.yaml").write_text(
        text.replace("    callers_say:\n      - there is no score\n", ""), "utf-8"
    )
    assert [line for line in lines(load(small)) if "no callers' words" in line]


# What a result says, and whom it calls


def named(index: Index, words: str, kind: str) -> Document:
    """Return the first result of a kind."""
    return next(hit.document for hit in index.ask(words).hits if hit.document.kind == kind)


def test_a_question_says_the_first_sentences_of_its_answer_and_calls_the_changes_owner(index: Index) -> None:
    card = named(index, "what score is safe", "question").card
    assert card["say"].startswith("90 or over, if the address agrees. Below that")
    assert card["say"].endswith(".")
    assert card["duty"]["line"].split()[0] == "interop-platform"


def test_first_sentences_are_whole_and_the_first_one_always_stands() -> None:
    short, long = "Search again.", f"Search {'again ' * 60}now."
    assert first_sentences(f"{short} {short} {long}") == f"{short} {short}"
    assert first_sentences(f"{long} {short}") == long


def test_an_answer_for_the_desk_alone_is_not_said_to_callers(index: Index) -> None:
    card = named(index, "tell a typo from a search problem", "question").card
    assert "say" not in card
    assert card["duty"]["line"].split()[0] == "interop-platform"


def test_a_code_among_other_results_says_what_its_playbook_says_and_calls_whom_it_calls(index: Index) -> None:
    code = named(index, "message could not be read 245", "answer")
    guide = next(item for item in index.documents.symptoms if item.address == code.opens).card
    assert code.card["line"]
    assert {key: code.card[key] for key in ("say", "duty", "when", "team")} == {
        key: guide[key] for key in ("say", "duty", "when", "team")
    }


def test_a_code_that_no_check_names_does_what_its_contract_says(index: Index, sample: Book) -> None:
    # One whose change has a playbook, and one that opens a general one.
    for code, address in (
        ("LKP-422", "changes/lookup-hyphen-fix/playbooks/failed-patient-lookup/"),
        ("RTE-245", "playbooks/malformed-payload/"),
    ):
        answer = next(one for change in sample.changes.values() for one in answers_of(change) if one.code == code)
        first = index.ask(code).hits[0].document
        assert first.address == address
        assert first.card["do"] == (answer.desk and answer.desk.action)


@pytest.mark.slow
def test_the_command_calls_the_team_to_which_the_result_of_a_code_escalates() -> None:
    for code, team in (("RTE-241", "Integration Operations"), ("GTW-403", "Interoperability Platform")):
        said = run("search", "--book", SAMPLE, "--today", "2026-12-04 10:10", code).output.splitlines()
        assert code in next(line for line in said if line.strip().startswith("Do: "))
        assert (
            next(line for line in said if line.strip().startswith("Call: ")).strip().startswith(f"Call: Now: {team},")
        )


def test_a_code_without_a_playbook_says_what_it_means_and_calls_the_changes_owner(small: Path) -> None:
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    record, count = re.subn(r"(?m)^ +scenario: patient-not-found\n(?=(?:.*\n)*playbooks:)", "", text)
    assert count
    (small / "complete-change.yaml").write_text(record, encoding="utf-8")
    book = load(small).book
    assert book
    answer = next(answers_of(book.change("complete-change")))
    card = index_of(book, small).ask(answer.code).hits[0].document.card
    assert card["say"] == answer.means
    assert card["duty"]["line"] == "interfaces front-desk"


@pytest.mark.slow
def test_the_command_says_what_to_do_to_say_and_who_answers_at_that_hour() -> None:
    said = run("search", "--book", SAMPLE, "--today", "2026-12-04 02:10", "LKP-504").output.splitlines()
    assert said[1] == "    /changes/fhir-patient-lookup-r4/playbooks/failed-patient-lookup/#check-4"
    assert [line.split(":")[0].strip() for line in said[2:5]] == ["Do", "Say", "Call"]
    assert "I'll call you by 02:40 CST." in said[3]
    assert said[4].strip().startswith("Call: Now: Integration Operations, 6620. Interoperability Platform, 4410, opens")
    asked = json.loads(run("search", "--book", SAMPLE, "--format", "json", "what score is safe").output)
    first = asked["results"][0]
    assert first["do"] is None
    assert first["say"].startswith("90 or over")
    assert first["call"]


def test_no_result_calls_the_desk_itself(index: Index, sample: Book) -> None:
    cards = [item.card for item in (*index.documents.symptoms, *index.documents.more) if "duty" in item.card]
    assert len(cards) > 100
    own = {team.id for team in sample.desk.teams.values() if team.phone == sample.desk.settings.desk.phone}
    assert not [card for card in cards if own & {*card["duty"]["line"].split()}]
