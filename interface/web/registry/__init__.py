"""Units and villages: the lists, one of them with all its names, and what is done with it."""
