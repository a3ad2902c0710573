"""The ledger of a change's support tests as CSV, for a spreadsheet or an audit, in the language that is spoken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.evidence import Run
from changebook.printing.cells import inert_cell
from changebook.readiness.support_tests import article_of
from changebook.views.support_tests import CaseLine, support_script

LEDGER_FILE = "ledger.csv"
COLUMNS = (
    "change",
    "case",
    "title",
    "stage",
    "at",
    "result",
    "found_in_seconds",
    "evidence",
    "fixed_in",
    "article",
    "not_in_production",
    "watched",
)


def ledger_csv(book: Book, change: Change) -> str:
    """Return the ledger of `change`: a header, one row a run, and one row for a case without runs."""
    text = io.StringIO()
    # A spreadsheet expects what its language does not use in numbers.
    writer = csv.writer(text, delimiter=_(",|between columns"))
    writer.writerow(_(f"{column}|a column") for column in COLUMNS)
    for line in support_script(book, change).cases:
        writer.writerows([inert_cell(cell) for cell in row] for row in _rows(book, change, line))
    return text.getvalue()


def _rows(book: Book, change: Change, line: CaseLine) -> Iterator[tuple[str, ...]]:
    article = article_of(line.test, book) if line.test else line.case.scenario or ""
    runs: tuple[Run | None, ...] = (line.test.runs if line.test else ()) or (None,)
    for run in runs:
        said = ("",) * 6
        if run:
            seconds = str(int(run.found_in.total_seconds())) if run.found_in else ""
            at = run.at.isoformat(timespec="minutes")
            said = (_(run.stage), at, _(run.result), seconds, run.evidence, run.fixed_in or "")
        why = line.case.not_in_production or ""
        watched = "; ".join(watch.alert for watch in change.watch) if why else ""
        yield (change.name, str(line.case.id), line.case.name, *said, article, why, watched)
