"""Entries, numbers and photographs that may be one and the same."""
