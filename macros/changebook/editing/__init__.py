"""Edits of a file as text: a value is put at its place, and every other byte stays as it was."""
