"""A new record: what is known of it, and what its kind needs laid out for its author."""
