"""Searching everything by name, pinyin or number (docs/decisions/0023-searching.md)."""
