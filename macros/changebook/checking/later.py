"""A change whose parts are read from bytes when they are asked for: who lists names waits for no playbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from changebook.model.change import Change

# What makes a part of its bytes: the name of its field, and the bytes.
Make = Callable[[str, bytes], Any]


class Later(Change):
    """A change of which some parts are bytes still. Once all are read it is a plain `Change`.

    Whatever looks at it as a whole, such as a comparison or a copy, reads all first.
    """

    @classmethod
    def of(
        cls,
        values: Mapping[str, Any],
        given: Iterable[str],
        parts: Mapping[str, bytes],
        make: Make,
        scenarios: tuple[str, ...] | None = None,
    ) -> Change:
        """Return the change with `values`, whose other `parts` `make` makes; `given` are the fields its file names."""
        change = cls.__new__(cls)
        for name, value in (
            ("__dict__", dict(values)),
            ("__pydantic_fields_set__", set(given)),
            ("__pydantic_extra__", None),
            ("__pydantic_private__", (dict(parts), make, scenarios)),
        ):
            object.__setattr__(change, name, value)
        return change if parts else change.whole()

    def whole(self) -> Change:
        """Read what is left, and be a plain change from now on."""
        left, make, _ = _waiting(self)
        for name, part in left.items():
            self.__dict__[name] = make(name, part)
        values = {name: self.__dict__[name] for name in Change.model_fields}
        object.__setattr__(self, "__dict__", values)
        object.__setattr__(self, "__pydantic_private__", None)
        object.__setattr__(self, "__class__", Change)
        return self

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that its playbooks are for, known without these: the calendar asks every change."""
        known = _waiting(self)[2]
        return super().scenarios if known is None else known

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Return a part that is read only now."""
            left, make, _ = _waiting(self)
            if name not in left:
                return super().__getattr__(name)
            self.__dict__[name] = make(name, left.pop(name))
            if not left:
                self.whole()
            return self.__dict__[name]

    def __eq__(self, other: Any) -> bool:
        return self.whole() == (other.whole() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.whole())

    def __copy__(self) -> Any:
        return self.whole().__copy__()

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Any:
        return self.whole().__deepcopy__(memo)

    def __iter__(self) -> Any:
        return iter(self.whole())

    def __repr__(self) -> str:
        return repr(self.whole())

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.whole().__reduce_ex__(protocol)

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """Return all values, as a plain change does."""
        return self.whole().model_dump(**how)


def _waiting(change: Later) -> tuple[dict[str, bytes], Make, tuple[str, ...] | None]:
    """Return the parts that are bytes still, what makes them, and the scenarios, None where they are not known."""
    found: Any = object.__getattribute__(change, "__pydantic_private__")
    return found or ({}, lambda name, part: None, None)
