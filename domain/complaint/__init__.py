"""Complaints and suggestions: who hears them, what is answered, and whether that satisfies."""
