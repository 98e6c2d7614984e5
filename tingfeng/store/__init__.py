"""The store: one DuckDB file, who owns it, and the questions it answers."""
