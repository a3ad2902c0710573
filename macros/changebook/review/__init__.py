"""What a proposal changes in a book: two books in, one review out."""
