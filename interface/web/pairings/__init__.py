"""Pairings with their whole story."""
