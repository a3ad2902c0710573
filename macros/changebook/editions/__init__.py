"""A book as one kind of reader may see it: desk, staff, partners."""

from changebook.editions.edition import edition_of
from changebook.editions.reader import Edition, Reader

__all__ = ["Edition", "Reader", "edition_of"]
