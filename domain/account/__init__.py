"""Accounts: which registered person stands behind each, in which role, and who let them. Passwords are kept elsewhere."""
