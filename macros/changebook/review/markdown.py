"""A review as Markdown, in which nothing that a record says is read as Markdown or HTML."""

from __future__ import annotations

import re
from typing import Any

import jinja2
from markupsafe import Markup

from changebook.printing.visible import visible
from changebook.review.record import Review


def as_markdown(review: Review) -> str:
    """Return the summary of `review` for a pull request."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("changebook.render"),
        # Every value that the template prints passes here, so that none can be forgotten.
        finalize=inert,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups = [(how, [item for item in review.touched if item.how == how]) for how in _HOWS]
    pages = [(how, [page for page in review.pages or () if page.how == how]) for how in ("added", "changed", "removed")]
    facts = {"review": review, "touched": [group for group in groups if group[1]], "pages": pages}
    text = environment.get_template("review.md.j2").render(facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


_HOWS = ("added", "changed", "renamed", "removed", "broken")


def inert(value: Any) -> Any:
    """Return a text as one code span: no markup, link, mention or reference in it counts. Numbers stay."""
    if isinstance(value, int | Markup):
        return value
    text = visible(" ".join(str(value).split()))
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence, space = "`" * (longest + 1), " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}" if text else ""
