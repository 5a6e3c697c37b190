"""What is to be done about pairings and within them."""
