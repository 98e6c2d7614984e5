"""What a text says about one subject: where it is named, which clauses are about it, and how they read."""
