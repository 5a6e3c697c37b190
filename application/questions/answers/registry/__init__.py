"""Units, villages, their pairings and what was done in them."""
