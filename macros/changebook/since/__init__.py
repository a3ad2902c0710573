"""What changed in a book since a moment, in words: playbooks, first responses, known errors and numbers."""

from changebook.since.spans import Span, ToldSince, Unread, told_since

__all__ = ["Span", "ToldSince", "Unread", "told_since"]
