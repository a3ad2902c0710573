"""The short name of a partner: the first word of its name, where that means nobody and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from changebook.book import Book
from changebook.language import ENGLISH

_WORD = re.compile(r"[^\W_]+")
_FIRST = re.compile(r"[^\W\d_]{4,}(?![\w-])")
# Names of organizations in health care begin with these, and so do sentences.
_ORDINARY = frozenset(
    """advanced allied american associated baptist behavioral cancer care catholic center central children christian
    city clinic clinical coastal collaborative community connected consolidated county dental diagnostic
    diagnostics digital direct district eastern emergency essential exact express family federal first general
    global good great harbor health healthcare heart home hospital imaging independent infection insight
    integrated international joint lab laboratories laboratory labs lake local main managed medical mental metro
    metropolitan mobile modern mountain mutual national near network northern nursing occupational open optimum
    outpatient pacific partners pathology patient pediatric performance pharmacy physicians precision preferred
    premier primary professional progressive public quality quick radiology rapid reference regional registry
    rehabilitation reliable research river rural saint secure select senior shared smart southern specialty
    standard state summit superior surgical total town transport united unity universal university urgent valley
    veterans virtual vision western women world""".split()
)


def partner_short_names(book: Book) -> Mapping[str, str]:
    """Return the short name of each partner that has one by the partner's id.

    A word that is ordinary, that another name in the desk's lists has, or that two partners begin with is none. Other
    languages than English begin any noun with a capital: there is none in them.
    """
    desk = book.desk
    if desk.settings.language != ENGLISH:
        return {}
    endpoints = {name for partner in desk.partners.values() for name in partner.systems}
    systems = [system for name, system in desk.systems.items() if name not in endpoints]
    lists = (desk.teams, desk.groups, desk.sites, desk.workflows, desk.categories)
    named = [entry.name for entry in (*systems, *(one for table in lists for one in table.values()))]
    known = _words(desk.settings.organization, desk.settings.desk.name, *named) | _ORDINARY
    firsts = {name: found[0] for name, partner in desk.partners.items() if (found := _FIRST.match(partner.name))}
    often = [*firsts.values()]
    return {name: first for name, first in firsts.items() if first.lower() not in known and often.count(first) == 1}


def _words(*names: str) -> frozenset[str]:
    return frozenset(word.lower() for name in names for word in _WORD.findall(name))
