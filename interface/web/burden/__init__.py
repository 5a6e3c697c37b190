"""What villages bear, by month, and the limits that the county sets."""
