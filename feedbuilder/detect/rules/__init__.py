"""What speaks for a list of articles, and against it. `table.RULES` is the whole of it."""
