"""The record itself: who keeps it, under which key, who witnesses it."""
