"""Scores, runs and their results: worked out, explained, compared, proved."""
