"""Inspections, findings and how they are put right; slips and circulars."""
