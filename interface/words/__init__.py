"""Chinese words of the identifiers; the English ones are their translations in the catalogue."""
