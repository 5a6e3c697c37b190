"""Findings of supervision and their steps."""
