"""Schemes, and what pairings come to by them in a year and over the years."""
