"""Pairings: agreements, plans, proposals, nominations, the list of a year."""
