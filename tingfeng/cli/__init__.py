"""The command `tingfeng`."""
