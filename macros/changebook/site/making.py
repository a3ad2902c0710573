"""The files that a book makes besides its pages, by kind: what a kind was made of is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from changebook.cache.notes import noting
from changebook.site.adding import Adding
from changebook.site.build import Build, build_of
from changebook.site.downtime import add_downtime
from changebook.site.feeds import add_feeds
from changebook.site.ledgers import add_calendars, add_ledgers
from changebook.site.now import add_now
from changebook.site.redirects import add_redirects
from changebook.site.schemas import add_schemas
from changebook.site.scripts import add_early
from changebook.site.search import add_index

_Make = Callable[[Adding, Files, MkDocsConfig, Build], None]
INDEX = "index"
_KINDS: Mapping[str, _Make] = {
    "downtime": lambda adding, files, config, build: add_downtime(adding, config, build),
    "early": lambda adding, files, config, build: add_early(adding, build),
    "ledgers": lambda adding, files, config, build: add_ledgers(adding, build),
    "feeds": lambda adding, files, config, build: add_feeds(adding, build, site=config.site_url or ""),
    "now": lambda adding, files, config, build: add_now(adding, build),
    "calendars": lambda adding, files, config, build: add_calendars(adding, config, build),
    "schemas": lambda adding, files, config, build: add_schemas(adding, files, build),
    "redirects": lambda adding, files, config, build: add_redirects(adding, config, build),
    INDEX: lambda adding, files, config, build: add_index(adding, files, build),
}
FILE_KINDS = tuple(_KINDS)
# Search knows the hand-written pages, too: its index is made once these are read.
EARLIER = FILE_KINDS[:-1]


def make(kind: str, adding: Adding, files: Files, config: MkDocsConfig) -> None:
    """Add the files of a kind to the site."""
    build, before = build_of(config), set(adding.addresses)
    with noting(build.notes_of(kind)):
        _KINDS[kind](adding, files, config, build)
    build.made[kind] = {*adding.addresses} - before
