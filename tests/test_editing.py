"""Edits of a record as text: only the lines that are meant differ, in whatever way the file is laid out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from changebook.editing.record import Action, Append, Prepend, Put, record_edit, revised_text
from changebook.errors import BookError, ChangebookError
from changebook.model import Change
from changebook.source.events import Steps
from conftest import GOOD, SAMPLE

FILE = Path("a-change.yaml")
EDITS = 30
LONG = (
    'The partner\'s queue is full: 4,000 messages wait, and nobody answers under "integration desk" tonight; we try '
    "again on Friday at the same hour, with the same people on the bridge."
)


def after(text: str, *actions: Action) -> str:
    return revised_text(text, actions, Change, path=FILE)


def values_of(text: str) -> dict[str, Any]:
    values = yaml.load(text, Loader=yaml.CBaseLoader)
    assert isinstance(values, dict)
    return values


# Each is (text, what is done, text after it).
STATUS = Put(("status",), "live")
TEXTS = {
    "a value keeps its comment": ("status: ready  # since Monday\n", [STATUS], "status: live  # since Monday\n"),
    "a value keeps its single quotes": ("status: 'ready'\n", [STATUS], "status: 'live'\n"),
    "a value keeps its double quotes": ('status: "ready"\n', [STATUS], 'status: "live"\n'),
    "a value keeps its line end": ("status: ready\r\nkind: a\r\n", [STATUS], "status: live\r\nkind: a\r\n"),
    "a file without a last line end": ("kind: a\nstatus: ready", [STATUS], "kind: a\nstatus: live"),
    "a key without a value": ("kind: a\nstatus:  # soon\n", [STATUS], "kind: a\nstatus: live  # soon\n"),
    "a missing key goes where the model has it": (
        "name: A\nkind: a  # fixed\nowner: x\n",
        [STATUS],
        "name: A\nkind: a  # fixed\nstatus: live\nowner: x\n",
    ),
    "a missing key before all others": (
        "# top\nstatus: live\n",
        [Put(("name",), "A")],
        "# top\nname: A\nstatus: live\n",
    ),
    "a missing key in an item": (
        "tests:\n  - case: a\n    runs: []\n",
        [Put(("tests", 0, "answer"), "SRC-404")],
        "tests:\n  - case: a\n    answer: SRC-404\n    runs: []\n",
    ),
    "a missing key at the head of an item": (
        "tests:\n  - answer: X-1\n",
        [Put(("tests", 0, "case"), "a")],
        "tests:\n  - case: a\n    answer: X-1\n",
    ),
    "an item before all others leaves the comment with its item": (
        "tests:  # three\n  # the first\n  - case: a\n",
        [Prepend(("tests",), {"case": "b"})],
        "tests:  # three\n  - case: b\n  # the first\n  - case: a\n",
    ),
    "an item before all others, where there are none": (
        "name: A\ntests: []\n",
        [Prepend(("tests",), {"case": "b"})],
        "name: A\ntests:\n  - case: b\n",
    ),
    "a text of several paragraphs keeps them": (
        "details: |\n  Old.\nwhy: A\n",
        [Put(("details",), "One.\n\nTwo: lines\nof it.\n")],
        "details: |\n  One.\n\n  Two: lines\n  of it.\nwhy: A\n",
    ),
    "a text of several paragraphs without a last line end": (
        "name: A\nwhy: B\n",
        [Put(("details",), "One.\n\nTwo.")],
        "name: A\nwhy: B\ndetails: |-\n  One.\n\n  Two.\n",
    ),
    "a missing section is set apart as the others are": (
        "name: A\n\nbridge:\n  lead: x\n\nwaivers: []\n",
        [Put(("go_no_go",), {"decision": "go", "by": "x"})],
        "name: A\n\nbridge:\n  lead: x\n\ngo_no_go:\n  decision: go\n  by: x\n\nwaivers: []\n",
    ),
    "a missing section at the end": (
        "name: A\r\nkind: b",
        [Put(("briefing", "recording"), "https://a.example/b")],
        "name: A\r\nkind: b\r\nbriefing:\r\n  recording: https://a.example/b",
    ),
    "keys in braces": (
        "go_no_go: {at: 2026-12-02 19:00, decision: pending, by: x}  # Tom\n",
        [Put(("go_no_go", "decision"), "go"), Put(("go_no_go", "reason"), "All passed, all agree.")],
        'go_no_go: {at: 2026-12-02 19:00, decision: go, by: x, reason: "All passed, all agree."}  # Tom\n',
    ),
    "keys in braces that get too long for a line": (
        "go_no_go: {decision: 'no-go', by: x}  # Tom\nwaivers: []\n",
        [Put(("go_no_go", "reason"), LONG)],
        "go_no_go:  # Tom\n  decision: 'no-go'\n  by: x\n  reason: >-\n"
        "    The partner's queue is full: 4,000 messages wait, and nobody answers under "
        '"integration desk" tonight; we try again\n'
        "    on Friday at the same hour, with the same people on the bridge.\nwaivers: []\n",
    ),
    "an item in braces": (
        "tests:\n  - {case: a, runs: [{at: 1, result: failed}]}\n",
        [Append(("tests", 0, "runs"), {"at": "2", "result": "passed, late"})],
        'tests:\n  - {case: a, runs: [{at: 1, result: failed}, {at: "2", result: "passed, late"}]}\n',
    ),
    "items in braces, one per line": (
        "waivers:\n  - {gap: a, reason: b}  # so far\nname: A\n",
        [Append(("waivers",), {"gap": "c", "reason": "d"})],
        "waivers:\n  - {gap: a, reason: b}  # so far\n  - {gap: c, reason: d}\nname: A\n",
    ),
    "a list of words in brackets": (
        "briefing: {at: 2026-12-02 19:00, attended: [a, b]}\n",
        [Append(("briefing", "attended"), "c")],
        "briefing: {at: 2026-12-02 19:00, attended: [a, b, c]}\n",
    ),
    "a list in brackets with a comma at its end": (
        "former_names: [\n  A one,  # first\n  B two,\n]\n",
        [Append(("former_names",), "C, D")],
        'former_names: [\n  A one,  # first\n  B two, "C, D",\n]\n',
    ),
    "a list in brackets whose line is full": (
        f"briefing:\n  attended: [{'a' * 60}, {'b' * 40}]  # all\n",
        [Append(("briefing", "attended"), "c" * 20)],
        f"briefing:\n  attended: [{'a' * 60}, {'b' * 40},\n    {'c' * 20}]  # all\n",
    ),
    "comments below a list belong to what follows, unless they are indented deeper": (
        "waivers:\n  - gap: a\n    # b\n  # c\n# d\nname: A\n",
        [Append(("waivers",), {"gap": "e"})],
        "waivers:\n  - gap: a\n    # b\n  - gap: e\n  # c\n# d\nname: A\n",
    ),
    "an item of a list": (
        "unchanged:\n  - One thing.\n  - Two things.\nwaivers: [a b, c]\n",
        [Put(("unchanged", 0), "No thing."), Put(("waivers", 0), "d e")],
        'unchanged:\n  - No thing.\n  - Two things.\nwaivers: ["d e", c]\n',
    ),
    "an empty list": (
        "briefing:\n  attended: []  # nobody yet\n  at: 2026-12-02 19:00\n",
        [Append(("briefing", "attended"), "a")],
        "briefing:\n  attended: [a]  # nobody yet\n  at: 2026-12-02 19:00\n",
    ),
    "an empty list of mappings": (
        "tests:\n  - case: a\n    runs: [ ]  # none yet\n  - case: b\n",
        [Append(("tests", 0, "runs"), {"at": "2026-12-02 19:00", "evidence": "4711"})],
        "tests:\n  - case: a\n    runs:  # none yet\n"
        '      - at: 2026-12-02 19:00\n        evidence: "4711"\n  - case: b\n',
    ),
    "a list without items": (
        "waivers:\n\nbridge: {lead: a}\n",
        [Append(("waivers",), {"gap": "a"})],
        "waivers:\n  - gap: a\n\nbridge: {lead: a}\n",
    ),
    "dashes below their key, not indented": (
        "tests:\n- case: a\n  runs:\n  - at: x\n    # measured by hand\nwaivers:\n- gap: a\n",
        [Append(("tests", 0, "runs"), {"at": "t2", "result": "passed"}), Append(("tests",), {"case": "b"})],
        "tests:\n- case: a\n  runs:\n  - at: x\n    # measured by hand\n"
        "  - at: t2\n    result: passed\n- case: b\nwaivers:\n- gap: a\n",
    ),
    "four columns": (
        "tests:\n    -   case: a\n        runs:\n            -   at: x\n",
        [
            Append(("tests", 0, "runs"), {"at": "t2", "result": "passed"}),
            Put(("briefing", "recording"), "https://a.example"),
        ],
        "tests:\n    -   case: a\n        runs:\n            -   at: x\n"
        "            -   at: t2\n                result: passed\n"
        "briefing:\n    recording: https://a.example\n",
    ),
    "blank lines between items": (
        "tests:\n  - case: a\n\n  - case: b\n\nwaivers: []\n",
        [Append(("tests",), {"case": "c"})],
        "tests:\n  - case: a\n\n  - case: b\n\n  - case: c\n\nwaivers: []\n",
    ),
    "a folded text": (
        "go_no_go:\n  reason: >-\n    One line and\n    another.\n\n# the waivers\nwaivers: []\n",
        [Put(("go_no_go", "reason"), "Short: it is off.")],
        'go_no_go:\n  reason: "Short: it is off."\n\n# the waivers\nwaivers: []\n',
    ),
    "a key below a text in lines": (
        "tests:\n  - case: a\n    user_sees: |\n      # no comment\n      text\n\n\nwaivers: []\n",
        [Append(("tests", 0, "runs"), {"at": "x"})],
        "tests:\n  - case: a\n    user_sees: |\n      # no comment\n      text\n"
        "    runs:\n      - at: x\n\n\nwaivers: []\n",
    ),
    "what YAML would read as a number stays text": (
        "name: A\n",
        [Put(("former_names",), ["1.10", "no", "C:\\temp", 'say "hi"']), Put(("review_by",), date(2027, 1, 2))],
        'name: A\nformer_names:\n  - "1.10"\n  - "no"\n  - C:\\temp\n  - say "hi"\nreview_by: 2027-01-02\n',
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_an_edit_changes_what_is_meant_and_nothing_else(name: str) -> None:
    before, actions, expected = TEXTS[name]
    assert after(before, *actions) == expected


SENTENCES = [
    *("a: b", "a #b", "# a", "- a", "@a", "`a` b", "? a", "!a", "&a b", "*a*", "| a", "> a", "%a", "a:", "'a'", '"a"'),
    *(
        "it's",
        'say "hi", it\'s on',
        "C:\\temp\\new",
        "\\",
        "[a]",
        "{a}",
        "a, b",
        "a]",
        "a}",
        "\u201ca\u201d",
        "é \U0001f44d x",
    ),
    *("yes", "null", "~", "1.5", "2026-12-02", "<<", "---", "a  b", "key: 'v' # c", "x" * 300, "word " * 60 + "end"),
]
AROUND = [
    "go_no_go:\n  by: x\n",
    "go_no_go: {by: x}\n",
    "go_no_go: {by: x, reason: old}\n",
    "name: \U0001f44d é\ngo_no_go: {by: '\U0001f44d', reason: x}\n",
    "go_no_go:\n  reason: 'old'\n  by: x\n",
    'go_no_go:\n  reason: "old"\n  by: x\n',
    "go_no_go:\n  reason: >-\n    old\n    text\n  by: x\n",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_any_sentence_can_be_put_anywhere(sentence: str) -> None:
    for text in AROUND:
        new = after(text, Put(("go_no_go", "reason"), sentence), Append(("told",), {"how": sentence}))
        assert values_of(new) | {"name": ""} == {
            "name": "",
            "go_no_go": {**values_of(text)["go_no_go"], "reason": sentence},
            "told": [{"how": sentence}],
        }


REFUSED = {
    "a list where one is": ("waivers: [a]\n", Put(("waivers",), ["b"]), "are there already"),
    "a text where a list belongs": ("waivers: a\n", Append(("waivers",), "b"), "it is no list"),
    "a key of a text": ("bridge: a\n", Put(("bridge", "lead"), "b"), "there are no keys and values"),
    "an item that is not there": ("tests: []\n", Put(("tests", 0, "case"), "b"), "there is no item 0"),
    "a text that keeps its blank lines": (
        "go_no_go:\n  reason: |+\n    a\n\n\n",
        Put(("waivers",), [{"gap": "a"}]),
        "laid out unusually",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_that_would_say_something_else_is_refused(name: str, tmp_path: Path) -> None:
    text, action, why = REFUSED[name]
    file = tmp_path / FILE
    file.write_text(text, "utf-8")
    with pytest.raises(ChangebookError, match=f"{FILE}: .*{why}.*nothing was changed, edit it by hand"):
        record_edit(file, [action], Change)
    assert file.read_text("utf-8") == text


def test_a_record_that_cannot_be_read_is_not_edited() -> None:
    with pytest.raises(BookError, match="here again"):
        after("status: ready\nstatus: live\n", STATUS)


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(b"\xef\xbb\xbfstatus: ready\r\n")
    assert record_edit(file, [STATUS], Change).after == b"\xef\xbb\xbfstatus: live\r\n"


def test_what_is_there_already_is_no_edit() -> None:
    assert after("status:   'live'\n", STATUS) == "status:   'live'\n"


# The same record as other people and tools lay it out.
def with_comments(text: str) -> str:
    """Return `text` with a comment above each key that begins a line, at the key's own indent."""
    noted = text.split("\n")
    for key in sorted(keys_on_lines(text), key=lambda mark: -mark.line):
        noted.insert(key.line, " " * key.column + f"# note {key.line}")
    return "\n".join(noted)


def keys_on_lines(text: str) -> Iterator[Any]:
    lines = text.split("\n")
    todo = [yaml.compose(text, Loader=yaml.CSafeLoader)]
    while todo:
        node = todo.pop()
        if isinstance(node, yaml.MappingNode):
            marks = [key.start_mark for key, _ in node.value]
            yield from (mark for mark in marks if not lines[mark.line][: mark.column].strip())
        if isinstance(node, yaml.CollectionNode):
            todo += [part[1] if isinstance(part, tuple) else part for part in node.value]


def in_four_columns(text: str) -> str:
    wide = re.sub(r"^ +", lambda found: found[0] * 2, text, flags=re.M)
    return re.sub(r"^( *)- ", r"\1-   ", wide, flags=re.M)


def dumped(text: str, **how: Any) -> str:
    return yaml.dump(values_of(text), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, **how)


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no last line end": lambda text: text.rstrip("\n"),
    "comments": with_comments,
    "four columns": in_four_columns,
    "dashes not indented": dumped,
    "all in braces": lambda text: dumped(text, default_flow_style=True),
}
COMPLETE = GOOD / "complete-change.yaml"
NIGHTS = [
    *((record, "as written") for record in (*sorted(SAMPLE.glob("*.yaml")), GOOD / "six-lines.yaml")),
    *((COMPLETE, layout) for layout in LAYOUTS),
]


@pytest.mark.parametrize(("record", "layout"), NIGHTS, ids=lambda part: part.stem if isinstance(part, Path) else part)
def test_thirty_edits_of_a_night_change_only_their_lines(record: Path, layout: str) -> None:
    text = LAYOUTS[layout](record.read_text("utf-8"))
    chance, values = random.Random(record.stem + layout), values_of(text)
    for number in range(EDITS):
        action = chance.choice(list(night(values, number)))
        new = after(text, action)
        changed = values_of(new)
        assert_only_its_lines(text, new, action)
        assert at(changed, action.steps) == wanted(at(values, action.steps), action)
        text, values = new, changed


def night(values: dict[str, Any], number: int) -> Iterator[Action]:
    """Yield what the commands of a release night write into a record with `values`."""
    yield Put(("status",), ("live", "stable", "rolled-back")[number % 3])
    yield Put(("go_no_go", "decision"), ("go", "no-go", "hold")[number % 3])
    yield Put(("go_no_go", "reason"), (LONG, f'Take {number}: it\'s a "go".', "# all [passed], all agree")[number % 3])
    yield Put(("review_by",), date(2027, 1, number + 1))
    yield Put(("briefing", "recording"), f"https://media.example/{number}#t=0")
    yield Append(("briefing", "attended"), f"team-{number}")
    yield Append(("told",), {"partner": "hie", "at": "2026-12-02 19:00", "how": f"mail {number}: read, answered"})
    run = {"stage": "after-go-live", "at": f"2026-12-03 01:{number:02}", "result": "passed", "evidence": f"{number}"}
    for place, _ in enumerate(values.get("tests", ())):
        yield Append(("tests", place, "runs"), run)
    for place, _ in enumerate(values.get("queue_rules", ())):
        yield Put(("queue_rules", place, "removed"), date(2026, 12, number + 1))


def at(values: Any, steps: Steps) -> Any:
    for step in steps:
        values = values.get(step) if isinstance(values, dict) else values[step] if values else None
    return values


def wanted(before: Any, action: Action) -> Any:
    value = str(action.value) if isinstance(action.value, date) else action.value
    return [*(before or []), value] if isinstance(action, Append) else value


def assert_only_its_lines(before: str, new: str, action: Action) -> None:
    """Every line of `before` is in `new`, byte for byte and in one piece around the edit, but those of a value in
    place of which there is another, or in whose brackets there is one more.
    """
    old, now = before.splitlines(keepends=True), new.splitlines(keepends=True)
    if not before.endswith("\n"):
        assert not new.endswith("\n")
        old, now = before.split("\n"), new.split("\n")
    top = next((number for number, (a, b) in enumerate(zip(old, now, strict=False)) if a != b), min(len(old), len(now)))
    left, right = old[top:], now[top:]
    while left and right and left[-1] == right[-1]:
        left.pop(), right.pop()
    assert {*range(top, top + len(left))} <= lines_of(before, action)
    assert ("\r\n" in before) == ("\r" in "".join(right)) or not right
    notes = [line for line in old if "# note" in line]
    assert [line for line in now if "# note" in line] == notes


def lines_of(text: str, action: Action) -> set[int]:
    """Return the lines that an edit may touch: of the value, or of the braces or brackets that it goes into."""
    node, may = yaml.compose(text, Loader=yaml.CSafeLoader), set[int]()
    for step in action.steps:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == step), None)
        else:
            inner = node.value[step]
        if inner is None:
            return lines_in(node) if node.flow_style else may
        node = inner
    return lines_in(node) if isinstance(node, yaml.ScalarNode) or node.flow_style else may


def lines_in(node: Any) -> set[int]:
    return {*range(node.start_mark.line, node.end_mark.line + 1)}
