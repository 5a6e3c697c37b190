"""Ledgers: what their rows state, what it means, and how it is recorded. Workbooks are read in interface/ledgers."""
