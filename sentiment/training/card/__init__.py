"""The engine's card: writes the figures of docs/sentiment.md, `python -m sentiment.training.card FOLDER`."""
