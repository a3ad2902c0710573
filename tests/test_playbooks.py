"""A change's playbook over the general one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from changebook.book import Book
from changebook.views.playbook import playbook_page


def test_lists_of_the_change_go_first_and_are_marked(book: Book) -> None:
    page = playbook_page(book, book.scenario("patient-not-found"), change=book.change("complete-change"))
    assert [(item.value, item.is_new) for item in page.callers_say] == [
        ("there is no score", True),
        ("she is not in the list", False),
    ]
    assert [(item.do, item.is_new) for item in page.checks] == [
        ("Ask for the code.", True),
        ("Search by number.", False),
    ]
    assert [(call.team.name, len(call.reasons)) for call in page.calls] == [("Interfaces", 1), ("Records Team", 1)]


def test_what_a_change_repeats_is_there_once_and_as_its_own(book: Book) -> None:
    scenario, change = book.scenario("patient-not-found"), book.change("complete-change")
    said = scenario.callers_say[0]
    playbooks = tuple(playbook.model_copy(update={"callers_say": (said,)}) for playbook in change.playbooks)
    page = playbook_page(book, scenario, change=change.model_copy(update={"playbooks": playbooks}))
    assert [item.is_new for item in page.callers_say if item.value == said] == [True]


def test_texts_of_the_change_replace(book: Book) -> None:
    page = playbook_page(book, book.scenario("patient-not-found"), change=book.change("complete-change"))
    assert page.title == "No score beside the name"
    assert page.first_response.startswith("Thank you. The search is new")
    assert page.file_as.priority == 2


def test_triggers_stand_worst_first(book: Book) -> None:
    page = playbook_page(book, book.scenario("patient-not-found"), change=book.change("complete-change"))
    assert [item.value.level for item in page.worse] == [1, 2, 3]
    assert page.usual == 2


def test_who_is_named_without_a_number_is_called_in_the_line(book: Book) -> None:
    page = playbook_page(book, book.scenario("patient-not-found"))
    team = page.calls[0].team
    assert page.named_in(f"Skip the checks and call {team.name}.") == page.calls[:1]
    assert page.named_in(f"Call {team.name}, {team.phone}.") == []
    assert page.named_in("Skip the checks.") == []


def test_the_standing_playbook_is_whole_without_a_change(book: Book) -> None:
    page = playbook_page(book, book.scenario("patient-not-found"))
    assert page.title == "Patient not found"
    assert not any(item.is_new for item in page.checks)
    assert page.calls[0].within == timedelta(minutes=10)


def test_an_escalation_without_a_wait_takes_the_scenarios(book: Book) -> None:
    page = playbook_page(book, book.scenario("late-result"))
    assert page.calls[0].within == timedelta(minutes=10)
    assert page.queue == "IFACE"


def test_a_team_called_for_two_reasons_has_the_shorter_of_their_waits(book: Book) -> None:
    scenario, change = book.scenario("patient-not-found"), book.change("complete-change")
    (own,) = change.playbooks
    waits = {"A sign": timedelta(hours=1), "A worse sign": timedelta(minutes=5)}
    calls = tuple(own.escalate[0].model_copy(update={"when": sign, "within": wait}) for sign, wait in waits.items())
    playbooks = (own.model_copy(update={"escalate": calls}),)
    page = playbook_page(book, scenario, change=change.model_copy(update={"playbooks": playbooks}))
    first = page.calls[0]
    assert (len(first.reasons), first.within, first.rota.within) == (2, timedelta(minutes=5), "5 minutes")


def test_recent_changes_on_the_way_are_causes(book: Book) -> None:
    said = playbook_page(book, book.scenario("patient-not-found")).causes
    assert [(cause.change.id, bool(cause.playbook)) for cause in said] == [("complete-change", True)]
    near = playbook_page(book, book.scenario("late-result")).causes
    assert [(cause.change.id, cause.playbook, cause.systems) for cause in near] == [
        ("complete-change", "", ("Engine",))
    ]


def test_a_change_is_no_cause_once_it_is_settled_and_old(book: Book) -> None:
    stable = book.changes["complete-change"].model_copy(update={"status": "stable"})
    soon = replace(book, changes={"complete-change": stable}, now=book.now + timedelta(days=29))
    late = replace(book, changes={"complete-change": stable}, now=book.now + timedelta(days=31))
    assert len(playbook_page(soon, book.scenario("late-result")).causes) == 1
    assert playbook_page(late, book.scenario("late-result")).causes == []
