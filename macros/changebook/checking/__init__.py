"""A book's folder to a book, with every problem and gap at its place."""
