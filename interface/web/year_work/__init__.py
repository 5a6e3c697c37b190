"""The work of a year: its steps, own and verified scores, and what came late."""
