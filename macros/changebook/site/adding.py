"""Files that the book adds to a site: none replaces another, and none is replaced."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from changebook.errors import BookError, Problem


class Adding:
    """The files of one build by the address at which they are published."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        self._files, self._config = files, config
        self._problems: list[Problem] = []
        self._kept: set[str] = set()
        self._taken = {file.dest_uri: file for file in files if file.inclusion != InclusionLevel.EXCLUDED}
        # The theme writes these after everything else.
        for path in {*config.theme.static_templates, "sitemap.xml.gz"} & self._taken.keys():
            self._refuse(self._taken[path], "theme")

    def add(self, path: str, content: str | bytes) -> File | None:
        """Add a file with `content` at `path`, and return it; a file that is published there already is refused."""
        # Whatever the site's settings leave out of `docs`, this is of the book.
        file = File.generated(self._config, path, content=content, inclusion=InclusionLevel.INCLUDED)
        if other := self._taken.get(file.dest_uri):
            self._refuse(other, "book")
            return None
        if left_out := self._files.get_file_from_path(path):
            self._files.remove(left_out)
        self._files.append(file)
        self._taken[file.dest_uri] = file
        return file

    @property
    def addresses(self) -> Set[str]:
        """Where files are published."""
        return self._taken.keys() | self._kept

    def has(self, address: str) -> bool:
        """Return whether a page is published at `address` already."""
        return f"{address}index.html" in self._taken

    def keep(self, path: str) -> None:
        """Leave the file at `path` as it was made before."""
        self._kept.add(path)

    def again(self, made: Set[str]) -> Again:
        """Return what takes the files in place of those that were `made` before."""
        return Again(self._config, {path: file for path, file in self._taken.items() if path not in made})

    def drop(self, file: File) -> None:
        """Take a file out of the site: it goes into another one."""
        self._files.remove(file)
        self._taken.pop(file.dest_uri, None)

    def finish(self) -> None:
        """Raise PluginError with every file of `docs` that the book makes itself."""
        if self._problems:
            raise PluginError(f"pages that are made already:\n{BookError(self._problems)}")

    def _refuse(self, file: File, maker: str) -> None:
        message = f"the {maker} already makes /{file.url}; rename or delete the file"
        self._problems.append(Problem(Path("docs") / file.src_uri, 1, 1, message))


class Again(Adding):
    """The files of one kind, when they are made again: `added` are those of now."""

    def __init__(self, config: MkDocsConfig, taken: dict[str, File]) -> None:
        super().__init__(Files([]), config)
        self._taken = taken
        self.added: list[File] = []

    def add(self, path: str, content: str | bytes) -> File | None:
        """Add a file with `content` at `path`."""
        if file := super().add(path, content):
            self.added.append(file)
        return file

    def drop(self, file: File) -> None:
        """Leave a file where it is: it has gone into another one already."""
