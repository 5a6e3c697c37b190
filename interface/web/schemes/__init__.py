"""Schemes of a year: as a document, as drafts, and as words."""
