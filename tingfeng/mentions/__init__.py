"""The mention: its fields, its key, and how text, counts, times and ids are read as they are written in the wild."""
