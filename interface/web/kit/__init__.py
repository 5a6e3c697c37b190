"""What every page is made with: who asks and as of when, values, templates, sentences, limits."""
