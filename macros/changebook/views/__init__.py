"""Pure selections from a Book, sorted and grouped, for the templates."""
