"""Measures compiled to SQL: what is counted for every pairing, and the facts behind each figure."""
