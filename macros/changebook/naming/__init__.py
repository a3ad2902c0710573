"""Names in text: where a change's shared name appears, a former one, or one that is misspelled."""
