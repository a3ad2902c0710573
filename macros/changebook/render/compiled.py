"""Compiled templates: each is compiled once, whichever book it shows; what is installed, once for all runs."""

from __future__ import annotations

import importlib.util
import os
import pickle
import sys
import tempfile
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from changebook.language import spoken

# Where Python keeps what it compiled of this module: there is also the place for templates.
KEPT_IN = Path(importlib.util.cache_from_source(__file__)).parent


class Compiled(BytecodeCache):
    """The code of each template, with the checksum of the text that it was compiled from: an edited one is compiled
    again.

    The code of a template below one of the `installed` folders is kept for later runs too, in `folder`, where and when
    Python keeps its own there. What cannot be written or read is compiled.
    """

    def __init__(self, *installed: Path, folder: Path = KEPT_IN) -> None:
        self.kept: dict[str, tuple[str, CodeType]] = {}
        self.installed = installed
        self.folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name that a template's code is kept under: of one that is installed, the name of its file; each
        language has its own, or books of two languages built in turn would compile each template every time.
        """
        # A folder's name may be no text where the locale is ASCII.
        key = super().get_cache_key(name, filename and os.fsencode(filename).hex())
        lasts = filename and any(Path(filename).is_relative_to(folder) for folder in self.installed)
        return f"{key}.{spoken()}.{sys.implementation.cache_tag}.jinja" if lasts else key

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return a template's place: what cuts blank lines away makes other code of the same text."""
        cut = f"{environment.trim_blocks} {environment.lstrip_blocks}"
        return super().get_bucket(environment, name, filename, f"{cut}\n{source}")

    def get_source_checksum(self, source: str) -> str:
        """Return the checksum of a template's text, which differs from one Jinja to the next."""
        return super().get_source_checksum(f"{jinja2.__version__}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if this text was compiled before."""
        checksum, code = self.kept.get(bucket.key, ("", None))
        if code and checksum == bucket.checksum:
            bucket.code = code
        elif self._lasts(bucket):
            try:
                bucket.bytecode_from_string((self.folder / bucket.key).read_bytes())
            except (OSError, EOFError, pickle.UnpicklingError):
                bucket.reset()
            self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._remember(bucket)
        if self._lasts(bucket) and not sys.dont_write_bytecode:
            try:
                _write(self.folder / bucket.key, bucket.bytecode_to_string())
            except OSError:
                return

    def _lasts(self, bucket: Bucket) -> bool:
        return bucket.key.endswith(".jinja")

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code:
            self.kept[bucket.key] = (bucket.checksum, bucket.code)


def _write(file: Path, content: bytes) -> None:
    """Write a file in one step: another run that reads it finds it whole, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


COMPILED = Compiled(Path(__file__).parent)
