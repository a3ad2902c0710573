"""What changed in a book since a moment, in words: playbooks, first responses, known errors and teams."""

from changebook.since.records import holds_guidance, is_read
from changebook.since.spans import Span, ToldSince, Unread, told_since

__all__ = ["Span", "ToldSince", "Unread", "holds_guidance", "is_read", "told_since"]
