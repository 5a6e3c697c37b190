"""Accounts, and who looked at what."""
