"""What readers and programs follow: Atom feeds of what is told, and calendars, as files of the site."""

from changebook.feeds.atom import feed_files
from changebook.feeds.entry import Feed, FeedEntry, FirstIds
from changebook.feeds.feeds import feed_paths, feeds_of
from changebook.feeds.moments import NoteMoments, note_moments

__all__ = [
    "Feed",
    "FeedEntry",
    "FirstIds",
    "NoteMoments",
    "feed_files",
    "feed_paths",
    "feeds_of",
    "note_moments",
]
