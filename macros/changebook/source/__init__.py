"""Files as written: values, each with its line and column, and files that commands write."""

from changebook.source.reading import DESK_BYTES, RECORD_BYTES, Source, load_source, read_source, unreadable

__all__ = ["DESK_BYTES", "RECORD_BYTES", "Source", "load_source", "read_source", "unreadable"]
