"""What may be printed, and the one way to print it; errors of the operating system as a sentence."""
