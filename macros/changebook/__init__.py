"""Changebook: a service desk's change records, checked like code and published as one site."""
