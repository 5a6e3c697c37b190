"""Assessment: the scheme as data, what measured facts are worth, sheets, grades, and frozen runs."""
