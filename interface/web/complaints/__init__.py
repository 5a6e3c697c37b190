"""Complaints and suggestions, from filing to the answer."""
