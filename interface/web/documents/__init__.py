"""Documents to serve and to keep."""
