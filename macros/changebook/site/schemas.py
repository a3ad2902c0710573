"""The schemas that editors read, published as the book makes them now."""

from __future__ import annotations

from mkdocs.structure.files import Files

from changebook.scaffold.schema import schemas
from changebook.site.adding import Adding
from changebook.site.build import Build


def add_schemas(adding: Adding, files: Files, build: Build) -> None:
    """Add the schemas; what `changebook schema` once left in docs/ gives way to them."""
    for path, text in schemas(build.book.desk).items():
        name = path.relative_to("docs").as_posix()
        if kept := files.get_file_from_path(name):
            adding.drop(kept)
        adding.add(name, text)
