"""Words of pages and of the API, of no context: navigation, what waits, questions, figures, examples, what is irreversible."""
