"""What villages need, what units can give, and the projects that come of it."""
