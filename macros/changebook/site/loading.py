"""The book of a site, at its now."""

from __future__ import annotations

import gc
import os
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.exceptions import PluginError

from changebook.checking.loaded import Loaded
from changebook.checking.problems import check_book
from changebook.errors import ChangebookError
from changebook.language import speak
from changebook.source.settings import language_of

# How `changebook build` hands on what its --today was given.
TODAY_GIVEN = "CHANGEBOOK_TODAY"


def book_of_site(folder: Path) -> Loaded:
    """Return the checked book in `folder`; pages show its gaps, and no build ends for them.

    Raises OSError, and PluginError where `changebook build --today` was given neither a day nor a time.
    """
    today = os.environ.get(TODAY_GIVEN)
    speak(language_of(folder))
    gc.unfreeze()  # the book before this one, where a preview builds again
    try:
        return check_book(folder, shown_as=Path("changes"), today=today, clock=lambda: datetime.now(UTC), gaps=False)
    except ChangebookError as error:
        raise PluginError(f"--today: {error}") from error
    finally:
        gc.freeze()  # it stays until the end: looking for garbage in it found nothing, time and again
