"""Units with their branches, villages and communities: who can be paired with whom."""
