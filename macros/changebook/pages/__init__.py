"""Which pages a book has and what each shows. Knows no site generator."""

from changebook.pages.pages import Page, pages_of

__all__ = ["Page", "pages_of"]
