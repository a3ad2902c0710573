"""A book written for an earlier changebook, rewritten in the form that this one reads."""
