"""Names in text: where a change's shared name stands, a former one, or one that is misspelled."""
