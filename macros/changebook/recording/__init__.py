"""What happens in a release night, written into a record: tried out first, and refused where the gate says no."""
