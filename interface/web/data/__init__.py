"""Data in and out: ledgers uploaded, templates, lists as files."""
