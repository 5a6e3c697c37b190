"""The scores of a year as known at a position, and what they add up to."""
