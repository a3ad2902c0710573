"""What was worked out before, kept by what it follows from: the program, and the bytes of files."""
