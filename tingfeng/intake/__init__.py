"""The way in: files are read, merged with what is stored, scored, matched and stored, batch by batch."""
