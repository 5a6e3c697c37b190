"""What the names in a ledger mean: found on record, registered, or asked about."""
