"""Keeping the log provable: its keys, its checkpoints, its witnesses, and checking all of it."""
