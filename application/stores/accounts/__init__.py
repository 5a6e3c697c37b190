"""Credentials and sessions: ordinary mutable tables, apart from the log."""
