"""What is listed twice but should be listed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial

from changebook.book import Book
from changebook.checks.references import records_of
from changebook.model import Record
from changebook.model.keys import keys_of
from changebook.names import answer_anchor, error_anchor, question_anchor
from changebook.source.events import Steps
from changebook.source.places import Spot

# What makes two entries of a list the same one.
_SAME = {
    "Exchange": "exchange",
    "Severity": "level",
    "Result": "if_",
    "SupportTest": "case",
    "Waiver": "gap",
    "KnownError": "number",
}


def check_repeated_entries(book: Book) -> Iterator[tuple[Spot, str]]:
    """No list has the same entry twice; a change has one exchange per id, a playbook one trigger per severity, a test
    script each case once, a change each known error once.
    """
    for record in records_of(book):
        for steps, shown in _repeats(record, ()):
            yield book.spot(record, *steps), f"{steps[-2]}[{steps[-1]}]: {shown!r} is listed here twice; keep one"


def check_repeated_answers(book: Book) -> Iterator[tuple[Spot, str]]:
    """A code means one thing within an exchange: no two of its answers share a code. Two exchanges may. No two codes of
    a change read alike, as `SRC-404` and `src 404` do.
    """
    for change in book.asked:
        codes = [
            (("contract", number, "answers", index, "code"), answer.code)
            for number, exchange in enumerate(change.contract)
            for index, answer in enumerate(exchange.answers)
        ]
        seen: set[tuple[str | int, str]] = set()
        for steps, code, first in _alike(codes, answer_anchor):
            if code != first:
                said = f"{code!r} reads like {first!r}; give each answer its own code"
                yield book.spot(change, *steps), f"answers[{steps[3]}].code: {said}"
        for steps, code in codes:
            if (steps[1], code) in seen:
                said = f"{code!r} already has an answer in this exchange; give each answer its own code"
                yield book.spot(change, *steps), f"answers[{steps[3]}].code: {said}"
            seen.add((steps[1], code))


def check_repeated_questions(book: Book) -> Iterator[tuple[Spot, str]]:
    """Each question of a change has an address of its own, and keeps those of its former wordings: no two have the same
    letters and digits.
    """
    for change in book.asked:
        questions = list(enumerate(change.questions))
        asked: list[tuple[Steps, str]] = [
            (("questions", number, "question"), item.question) for number, item in questions
        ]
        asked += [
            (("questions", number, "was", index), words)
            for number, item in questions
            for index, words in enumerate(item.was)
        ]
        for steps, question, _ in _alike(asked, question_anchor):
            where = f"questions[{steps[1]}].{steps[2]}"
            yield book.spot(change, *steps), f"{where}: {question!r} is already asked; word one differently"


def check_repeated_errors(book: Book) -> Iterator[tuple[Spot, str]]:
    """Each known error of a change has an address of its own: no two ids read alike, as `KE-1` and `ke 1` do."""
    for change in book.asked:
        ids = [(("known_errors", number, "id"), error.number) for number, error in enumerate(change.known_errors)]
        for steps, number, first in _alike(ids, partial(error_anchor, change.id)):
            if number != first:
                message = f"known_errors[{steps[1]}].id: {number!r} reads like {first!r}; give each its own id"
                yield book.spot(change, *steps), message


def _alike(texts: Iterable[tuple[Steps, str]], address: Callable[[str], str]) -> Iterator[tuple[Steps, str, str]]:
    """Yield each text whose address an earlier one has, and that earlier one."""
    seen: dict[str, str] = {}
    for steps, text in texts:
        if (here := address(text)) in seen:
            yield steps, text, seen[here]
        seen.setdefault(here, text)


def _repeats(record: Record, steps: Steps) -> Iterator[tuple[Steps, str]]:
    for key in keys_of(type(record)):
        value, here = getattr(record, key.name), (*steps, key.key)
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
