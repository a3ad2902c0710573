"""Which pages a book has and what each shows. Knows no site generator."""

from changebook.pages.pages import Page, block_of, pages_of

__all__ = ["Page", "block_of", "pages_of"]
