"""Published results, what is told with them, and what they lead to."""
