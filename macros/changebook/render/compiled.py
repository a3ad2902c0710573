"""Compiled templates, for all renderers of one process: each is compiled once, whichever book it shows."""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """The code of each template, with the checksum of the text that it was compiled from: an edited one is compiled
    again.
    """

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if this text was compiled before."""
        checksum, code = self.kept.get(bucket.key, ("", None))
        if code and checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code:
            self.kept[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = Compiled()
