"""The public notice of a run, and the service of published results."""
