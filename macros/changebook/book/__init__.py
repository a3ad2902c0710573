"""The Book: all changes and the desk, at one moment."""

from changebook.book.book import NOUNS, TABLES, Book, Desk

__all__ = ["NOUNS", "TABLES", "Book", "Desk"]
