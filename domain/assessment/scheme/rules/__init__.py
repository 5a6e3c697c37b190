"""Rules: what a measured value is worth, in points and in words. Every file in ``kinds`` is one kind."""
