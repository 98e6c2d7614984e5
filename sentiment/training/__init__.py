"""Makes the model that ships: `python -m sentiment.training FOLDER`. Needs the extra `training`."""
