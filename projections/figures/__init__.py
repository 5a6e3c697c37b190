"""Figures and lists computed from boards and facts when a page or a report asks."""
