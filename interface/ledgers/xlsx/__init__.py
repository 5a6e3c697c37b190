"""XLSX files of strangers as cells, read safely in one pass."""
