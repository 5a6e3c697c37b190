"""From typed rows to decisions."""
