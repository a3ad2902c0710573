"""What stands twice where once is meant."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from changebook.book import Book, Spot
from changebook.checks.references import records_of
from changebook.events import Steps
from changebook.model import Record
from changebook.model.record import key_of
from changebook.names import anchor

# What makes two entries of a list the same one.
_SAME = {
    "Playbook": "scenario",
    "Exchange": "exchange",
    "Severity": "level",
    "SupportTest": "case",
    "Waiver": "gap",
    "KnownError": "number",
}


def check_repeated_entries(book: Book) -> Iterator[tuple[Spot, str]]:
    """No list holds the same entry twice; a change has one playbook a scenario and one exchange an id,
    a playbook one trigger a severity, a test script each case once, a change each known error once.
    """
    for record in records_of(book):
        for steps, shown in _repeats(record, ()):
            yield book.spot(record, *steps), f"{steps[-2]}[{steps[-1]}]: {shown!r} stands here twice; keep one"


def check_repeated_answers(book: Book) -> Iterator[tuple[Spot, str]]:
    """A code means one thing within a change: no two answers of its contract share a code."""
    for change in book.changes.values():
        seen: set[str] = set()
        for number, exchange in enumerate(change.contract):
            for index, answer in enumerate(exchange.answers):
                if answer.code in seen:
                    spot = book.spot(change, "contract", number, "answers", index, "code")
                    yield (
                        spot,
                        f"answers[{index}].code: {answer.code!r} is answered already; give each answer its own code",
                    )
                seen.add(answer.code)


def check_repeated_questions(book: Book) -> Iterator[tuple[Spot, str]]:
    """Each question of a change has an address of its own: no two begin with the same 60 letters and digits."""
    for change in book.changes.values():
        seen: set[str] = set()
        for number, question in enumerate(change.questions):
            if (address := anchor(question.question)) in seen or not address:
                spot = book.spot(change, "questions", number, "question")
                yield (
                    spot,
                    f"questions[{number}].question: {question.question!r} is asked already; word one differently",
                )
            seen.add(address)


def _repeats(record: Record, steps: Steps) -> Iterator[tuple[Steps, str]]:
    for name, info in type(record).model_fields.items():
        value, here = getattr(record, name), (*steps, key_of(name, info))
        if isinstance(value, Record):
            yield from _repeats(value, here)
        elif isinstance(value, tuple):
            yield from _twice(value, here)
            for index, item in enumerate(value):
                if isinstance(item, Record):
                    yield from _repeats(item, (*here, index))


def _twice(items: Iterable[Hashable], steps: Steps) -> Iterator[tuple[Steps, str]]:
    seen: set[Hashable] = set()
    for index, item in enumerate(items):
        same = getattr(item, _SAME.get(type(item).__name__, ""), None) if isinstance(item, Record) else item
        if same is not None and same in seen:
            yield (*steps, index), str(same)
        seen.add(same)
