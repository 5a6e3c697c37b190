"""One request of a reader: who may come in, in whose name, what was sent, in which year and as known when."""
