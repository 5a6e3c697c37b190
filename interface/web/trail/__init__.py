"""The trail of events, and two moments of one page."""
