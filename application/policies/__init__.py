"""When this happened, do that: one file per rule. Every effect may be repeated without harm."""
