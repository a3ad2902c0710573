"""The kinds of text a record may hold: each type says how it is typed and what it refuses."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from changebook.characters import shown
from changebook.model import shape
from changebook.model.markdown import CHARACTERS, markdown_fault
from changebook.model.meaning import meaning_fault
from changebook.model.plain import fault, keyed, plain
from changebook.model.shape import Ref, Shape
from changebook.names import ID, NAME_LIMIT, id_fault, name_fault
from changebook.source.scalars import Scalar

LINE = 200
TERM = 80
PROSE = 1200
# What a result of a check leads to, beside the playbook of a scenario.
OUTCOMES = ("done", "next", "escalate")
_NUMBER = "[1-9][0-9]{0,8}"
_NOT_IN_TITLE = r'<>&{}"`\\\[\]|*_#'
_WEB = r"""https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:/[^\s<>"'`{}\\]*)?"""
_PHONE = r"(?=.{1,40}$)(?=.*[0-9])[0-9+*#() .\-]+(?:,? ?(?:ext\.?|x) ?[0-9]+)?"
_FOLDER = r"[A-Za-z0-9._\-]+(?:/[A-Za-z0-9._\-]+)*"
# A line of plain text that is meant as an item of a list.
_ITEM = re.compile(r"\n[ \t]*((?:[-*+\u2022\u2023\u25aa]|[0-9]{1,2}[.)])[ \t]+\S[^\n]*)")
_BRANCH = r"[A-Za-z0-9_][A-Za-z0-9._\-]*(?:/[A-Za-z0-9_][A-Za-z0-9._\-]*)*"


def _whole(value: Any, remedy: str = "write one sentence, or one item per line where a list belongs") -> str:
    if isinstance(value, Scalar) and value.in_flow_list:
        raise fault("a comma would silently split this text; write one item per line after '- ', or use quotes")
    text = plain(value)
    if isinstance(value, Scalar) and value.joined:
        raise fault(f"YAML joins the line {shown(value.joined)} to the one above; {remedy}")
    return text


def _line(value: Any, limit: int = LINE) -> str:
    text = _whole(value).strip()
    if "\n" in text:
        raise fault("this text runs over several lines; write it on one")
    if "\t" in text:
        raise fault("this text has a tab; use a space instead")
    if len(text) > limit:
        raise fault(f"{len(text)} characters, {limit} at most; shorten it")
    return text


def _term(value: Any) -> str:
    text = plain(value).strip()
    if len(text) > TERM or "\n" in text or "\t" in text:
        raise fault(f"a term is one line of at most {TERM} characters; shorten it")
    return text


def _code(value: Any) -> str:
    # 429 is spelled alike as a number and as text; 0x1F, 1e3 or 007 are not.
    if isinstance(value, Scalar) and re.fullmatch(_NUMBER, value):
        return str(value)
    return _term(value)


def _title(value: Any) -> str:
    text = _line(value, TERM)
    if found := re.search(f"[{_NOT_IN_TITLE}]", text):
        remedy = "write 'and'" if found[0] == "&" else "leave it out"
        raise fault(f"a title goes into page titles as it is and cannot hold {found[0]!r}; {remedy}")
    return text


def _prose(value: Any) -> str:
    text = _whole(value).strip()
    if item := _ITEM.search(text):
        raise fault(
            f"plain text has no lists, and {shown(item[1])} would run on; write sentences, or a list where one belongs"
        )
    if len(text) > PROSE:
        raise fault(f"{len(text)} characters, {PROSE} at most; keep to what the reader needs")
    return text


def _markdown(value: Any) -> str:
    text = _whole(value, "start the text with | to keep its lines separate").strip("\n")
    if message := markdown_fault(text) or meaning_fault(text):
        raise fault(message)
    return text


def _id(value: Any) -> str:
    text = keyed(plain(value, cut=True))
    if message := id_fault(text):
        raise fault(message)
    return text


def _outcome(value: Any) -> str:
    if " " in (text := plain(value, cut=True).strip()):
        raise fault(f"{shown(text)} is prose; write done, next, escalate or a scenario's id; move the words to 'do'")
    return _id(value)


def _category(value: Any) -> str:
    text = keyed(plain(value, cut=True))
    for part in text.split("/"):
        if id_fault(part):
            raise fault(f"{shown(text)} is no category; join ids by '/', such as 'registration/patient-search'")
    return text


def _name(value: Any) -> str:
    text = plain(value)
    if message := name_fault(text):
        raise fault(message)
    return text


def _url(value: Any) -> str:
    text = keyed(plain(value))
    if not re.fullmatch(_WEB, text):
        raise fault(f"{shown(text)} is not a web address; write all of it, starting with https://")
    return text


def _phone(value: Any) -> str:
    text = keyed(plain(value).strip())
    if not re.fullmatch(_PHONE, text):
        raise fault(f"{shown(text)} is not a phone number; write digits, spaces and +*#-(), then 'ext' and more digits")
    return text


def _folder(value: Any) -> str:
    text = plain(value)
    if not re.fullmatch(_FOLDER, text) or {".", ".."} & set(text.split("/")):
        raise fault(f"{shown(text)} is not a folder in the repository; write it from the top, such as desk/changes")
    return text


def _branch(value: Any) -> str:
    text = plain(value)
    if not re.fullmatch(_BRANCH, text) or ".." in text:
        raise fault(f"{shown(text)} is not a branch; write its name, such as main")
    return text


Line = Annotated[str, BeforeValidator(_line), Shape("a line", shape.text(LINE), sentence=True)]
Term = Annotated[str, BeforeValidator(_term), Shape("a term", shape.text(TERM), word=True)]
Code = Annotated[
    str,
    BeforeValidator(_code),
    Shape("a code", shape.or_bare(shape.text(TERM), type="integer", minimum=1, maximum=999_999_999), word=True),
]
Title = Annotated[
    str, BeforeValidator(_title), Shape("a title", shape.pattern(rf"\s*(?=\S)[^{_NOT_IN_TITLE}\n]{{1,{TERM}}}"))
]
Prose = Annotated[
    str,
    BeforeValidator(_prose),
    Shape("plain text, `code` allowed", shape.text(PROSE, lines=True), sentence=True),
]
Markdown = Annotated[
    str, BeforeValidator(_markdown), Shape("Markdown", shape.text(CHARACTERS, lines=True), sentence=True)
]
IDS = Shape("an id", shape.pattern(ID, maxLength=NAME_LIMIT))
Id = Annotated[str, BeforeValidator(_id), IDS]
# JavaScript and Python share no class of all letters: what of ASCII is no letter, and signs of Latin-1.
_LETTER = r"[^\x00-@\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7]"
_NAME_SCHEMA = shape.pattern(rf"{_LETTER}(?: ?(?:{_LETTER}|[0-9\-./()+]))*", maxLength=NAME_LIMIT)
Name = Annotated[str, BeforeValidator(_name), Shape("a shared name", _NAME_SCHEMA)]
Phone = Annotated[str, BeforeValidator(_phone), Shape("a phone number", shape.pattern(_PHONE))]
Url = Annotated[str, BeforeValidator(_url), Shape("a web address", shape.pattern(_WEB), word=True)]
Folder = Annotated[str, BeforeValidator(_folder), Shape("a folder of the repository", shape.pattern(_FOLDER))]
Branch = Annotated[str, BeforeValidator(_branch), Shape("a branch", shape.pattern(_BRANCH))]

# What an entry of a list may be called, the desk says.
TeamId = Annotated[str, BeforeValidator(_id), Shape("a team", {}), Ref("teams")]
SystemId = Annotated[str, BeforeValidator(_id), Shape("a system", {}), Ref("systems")]
GroupId = Annotated[str, BeforeValidator(_id), Shape("a user group", {}), Ref("groups")]
PartnerId = Annotated[str, BeforeValidator(_id), Shape("a partner", {}), Ref("partners")]
SiteId = Annotated[str, BeforeValidator(_id), Shape("a site", {}), Ref("sites")]
WorkflowId = Annotated[str, BeforeValidator(_id), Shape("a workflow", {}), Ref("workflows")]
KindId = Annotated[str, BeforeValidator(_id), Shape("a kind of change", {}), Ref("kinds")]
ScenarioId = Annotated[str, BeforeValidator(_id), Shape("a scenario", {}), Ref("scenarios")]
CategoryId = Annotated[str, BeforeValidator(_category), Shape("a ticket category", {}), Ref("categories")]
# A schema lists no changes: it would be another with every record.
ChangeId = Annotated[
    str, BeforeValidator(_id), Shape("a change", shape.pattern(ID, maxLength=NAME_LIMIT)), Ref("changes")
]
CaseId = Annotated[str, BeforeValidator(_id), Shape("a test case", {}), Ref("cases")]
AudienceId = Annotated[str, BeforeValidator(_id), Shape("a user group or partner", {}), Ref("audiences")]
# One of `OUTCOMES`, or a scenario.
Outcome = Annotated[
    str, BeforeValidator(_outcome), Shape("`done`, `next`, `escalate` or a scenario", {}), Ref("outcomes")
]
Queue = Annotated[str, BeforeValidator(_term), Shape("a team's queue", {}), Ref("queues")]
