"""The rules of the gate: each is a function that registers itself with the names of its gaps, in whatever module it is.

Its docstring is what the handbook prints, the names are what waivers may name.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeVar

from changebook.book import Book
from changebook.model import Change
from changebook.readiness.gap import Gap

GapsOf = Callable[[Change, Book], Iterator[Gap]]
GapsOfDesk = Callable[[Book], Iterator[Gap]]
F = TypeVar("F", bound=Callable[..., Iterator[Gap]])


@dataclass(frozen=True)
class _Registered:
    function: Callable[..., Iterator[Gap]]
    names: tuple[str, ...]
    firm: tuple[str, ...]
    of_desk: bool
    own: bool


_REGISTERED: dict[str, _Registered] = {}


def gap_rule(*names: str, firm: tuple[str, ...] = (), of_desk: bool = False, own: bool = False) -> Callable[[F], F]:
    """Register the function below as a rule that yields gaps called `names`, and `firm`, which no waiver covers.

    With `of_desk` it is of the desk's own playbooks: its gaps are printed, and no change waits for them. An `own` one
    asks its change and the desk, and no other change, no ticket and no clock.
    """

    def register(function: F) -> F:
        assert function.__name__ not in _REGISTERED, f"two rules are called {function.__name__}"
        _REGISTERED[function.__name__] = _Registered(function, names, firm, of_desk, own)
        return function

    return register


def change_rules() -> tuple[GapsOf, ...]:
    """Return every rule of changes, by name."""
    return tuple(rule.function for rule in _rules() if not rule.of_desk)


def own_gap_rules() -> tuple[GapsOf, ...]:
    """Return every rule of changes that asks nothing but the change and the desk, by name."""
    return tuple(rule.function for rule in _rules() if rule.own)


def desk_rules() -> tuple[GapsOfDesk, ...]:
    """Return every rule of the desk's own playbooks, by name."""
    return tuple(rule.function for rule in _rules() if rule.of_desk)


@cache
def gap_names() -> tuple[str, ...]:
    """Return what gaps are called, before the stroke that says which one, in order."""
    return tuple(sorted({name for rule in _rules() for name in (*rule.names, *rule.firm)}))


@cache
def firm_names() -> frozenset[str]:
    """Return what gaps are called that no waiver covers: a decision, a date that has passed, a waiver itself."""
    return frozenset(name for rule in _rules() for name in rule.firm)


@cache
def _rules() -> tuple[_Registered, ...]:
    package = import_module(__package__)
    for module in pkgutil.iter_modules(package.__path__, f"{__package__}."):
        import_module(module.name)
    return tuple(rule for _, rule in sorted(_REGISTERED.items()))
