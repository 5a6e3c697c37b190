"""Documents that are issued: what they tell of, their numbers, and setting and keeping them."""
