"""Words of pairings and of what is done within them."""
