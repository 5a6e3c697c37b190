"""Who acts, for whom, and whose a thing is."""
