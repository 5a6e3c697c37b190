"""Documents that are issued: their numbers, and what was frozen of each."""
