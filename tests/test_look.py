"""The look's own promises: contrast, and theme partials that are still the ones we override."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import material
import pytest

from conftest import ROOT

OVERRIDES = ROOT / "overrides"
THEME = Path(material.__file__).parent / "templates"
# The theme's own files behind ours, as they were when ours were written. A change upstream is read, carried over where
# it matters, and noted here with the new digest.
UPSTREAM = {
    "base.html": "cfbf793362e6",
    "partials/footer.html": "50c2a75f013b",
    "partials/header.html": "8cf3fb15bcf9",
    "partials/javascripts/base.html": "d6113712bc4d",
    "partials/javascripts/content.html": "3722e156f0f6",
    "partials/javascripts/palette.html": "8790389765ea",
    "partials/tabs.html": "d2c82916569e",
}
TEXT = 4.5
EDGE = 3.0
GROUNDS = ("canvas", "surface", "sunken", "sunken-2")
PAIRS = [
    *(("ink", ground, TEXT) for ground in (*GROUNDS, "accent-soft", "red-soft")),
    *(("ink-2", ground, TEXT) for ground in (*GROUNDS, "accent-soft", "red-soft")),
    *(("ink-3", ground, TEXT) for ground in ("canvas", "surface", "sunken")),
    *(("accent", ground, TEXT) for ground in (*GROUNDS, "accent-soft", "red-soft")),
    *((text, "amber-soft", TEXT) for text in ("ink", "ink-2", "accent")),
    *((f"{name}", f"{name}-soft", TEXT) for name in ("gray", "blue", "green", "amber", "red", "purple")),
    ("on-accent", "accent", TEXT),
    ("on-green", "green-solid", TEXT),
    ("on-red", "red-solid", TEXT),
    ("on-orange", "orange-solid", TEXT),
    *(("control", ground, EDGE) for ground in ("canvas", "surface")),
    *((f"{name}-solid", "canvas", EDGE) for name in ("green", "red", "orange")),
]


def tokens(scheme: str) -> dict[str, str]:
    """Return the colors of a scheme by name."""
    text = (OVERRIDES / "assets" / "css" / "tokens.css").read_text("utf-8")
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    found: dict[str, str] = {}
    for selector, body in blocks:
        if f'"{scheme}"' in selector:
            found |= dict(re.findall(r"--cb-([a-z0-9-]+):\s*(#[0-9a-f]{6})", body))
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_a_pair_of_colors_can_be_told_apart(scheme: str, text: str, ground: str, least: float) -> None:
    colors = tokens(scheme)
    assert contrast(colors[text], colors[ground]) >= least


def test_no_style_holds_a_color_of_its_own() -> None:
    for file in sorted((OVERRIDES / "assets" / "css").glob("*.css")):
        if file.name not in ("tokens.css", "print.css"):
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![-\w])", file.read_text("utf-8")) == [], file.name


def test_a_selector_stands_once_in_a_style_sheet() -> None:
    twice = []
    for file in sorted((OVERRIDES / "assets" / "css").glob("*.css")):
        text = re.sub(
            r"/\*.*?\*/|@(?:media|container)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}",
            "",
            file.read_text("utf-8"),
            flags=re.S,
        )
        found = [" ".join(selector.split()) for selector in re.findall(r"([^{}]+)\{[^{}]*\}", text)]
        twice += [f"{file.name}: {name}" for name in set(found) if found.count(name) > 1 and name[0] != "@"]
    assert twice == []


def test_the_style_of_a_state_stands_with_the_other_badges_and_that_of_a_sheet_in_one_file() -> None:
    folder = OVERRIDES / "assets" / "css"
    for part, home in (("cb-cell", "status"), ("cb-sheet", "sheets")):
        # On paper a part may look otherwise, and a page may place it.
        holds = {
            file.stem for file in folder.glob("*.css") if re.search(rf"^\.{part}\b", file.read_text("utf-8"), re.M)
        }
        assert holds == {home}


def test_a_badge_is_drawn_in_one_place() -> None:
    folder = ROOT / "macros" / "changebook" / "render" / "templates"
    for part in ("cb-cell", "cb-due--late"):
        drawn = [
            file.name
            for file in folder.rglob("*.j2")
            if f'class="{part}' in file.read_text("utf-8").replace("cb-due cb", "cb")
        ]
        assert drawn == ["components.html.j2"]


# Classes with a name but no style, and why.
UNSTYLED = {
    "cb-copy__label",  # a hook for the script that copies
}
# Families whose last part is a value that the book or the model gives.
FAMILIES = (
    *("cb-cell--", "cb-decided--", "cb-event--", "cb-facts--", "cb-sev--", "cb-status--"),
    *("cb-told__state--", "cb-verb--"),
)


def styled() -> set[str]:
    """Return every class of ours that a style sheet names."""
    own = ROOT / "macros" / "changebook" / "outside" / "assets" / "edition.css"  # of staff and partners
    files = [*sorted((OVERRIDES / "assets" / "css").glob("*.css")), own]
    sheets = [file.read_text("utf-8") for file in files]
    text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", "".join(sheets), flags=re.S)
    return {name for selectors in re.findall(r"([^{}]+)\{", text) for name in re.findall(r"\.(cb-[\w-]+)", selectors)}


def markup() -> str:
    """Return everything that puts a class on a page: templates, theme, scripts, Python and hand-written pages."""
    folders = ((ROOT / "macros", "j2"), (ROOT / "macros", "py"), (OVERRIDES, "html"), (OVERRIDES, "js"))
    files = [file for folder, end in (*folders, (ROOT / "docs", "md")) for file in sorted(folder.rglob(f"*.{end}"))]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_every_class_of_our_markup_has_a_style() -> None:
    used: set[str] = set()
    for value in re.findall(r'(?:\bclass(?:="|: "|Name = ")|classList\.\w+\(")([^"]*)"', markup()):
        used |= {name for name in re.sub(r"\{[{%].*?[%}]\}|\$\{.*?\}", " ", value).split() if name.startswith("cb-")}
    assert {"cb-agenda", "cb-own-time", "cb-result", "cb-header"} <= used
    assert {name for name in used if not name.endswith("-")} - styled() == UNSTYLED


@pytest.mark.slow
def test_every_style_is_of_a_class_that_our_markup_has() -> None:
    words = set(re.findall(r"(?<![\w-])cb-[\w-]*\w", markup()))
    assert {name for name in styled() - words if not name.startswith(FAMILIES)} == set()
    made = {family for family in FAMILIES if re.search(rf"{family}(?:\{{\{{|\$\{{)", markup())}
    assert made == set(FAMILIES)


def test_a_style_is_stronger_by_its_place_and_not_by_force() -> None:
    forced = {
        file.name: file.read_text("utf-8").count("!important") for file in (OVERRIDES / "assets" / "css").glob("*.css")
    }
    # Paper has a size of its own, and leaves out what is only for the screen, whatever places it there.
    assert {name: count for name, count in forced.items() if count} == {"print.css": 2}


@pytest.mark.parametrize("name", sorted(UPSTREAM))
def test_a_partial_that_we_override_is_still_the_one_we_know(name: str) -> None:
    # Material's release number and the digests in its asset names change with every release and mean nothing here.
    text = re.sub(r"\.[0-9a-f]{8}\.min|mkdocs-material-[0-9.]+", "", (THEME / name).read_text("utf-8"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert digest == UPSTREAM[name], f"Material changed {name}: compare it with overrides/, then note {digest!r} here"


def test_every_overridden_partial_is_watched() -> None:
    ours = {file.relative_to(OVERRIDES).as_posix() for file in OVERRIDES.rglob("*.html")}
    assert {name for name in ours if (THEME / name).is_file()} - {"main.html"} <= set(UPSTREAM)
