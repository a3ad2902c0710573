"""Frozen values to bytes and back. Bytes make values of listed classes and nothing else: none of them runs code."""

from __future__ import annotations

import io
import pickle
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

# What values are made of besides records and what Python's own literals write.
_PLAIN = {("datetime", "datetime"), ("datetime", "date"), ("datetime", "time"), ("datetime", "timedelta")}
_ZONE = ("zoneinfo", "ZoneInfo")
_MADE = (__name__, "record_of")
_RECORDS, _FOUND = "changebook.model.", "changebook.search.document"


class BrokenError(Exception):
    """Bytes that hold no values of ours."""


def pack(value: Any) -> bytes:
    """Return `value` as bytes."""
    stream = io.BytesIO()
    _Packer(stream, 5).dump(value)
    return stream.getvalue()


def unpack(data: bytes) -> Any:
    """Return the value that `pack` made bytes of; raise BrokenError where they are anything else."""
    try:
        return _Unpacker(io.BytesIO(data)).load()
    except Exception as error:
        raise BrokenError(str(error)) from error


def record_of(cls: type[BaseModel], values: dict[str, Any], given: Collection[str]) -> BaseModel:
    """Return a record as it was once read, without reading it again; `given` are the fields that its file named."""
    record = cls.__new__(cls)
    for name, value in (
        ("__dict__", values),
        ("__pydantic_fields_set__", set(given)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(record, name, value)
    return record


class _Packer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Return how a record or a zone is made again."""
        if isinstance(value, BaseModel):
            return record_of, (type(value), value.__dict__, tuple(sorted(value.model_fields_set)))
        return (ZoneInfo, (value.key,)) if isinstance(value, ZoneInfo) else NotImplemented


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a class that values are made of; raise BrokenError for everything else."""
        if (module, name) in {*_PLAIN, _ZONE, _MADE}:
            return super().find_class(module, name)
        if (module.startswith(_RECORDS) or module == _FOUND) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise BrokenError(f"{module}.{name} is no class of values")
