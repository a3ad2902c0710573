"""What the shell offers after Tab. It reads one file, or the names of files: it must not be waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click import Context, Parameter, UsageError
from click.shell_completion import CompletionItem

from changebook.cli.common import book_folder
from changebook.names import id_fault
from changebook.printing.visible import visible
from changebook.source import DESK_BYTES, load_source
from changebook.source.entries import is_record

Complete = Callable[[Context, Parameter, str], list[CompletionItem]]


def change_ids(context: Context, parameter: Parameter, typed: str) -> list[CompletionItem]:
    """Offer the ids of changes: the shells split names at their spaces."""
    ids = sorted(file.stem for file in _folder(context).glob("*.yaml") if is_record(file) and not id_fault(file.stem))
    return [CompletionItem(name) for name in ids if name.startswith(typed.lower())]


def scenario_ids(context: Context, parameter: Parameter, typed: str) -> list[CompletionItem]:
    """Offer the ids of general playbooks."""
    files = (file for file in (_folder(context) / "desk" / "scenarios").glob("*.yaml") if is_record(file))
    ids = sorted(file.stem for file in files if not id_fault(file.stem))
    return [CompletionItem(name) for name in ids if name.startswith(typed.lower())]


def entry_ids(table: str) -> Complete:
    """Return what offers the ids of one of the desk's lists, each with its name."""

    def offer(context: Context, parameter: Parameter, typed: str) -> list[CompletionItem]:
        entries = load_source(_folder(context) / "desk" / f"{table}.yaml", limit=DESK_BYTES).values or {}
        named = {name: entry.get("name", "") for name, entry in entries.items() if isinstance(entry, dict)}
        known = [(name, title) for name, title in named.items() if not id_fault(name)]
        return [CompletionItem(name, help=visible(str(title))) for name, title in known if name.startswith(typed)]

    return offer


def _folder(context: Context) -> Path:
    given: Path | None = context.params.get("path")
    try:
        return book_folder(given)
    except UsageError:
        return given or Path("changes")
