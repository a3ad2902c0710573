"""A book with sixty first responses, in texts that a helpdesk could break."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import SMALL

# Each takes its turn: placeholders of helpdesks, what HTML, CSV and templates would read, and letters of all kinds.
TEXTS = (
    "Hello {{ticket.requester.name}}, I am checking {{ ticket.id }} now.",
    "Hello #{ticket.customer.firstname}, your ticket is #{ticket.number}.",
    "Hello ${caller_id.first_name}, is it <b>only</b> you & one more, or 3 < 4 of you?",
    "-1 is no lab value; read it to me again, \u201cas it is on the screen\u201d, says Dr. N\u00fa\u00f1ez.",
    "=SUM is what your sheet shows; 100% of the rows, with, commas; and 'quotes' and \"more\".",
    "@all of you are waiting; I call by [time + 30 min], or [your name] does.",
)


def book_of_sixty(folder: Path) -> Path:
    """Write the small desk with sixty playbooks into `folder` and return the book's folder."""
    book = Path(shutil.copytree(SMALL, folder / "changes"))
    scenarios = book / "desk" / "scenarios"
    pattern = (scenarios / "late-result.yaml").read_text("utf-8")
    before, _, rest = pattern.partition("first_response: ")
    after = rest.partition("\n")[2]
    for number in range(3, 61):
        text = TEXTS[number % len(TEXTS)]
        said = f"first_response: |\n  {text}\n\n  This is response {number}.\n"
        head = before.replace("Result is late", f"Result {number} is late").replace("PB-001", f"PB-{number:03}")
        (scenarios / f"late-{number}.yaml").write_text(head + said + after, encoding="utf-8")
    return book
