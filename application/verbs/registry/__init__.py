"""Units and villages."""
