"""Search in the callers' words: the book as documents, their index as files, and what a query finds in it."""
