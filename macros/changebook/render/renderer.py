"""A view's facts through its template to HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import jinja2
from markupsafe import Markup

from changebook import names
from changebook.book import Book
from changebook.book.told import escalation_of, own_words, sentence_for
from changebook.language import (
    ENGLISH,
    decimal,
    gettext,
    in_words,
    long_month,
    plural,
    short_day,
    short_month,
    spoken,
    thousands,
    zone_name,
)
from changebook.language.loader import in_language
from changebook.model.timeline import is_done, moves_of, phase_on, rolled_back_at
from changebook.model.typed import ASSET
from changebook.render import phasing, prose, timing
from changebook.render.claim import badge_words, live_since
from changebook.render.compiled import COMPILED
from changebook.render.icons import with_places
from changebook.schedule import HELD_WORDS
from changebook.tickets.rounding import rounded

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_T = TypeVar("_T")


@dataclass(frozen=True)
class Block:
    """A template and the frozen record it shows, which it reads as `page`."""

    template: str
    page: DataclassInstance | None = None


@dataclass(frozen=True)
class Listed(Generic[_T]):
    """What a template shows that has nothing but a list to show."""

    items: list[_T]


class Renderer:
    """The templates of the package, for one build of `book`; `icon` gives an icon by name."""

    def __init__(self, book: Book, icon: Callable[[str], Markup]) -> None:
        now = book.now
        self.environment = jinja2.Environment(
            loader=in_language(jinja2.PackageLoader("changebook.render")),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=COMPILED,
            auto_reload=False,  # one build has one state of them: no look at a file for each block
        )
        self.environment.globals.update(
            icon=icon,
            answer_anchor=names.answer_anchor,
            check_anchor=names.check_anchor,
            status_words=in_words(timing.STATUS_WORDS),
            urgency_words=in_words(timing.URGENCY_WORDS),
            audience_address=names.audience_address,
            audience_feed=names.audience_feed,
            updates_feed=names.UPDATES_FEED,
            notes_feed=names.NOTES_FEED,
            errors_feed=names.ERRORS_FEED,
            guidance_feed=names.GUIDANCE_FEED,
            calendar_address=names.calendar_address,
            change_address=names.change_address,
            error_address=names.error_address,
            held_words=in_words(HELD_WORDS),
            scenario_address=names.scenario_address,
            system_address=names.system_address,
            now=now,
            _=gettext,
            language=spoken(),
        )
        self.environment.filters.update(
            blanks=prose.blanks,
            clock=lambda moment: timing.clock_words(moment, now),
            clause=lambda text: text.removesuffix("."),
            decision=lambda made: gettext(timing.DECISION_WORDS[made.decision]),
            date=lambda day: timing.date_words(day, now),
            day=lambda day: timing.day_words(day, now),
            dial=prose.dial,
            duration=timing.duration_words,
            escalation=lambda change: escalation_of(change, book),
            every=lambda duration: timing.duration_words(duration).removeprefix("1 "),
            thousands=thousands,
            decimal=decimal,
            hours=timing.hours_words,
            in_sentence=lambda words: words.lower() if spoken() == ENGLISH else words,
            is_done=lambda change, span: is_done(change, span, now),
            line=prose.line,
            long_month=long_month,
            mail=prose.mail,
            moves=lambda change: moves_of(change, phase_on(change, now) or change.window),
            number=prose.number,
            outage=lambda span: phasing.outage_words(book, span),
            postponed=lambda change, span=None: timing.postponed_words(change, now, span),
            paragraphs=prose.paragraphs,
            plural=plural,
            rich=prose.rich,
            rolled_back_at=rolled_back_at,
            rounded=rounded,
            say=prose.words_to_say,
            own_words=own_words,
            page_anchor=names.page_anchor,
            phase_on=lambda change, who="": phase_on(change, now, who),
            progress=lambda change: timing.progress_words(change, now),
            short_day=short_day,
            short_month=short_month,
            status=lambda change: badge_words(change, book),
            live_since=lambda change: live_since(change, now),
            time=lambda moment: timing.time_words(moment, now),
            told=lambda change, reader: sentence_for(change, book, reader),
            window=lambda window: timing.window_words(window, now),
            zone_name=zone_name,
        )

    def html(self, block: Block, *, root: str) -> str:
        """Return the HTML of `block`; `root` is the relative way from its page to the site's top."""
        html = self.environment.get_template(f"{block.template}.html.j2").render(page=block.page, root=root)
        return with_places(html.replace(f'src="{ASSET}', f'src="{root}assets/'), root)
