"""First responses in the form that each helpdesk takes in, and back from the form in which it gives them out.

Placeholders of a helpdesk in a text, such as `{{ticket.requester.name}}`, are text like any other.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from changebook.exports.markup import to_html
from changebook.exports.responses import Reply
from changebook.printing.cells import inert_cell

# The table of ServiceNow's response templates, and the one that their tickets are in.
SERVICENOW_TABLE = "sn_templated_snip_note_template"
_TICKETS = "incident"
# The class of articles that Request Tracker comes with, and the field that holds an article's text.
_RT_CLASS, RT_FIELD = "General", "Content"


def zendesk(replies: Iterable[Reply]) -> str:
    """Return macros, as Zendesk's API lists and takes them; one that is withdrawn is inactive."""
    macros = [
        {
            "title": reply.name,
            "active": reply.offered,
            "description": f"Changebook {reply.reference}",
            "actions": [{"field": "comment_value", "value": reply.text}],
        }
        for reply in replies
    ]
    return _json({"macros": macros})


def freshdesk(replies: Iterable[Reply]) -> str:
    """Return canned responses, as Freshdesk's API creates many. It has no inactive ones: withdrawn are left out."""
    responses = [
        {"title": reply.name, "content_html": to_html(reply.text), "visibility": 0}
        for reply in replies
        if reply.offered
    ]
    return _json({"canned_responses": responses})


def zammad(replies: Iterable[Reply]) -> str:
    """Return text modules as CSV for Zammad's import, which finds them by name; one that is withdrawn is inactive."""
    head = ("name", "keywords", "content", "note", "active")
    rows = [
        (reply.name, reply.code.lower(), to_html(reply.text), f"Changebook {reply.reference}", _truth(reply.offered))
        for reply in replies
    ]
    return _csv(head, rows)


def rt(replies: Iterable[Reply]) -> str:
    """Return articles as initialdata in JSON for Request Tracker: each is made, then given its text by its name.

    One that is there already is not made again, which its log calls an error; one that is withdrawn is disabled.
    """
    articles: list[Mapping[str, Any]] = []
    for reply in replies:
        about = {"Summary": f"Changebook {reply.reference}", "Disabled": int(not reply.offered)}
        text = [{"CustomField": RT_FIELD, "Content": reply.text}]
        articles.append({"Name": reply.name, "Class": _RT_CLASS, **about})
        articles.append(
            {"_Original": {"Name": reply.name}, "_Updated": 1, "Name": reply.name, **about, "CustomFields": text}
        )
    return _json({"Articles": articles})


def servicenow(replies: Iterable[Reply]) -> str:
    """Return response templates as an XML export for ServiceNow's Import XML; one that is withdrawn is inactive.

    Each has the same `sys_id` in every export, by which the import brings it up to date.
    """
    top = ElementTree.Element("unload")
    for reply in replies:
        digest = hashlib.sha256(reply.key.encode()).hexdigest()[:32]
        record = ElementTree.SubElement(top, SERVICENOW_TABLE, action="INSERT_OR_UPDATE")
        for key, value in (
            ("active", _truth(reply.offered)),
            ("body", to_html(reply.text)),
            ("name", reply.name),
            ("short_name", re.sub(r"[^a-z0-9]+", "-", reply.key.lower())),
            ("sys_id", digest),
            ("table", _TICKETS),
        ):
            ElementTree.SubElement(record, key).text = value
    ElementTree.indent(top)
    return ElementTree.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def table(replies: Iterable[Reply]) -> str:
    """Return a table for any other helpdesk. No cell begins a formula: one that would is led by an apostrophe."""
    head = ("code", "reference", "name", "text", "active")
    rows = [(reply.code, reply.reference, reply.name, reply.text, _truth(reply.offered)) for reply in replies]
    return _csv(head, rows)


# What each helpdesk is called on the command line.
HELPDESKS: Mapping[str, Callable[[Iterable[Reply]], str]] = {
    "zendesk": zendesk,
    "servicenow": servicenow,
    "freshdesk": freshdesk,
    "zammad": zammad,
    "rt": rt,
    "csv": table,
}


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(map(inert_cell, row) for row in rows)
    return out.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _truth(value: bool) -> str:
    return "true" if value else "false"
