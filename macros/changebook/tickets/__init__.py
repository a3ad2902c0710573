"""Ticket exports to counts: what a release cost the desk, and what its pages saved it."""
