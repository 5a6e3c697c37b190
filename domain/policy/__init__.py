"""Policies: what the county laid down for the work, as documents in versions with validity."""
