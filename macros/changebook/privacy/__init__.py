"""Patient data and secrets in text: found by rules, shown by their name only."""
