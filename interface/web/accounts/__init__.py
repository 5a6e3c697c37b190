"""Accounts, the own account, signing in, and who looked at what."""
