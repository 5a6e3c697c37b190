"""Forms: drawn from a verb's fields, read, confirmed, kept and drawn again."""
