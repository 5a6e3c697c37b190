"""Documents of a year: one wording each, set as a page to print and as a file of a word processor."""
