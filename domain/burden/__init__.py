"""How much a village may be visited and asked for in a month, as the county has set it."""
