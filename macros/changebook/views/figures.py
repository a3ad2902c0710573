"""Figures in words: what is known, and of how many tickets it is not."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.language import decimal
from changebook.language import gettext as _
from changebook.tickets.figures import KPIS, Figure, Kpi, Lot
from changebook.tickets.rounding import rounded


@dataclass(frozen=True)
class FigureWords:
    """A figure as a table shows it, what it is of, and of how many tickets it is unknown."""

    value: str
    note: str
    unknown: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One figure in every time: its title, and where the handbook defines it."""

    title: str
    definition: str
    cells: list[FigureWords]


def figure_rows(lots: list[Lot]) -> list[FigureRow]:
    """Return every figure of the desk, each in all of `lots`."""
    return [
        FigureRow(_(kpi.title), definition(kpi), [figure_words(kpi, kpi.of(lot), days=lot.days) for lot in lots])
        for kpi in KPIS
    ]


def definition(kpi: Kpi) -> str:
    """Return the address at which the handbook defines a figure."""
    return f"handbook/metrics/#{kpi.anchor}"


def figure_words(kpi: Kpi, figure: Figure, *, days: float = 0) -> FigureWords:
    """Return a figure in words: `24%`, `6 of 25, unknown for 3 of 28`; of tickets also how many a day."""
    unknown = (
        _("unknown for {unknown} of {total}", unknown=figure.unknown, total=figure.total) if figure.unknown else ""
    )
    if figure.value is None:
        return FigureWords(_("Unknown") if figure.total else "–", unknown, unknown)
    if kpi.unit == "share":
        return FigureWords(
            f"{rounded(figure.value)}%",
            _joined(_("{part} of {known}", part=figure.part, known=figure.known), unknown),
            unknown,
        )
    if kpi.unit == "minutes":
        return FigureWords(minutes_words(figure.value), unknown)
    if kpi.title == "Tickets":
        return FigureWords(
            f"{rounded(figure.value)}",
            _("{number} a day", number=decimal(rounded(figure.value / days, 1))) if days else "",
        )
    number = rounded(figure.value)
    return FigureWords(f"{number:+}".replace("-", "\u2212") if number else "0", unknown)


def minutes_words(minutes: float) -> str:
    """Return a span of time as people compare it: `40 min`, `3.5 hours`, `4.2 days`."""
    if minutes < 120:
        return _("{number} min", number=rounded(minutes))
    return (
        _("{number} hours", number=decimal(rounded(minutes / 60, 1)))
        if minutes < 2880
        else _("{number} days", number=decimal(rounded(minutes / 1440, 1)))
    )


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
