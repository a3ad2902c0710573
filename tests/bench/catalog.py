"""Rewrite the catalog of a language with every text of the pages: `.venv/bin/python tests/bench/catalog.py de`.

What is translated already stays, what is no longer said goes, and how many texts are left to translate is printed.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from changebook.language.catalog import FOLDER
from changebook.language.markup import translated
from changebook.language.pages import is_english, page_in
from changebook.language.scripts import script_in
from changebook.language.spoken import short_names
from changebook.pages.ledger import COLUMNS
from changebook.readiness import CHECKPOINTS
from changebook.search.kinds import KINDS
from changebook.source.front_matter import front_matter
from changebook.source.handwritten import hand_files
from changebook.source.settings import site_settings
from changebook.tickets.figures import KPIS
from changebook.tickets.shape import SHAPES, rule_words
from terms import TERMS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "macros" / "changebook"
_ASKING = ("_", "gettext", "plural")
_TEXT = re.compile(r"[A-Za-z]{2}")
# Markup, classes, patterns, what a record says.
_NO_TEXT = re.compile(r"<|cb-|^[\[^\\]|\[a-z]+\]|\(\?:")
# A file that changes with each run says nothing.
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_TERMS = "tests/bench/terms.py"
Text = str | tuple[str, str]


def texts() -> dict[Text, str]:
    """Return every text of the pages, and the first file that has it; of what a number picks a form of, both forms."""
    found: dict[Text, str] = {}
    for text in made():
        found.setdefault(text, _TERMS)
    for file in sources():
        name = file.relative_to(ROOT).as_posix()
        for text in _READ[file.suffix](file):
            found.setdefault(text, name)
    # A form for one is said alone too.
    both = {text[0] for text in found if isinstance(text, tuple)}
    return {text: name for text, name in found.items() if text not in both}


def made() -> Iterator[str]:
    """Yield each text that no source has as it is shown: terms of records, and what rules and figures are called."""
    yield from TERMS
    yield from CHECKPOINTS
    yield from (kpi.title for kpi in KPIS)
    yield from (label for kind in KINDS.values() for label in (kind.label, kind.many))
    yield from (f"{column}|a column" for column in COLUMNS)
    for title, rule in SHAPES:
        yield from (title, rule_words(rule))


def sources() -> Iterator[Path]:
    """Yield each file that says something on pages: templates, and modules that ask for a text."""
    yield from sorted((PACKAGE / "render" / "templates").rglob("*.html.j2"))
    yield from sorted((ROOT / "overrides").rglob("*.html"))
    yield from sorted((ROOT / "overrides" / "assets" / "js").rglob("*.js"))
    yield PACKAGE / "outside" / "assets" / "pages.js"
    yield ROOT / "mkdocs.yml"
    yield from (
        file for file in hand_files(ROOT / "docs") if not is_english(file.relative_to(ROOT / "docs").as_posix())
    )
    for file in sorted(PACKAGE.rglob("*.py")):
        if re.search(
            r"from changebook\.language(\.catalog)? import .*(gettext|plural|in_words|catalog)", file.read_text("utf-8")
        ):
            yield file


def texts_in(source: str) -> Iterator[Text]:
    """Yield each text of a template's source; of a word that goes with a number both forms, in a tuple."""
    yield from _translatable(translated, source)
    yield from re.findall(r"plural\('([^']+)', '([^']+)'\)", source)
    yield from re.findall(r"\b_\('([^']+)'\)", source)


def _translatable(reading: Callable[[str, Callable[[str], str]], str], source: str) -> list[str]:
    """Return each text that `reading` would translate in a source."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    reading(source, keep)
    return found


def _by_template(file: Path) -> Iterator[Text]:
    return texts_in(file.read_text("utf-8"))


def _by_page(file: Path) -> list[str]:
    meta, text = front_matter(file.read_text("utf-8"))
    return [*filter(None, (meta.get("title"),)), *_translatable(page_in, text)]


def _titles_in(nav: Any) -> Iterator[str]:
    """Yield each title of a navigation."""
    for item in nav if isinstance(nav, list) else [nav]:
        for title, below in item.items() if isinstance(item, dict) else ():
            yield title
            yield from _titles_in(below)


def _by_settings(file: Path) -> Iterator[Text]:
    settings = site_settings(file.parent / "docs")
    yield from _titles_in(settings["nav"])
    yield from (look["toggle"]["name"] for look in settings["theme"]["palette"])


def _by_script(file: Path) -> list[str]:
    names = short_names()  # Babel has those of days and months
    return [text for text in _translatable(script_in, file.read_text("utf-8")) if text not in names]


def spoken_by_python(file: Path) -> Iterator[Text]:
    """Yield each text that a module asks for, and those of its tables."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ASKING:
            given = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if node.func.id == "plural" and len(given) == 2:
                yield given[0], given[1]
            elif node.func.id != "plural" and given:
                yield given[0]
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            yield from _in_table(statement.value)


def _in_table(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Starred):
        yield from _in_table(value.value)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        text = value.value
        if _TEXT.search(text) and (text[0].isupper() or " " in text) and not _NO_TEXT.search(text):
            yield text
    elif isinstance(value, ast.Dict):
        for item in value.values:
            yield from _in_table(item)
    elif isinstance(value, ast.Tuple):
        for item in value.elts:
            yield from _in_table(item)
    elif isinstance(value, ast.Call):
        for item in (*value.args, *(keyword.value for keyword in value.keywords)):
            yield from _in_table(item)


_READ: dict[str, Callable[[Path], Iterable[Text]]] = {
    ".md": _by_page,
    ".py": spoken_by_python,
    ".yml": _by_settings,
    ".js": _by_script,
    ".j2": _by_template,
    ".html": _by_template,
}


def catalog_of(language: str) -> Catalog:
    """Return what is translated into a language, an empty catalog where there is no file of it."""
    file = FOLDER / f"{language}.po"
    if not file.exists():
        return Catalog(locale=language, project="changebook")
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def missing(language: str) -> list[Text]:
    """Return each text that a language has no translation of."""
    known = catalog_of(language)
    return [text for text in texts() if not _said(known, text)]


def _said(known: Catalog, text: Text) -> str | tuple[str, ...]:
    message = known.get(text if isinstance(text, str) else text[0])
    said = message.string if message else ""
    if isinstance(said, str) != isinstance(text, str):
        return ""  # one form was asked for, and now both are
    return said if isinstance(said, str) or all(said) else ""


def main() -> None:
    """Write the catalog and say what is left."""
    (language,) = sys.argv[1:]
    old = catalog_of(language)
    new = Catalog(
        language,
        header_comment=f"# The texts of Changebook's pages in {Locale(language).english_name}.",
        project="changebook",
        version=version("changebook"),
        last_translator="The authors of Changebook",
        language_team=Locale(language).english_name,
        msgid_bugs_address="none",
        fuzzy=False,
        creation_date=_SOME_DAY,
        revision_date=_SOME_DAY,
    )
    for text, file in texts().items():
        new.add(text, _said(old, text) or None, locations=[(file, 0)])
    with (FOLDER / f"{language}.po").open("wb") as opened:
        write_po(opened, new, width=120, sort_output=False, include_lineno=False)
    print(f"{language}: {len(missing(language))} of {len(texts())} texts are left to translate")


if __name__ == "__main__":
    main()
