"""Choosing the year and the moment that pages are about."""
