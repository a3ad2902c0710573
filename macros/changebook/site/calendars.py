"""The calendar files, each beside the page of what it is about."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from changebook.pages.ics import ics_files, ics_of
from changebook.site.adding import Adding
from changebook.site.build import Build


def add_calendars(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add the calendar of all go-lives, and those of each user group, partner and change."""
    for file in ics_files(build.book):
        adding.add(file, ics_of(build.book, file, site=config.site_url or ""))
