"""Pairings and what is done within them."""
