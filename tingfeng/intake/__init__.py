"""The way in: read, match, score and store, in batches."""
