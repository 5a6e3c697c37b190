"""Accounts, their terms of office, deputies and handovers; which references are one person."""
