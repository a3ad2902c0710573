"""A change gets another name: what has to be edited, tried out before anything is written."""
