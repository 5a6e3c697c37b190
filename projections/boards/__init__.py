"""Boards: what happened last to each thing, as rows with versions; how each came about stands in the trail."""
