"""Frozen runs, the grades decided on them, and runs side by side."""
