"""Charts as SVG without style or script of its own: the style sheets color it, also in the dark and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from markupsafe import Markup

_SVG = "http://www.w3.org/2000/svg"
_HEIGHT, _NARROW, _WIDE = 240, 340, 860
# Leather leaves a twentieth of the width on each side; of it so much is left for half a letter.
_MARGIN, _LEFT = 0.05, 9
# Lines above the ground.
_STEPS = 4
# What leather writes for paper, and our style sheets say.
_LOOKS = ("fill", "stroke", "stroke-width", "font-family", "font-size")


@dataclass(frozen=True)
class Column:
    """One column of a chart: what is written below it, "" for nothing, how tall it is, and whether it matters most."""

    label: str
    value: float
    strong: bool = False


def column_chart(columns: Sequence[Column], name: str, *, most: float = 0, wide: bool = True) -> Markup:
    """Return a chart of columns, of which `name` says in a sentence what to see; a table beside it has the numbers.

    Its scale ends at `most` or at the tallest column.
    """
    # Only here: most that name a chart draw none, and it takes long to import.
    import leather  # noqa: PLC0415

    chart = leather.Chart()
    keys = [str(number) for number in range(len(columns))]
    chart.add_columns(list(zip(keys, (column.value for column in columns), strict=True)))
    tallest = max(most, *(column.value for column in columns))
    step = next(step for step in _round_steps() if step * _STEPS >= tallest)
    top = step * _STEPS
    chart.set_y_scale(leather.Linear(0, top))
    chart.add_y_axis(ticks=list(range(0, top + 1, step)))
    chart.add_x_axis(tick_formatter=lambda key, *_: columns[int(key)].label)
    width = _WIDE if wide else _NARROW
    root = ElementTree.fromstring(chart.to_svg(width=width, height=_HEIGHT))
    return _ours(root, columns, name, width)


def _round_steps() -> Iterator[int]:
    """Yield the steps that a scale counts in: 1, 2, 5, 10, 20, 50 and so on."""
    ten = 1
    while True:
        yield from (ten, 2 * ten, 5 * ten)
        ten *= 10


def _ours(root: ElementTree.Element, columns: Sequence[Column], name: str, width: int) -> Markup:
    """Return a drawing with our classes in place of looks, and with its name for those who do not see it."""
    for parent in root.iter():
        place = parent.get("class")
        for child in list(parent):
            # The ground, and the marks of columns below which nothing is written.
            ground = child.tag == f"{{{_SVG}}}rect" and place != "series columns"
            if ground or (place == "axis bottom" and not _says(child)):
                parent.remove(child)
    for element in root.iter():
        for look in _LOOKS:
            element.attrib.pop(look, None)
        for key, value in element.attrib.items():
            element.set(key, _short(value))
    for group in root.iter(f"{{{_SVG}}}g"):
        if group.get("class") == "series columns":
            for column, bar in zip(columns, group, strict=True):
                if column.strong:
                    bar.set("class", "cb-chart__strong")
    root.attrib = {"class": "cb-chart", "viewBox": _view(width), "role": "img", "aria-label": name}
    ElementTree.register_namespace("", _SVG)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _view(width: int) -> str:
    """Return what is seen of a drawing: without most of the margin, which goes by its width."""
    cut = round(width * _MARGIN) - _LEFT
    return f"{cut} {cut} {width - 2 * cut} {_HEIGHT - 2 * cut}"


def _says(tick: ElementTree.Element) -> bool:
    return any((text.text or "").strip() for text in tick.iter(f"{{{_SVG}}}text"))


def _short(value: str) -> str:
    """Return a number of a drawing with at most one place behind the point: nobody sees more."""
    try:
        number = round(Decimal(value), 1)
    except ArithmeticError:
        return value
    return f"{number:f}".removesuffix(".0")
