"""Documents to serve and to keep, and imported ledgers as they came."""
