"""The kinds of rules: what a measured value is worth, in points and in words."""
